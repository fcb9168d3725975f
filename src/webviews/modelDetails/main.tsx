import '../ui/base.css';
import './modelDetails.css';
import type { ComponentChildren } from 'preact';
import type { DetailsSnapshot } from '../../features/models/contract.js';
import { announcement, mount, pageStrings } from '../kit/page.js';
import { Problem } from '../kit/problem.js';
import { Button } from '../ui/button.js';
import { Message } from '../ui/message.js';
import { Access, Mark, Profiles, Section } from './facts.js';
import {
  act,
  askAccess,
  failure,
  host,
  modelId,
  showFailed,
  snapshot,
  strings,
  watch,
} from './store.js';

function App() {
  const now = snapshot.value;
  if (failure.value !== undefined) {
    return (
      <Instead>
        <Problem
          title={strings.failedTitle}
          host={host}
          failure={failure.value}
          onRetry={() => void watch()}
          onFailed={showFailed}
        />
      </Instead>
    );
  }
  if (!now) {
    return (
      <Instead>
        <Message icon="loading codicon-modifier-spin" title={strings.loading} />
      </Instead>
    );
  }
  if ('missing' in now) {
    return (
      <Instead>
        <Message icon="question" title={strings.missingTitle}>
          <p>{now.missing}</p>
          <Button kind="primary" onClick={() => void act('refresh')}>
            {pageStrings.retry}
          </Button>
        </Message>
      </Instead>
    );
  }
  return <Model now={now} />;
}

/** What shows instead of a model. */
function Instead({ children }: { children: ComponentChildren }) {
  return (
    <main class="page">
      <h1 class="visually-hidden">{modelId}</h1>
      {children}
    </main>
  );
}

function Model({ now }: { now: DetailsSnapshot }) {
  return (
    <main class="page">
      <header class="head">
        <h1>{now.name}</h1>
        <p class="subtitle">{now.subtitle}</p>
        <ul class="badges">
          {now.badges.map((badge) => (
            <li key={badge.text}>
              <Mark mark={badge} />
            </li>
          ))}
        </ul>
        <div class="actions" role="group" aria-label={strings.actions}>
          {now.buttons.map(({ action, text, icon, isPrimary }) => (
            <Button
              key={action}
              icon={icon}
              kind={isPrimary === true ? 'primary' : 'secondary'}
              onClick={() => void act(action)}
            >
              {text}
            </Button>
          ))}
        </div>
      </header>
      {now.notice !== undefined && (
        <p class="notice" role="status">
          <Mark mark={{ text: now.notice, icon: 'warning', tone: 'warning' }} />
        </p>
      )}
      <div class="cards">
        {now.sections.map((section, at) => (
          // Ids and ARNs are long: what identifies the model has a line of its own.
          <Section key={section.title} section={section} isWide={at === 0} />
        ))}
        <Access />
        <Profiles profiles={now.profiles} />
      </div>
      <p class="visually-hidden" aria-live="polite">
        {announcement.value}
      </p>
    </main>
  );
}

mount(<App />);
void watch();
void askAccess();
