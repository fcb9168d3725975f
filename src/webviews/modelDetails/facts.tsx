import type {
  DetailsProfile,
  DetailsRow,
  DetailsSection,
  Marked,
} from '../../features/models/contract.js';
import { fill } from '../kit/page.js';
import { FailureActions } from '../kit/problem.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { access, askAccess, copy, host, openLink, showFailed, strings } from './store.js';

/** Icon and word: colour only repeats what they say. */
export function Mark({ mark }: { mark: Marked }) {
  return (
    <span class={`mark ${mark.tone ?? ''}`}>
      {mark.icon !== undefined && <Icon name={mark.icon} />}
      <span>{mark.text}</span>
    </span>
  );
}

function Row({ row }: { row: DetailsRow }) {
  const { label, values, isCode, link } = row;
  const [first] = values;
  return (
    <div class="row">
      <dt>{label}</dt>
      <dd>
        {isCode === true && first ? (
          <span class="code">
            <code>{first.text}</code>
            <IconButton
              icon="copy"
              label={fill(strings.copy, label)}
              onClick={() => void copy(first.text)}
            />
          </span>
        ) : (
          values.map((mark) => <Mark key={mark.text} mark={mark} />)
        )}
        {link && <SourceLink {...link} />}
      </dd>
    </div>
  );
}

function SourceLink({ text, url }: { text: string; url: string }) {
  return (
    <a
      class="source"
      href={url}
      onClick={(event) => {
        event.preventDefault();
        void openLink(url);
      }}
    >
      {text}
    </a>
  );
}

function Rows({ rows }: { rows: readonly DetailsRow[] }) {
  return (
    <dl class="rows">
      {rows.map((row) => (
        <Row key={row.label} row={row} />
      ))}
    </dl>
  );
}

/** A heading with its facts. */
export function Section({ section, isWide }: { section: DetailsSection; isWide: boolean }) {
  return (
    <section class={isWide ? 'card wide' : 'card'}>
      <h2>{section.title}</h2>
      <Rows rows={section.rows} />
      {section.note !== undefined && <p class="note">{section.note}</p>}
    </section>
  );
}

/** Whether the account may use the model; asked when the page opens, and again on demand. */
export function Access() {
  const found = access.value;
  return (
    <section class="card" aria-busy={found === undefined}>
      <h2>{strings.access}</h2>
      {found === undefined ? (
        <p class="note" role="status">
          {strings.checkingAccess}
        </p>
      ) : 'failure' in found ? (
        <div class="failed" role="alert">
          <Mark mark={{ text: found.failure.message, icon: 'warning', tone: 'warning' }} />
          <FailureActions
            host={host}
            failure={found.failure}
            onRetry={() => void askAccess()}
            onFailed={showFailed}
          />
        </div>
      ) : (
        <Rows rows={found} />
      )}
    </section>
  );
}

/** The profiles that lead to the model, with where each may send a request. */
export function Profiles({ profiles }: { profiles: readonly DetailsProfile[] }) {
  return (
    <section class="card wide">
      <h2>{strings.profiles}</h2>
      {profiles.length === 0 ? (
        <p class="note">{strings.noProfiles}</p>
      ) : (
        <table class="profiles">
          <thead>
            <tr>
              <th scope="col">{strings.profileId}</th>
              <th scope="col">{strings.profileType}</th>
              <th scope="col">{strings.profileRegions}</th>
            </tr>
          </thead>
          <tbody>
            {profiles.map((profile) => (
              <tr key={profile.arn}>
                <th scope="row">
                  <span class="code">
                    <code>{profile.id}</code>
                    <IconButton
                      icon="copy"
                      label={fill(strings.copy, profile.id)}
                      onClick={() => void copy(profile.id)}
                    />
                  </span>
                  <span class="profile-name">{profile.name}</span>
                </th>
                <td>
                  {profile.type}
                  {profile.isUsed && (
                    <Mark mark={{ text: strings.usedHere, icon: 'check', tone: 'good' }} />
                  )}
                </td>
                <td>{profile.regions.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
