import { IconButton, Toggle } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Segmented } from '../../ui/segmented.js';
import { maxLanes } from '../../../features/playground/contract.js';
import { addLane, newChat } from '../actions.js';
import { isCodeShown } from './codeDialog.js';
import { ModelButton } from './modelButton.js';
import { fill } from '../../kit/page.js';
import { host, strings } from '../page.js';
import {
  activeLane,
  change,
  connection,
  draft,
  isCompare,
  isSettingsOpen,
  lanes,
  notice,
  playground,
  reportProblem,
  save,
} from '../store.js';

/** The model, the kind of request, what it costs whom, and what can be done with the whole. */
export function Header() {
  const lane = activeLane.value;
  const mode = playground.value?.mode ?? 'converse';
  return (
    <header class="header">
      <h1 class="visually-hidden">{strings.playground}</h1>
      {!isCompare.value && lane && <ModelButton lane={lane} />}
      {!isCompare.value && (
        <Segmented
          label={strings.mode}
          value={mode}
          options={[
            { value: 'converse', text: strings.converse },
            { value: 'native', text: strings.native },
          ]}
          onChange={(chosen) => {
            change((document) => ({ ...document, mode: chosen }));
          }}
        />
      )}
      <Billing />
      <Actions isNative={mode === 'native'} />
    </header>
  );
}

function Actions({ isNative }: { isNative: boolean }) {
  return (
    <span class="header-actions">
      <IconButton icon="add" label={strings.newChat} onClick={newChat} />
      {!isNative && lanes.value.length < maxLanes && (
        <IconButton
          icon="split-horizontal"
          label={strings.compareWith}
          onClick={() => {
            addLane().catch(reportProblem);
          }}
        />
      )}
      <IconButton
        icon="history"
        label={strings.history}
        onClick={() => {
          host.showHistory(undefined).catch(reportProblem);
        }}
      />
      <IconButton
        icon="code"
        label={strings.viewCode}
        onClick={() => {
          isCodeShown.value = true;
        }}
      />
      <IconButton
        icon="ellipsis"
        label={strings.more}
        onClick={() => {
          const laneId = activeLane.value?.id ?? '';
          // What went wrong before is over once something new is begun.
          notice.value = undefined;
          save()
            .then(() => host.showMenu({ laneId, draft: draft.value }))
            .catch(reportProblem);
        }}
      />
      {!isNative && (
        <Toggle
          icon="settings"
          isOn={isSettingsOpen.value}
          onChange={(isOn) => {
            isSettingsOpen.value = isOn;
          }}
        >
          {strings.settings}
        </Toggle>
      )}
    </span>
  );
}

/** Who pays, always in sight. */
function Billing() {
  const now = connection.value;
  if (!now) return null;
  const [icon, text] =
    now.kind === 'sandbox'
      ? ['beaker', strings.billedSandbox]
      : now.kind === 'aws'
        ? ['credit-card', fill(strings.billedAws, now.label)]
        : ['plug', strings.notConnected];
  return (
    <p class="billing" title={text}>
      <Icon name={icon} />
      <span>{text}</span>
    </p>
  );
}
