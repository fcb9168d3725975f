import { IconButton, Toggle } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { fill, strings } from './page.js';
import { activeLane, connection, isCompare, isSettingsOpen } from './store.js';
import { ModelButton } from './modelButton.js';
import { newChat } from './actions.js';

/** The model, what a request costs whom, and the pane of settings. */
export function Header() {
  const lane = activeLane.value;
  return (
    <header class="header">
      <h1 class="visually-hidden">{strings.playground}</h1>
      {!isCompare.value && lane && <ModelButton lane={lane} />}
      <Billing />
      <span class="header-actions">
        <IconButton icon="add" label={strings.newChat} onClick={newChat} />
        <Toggle
          icon="settings"
          isOn={isSettingsOpen.value}
          onChange={(isOn) => {
            isSettingsOpen.value = isOn;
          }}
        >
          {strings.settings}
        </Toggle>
      </span>
    </header>
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
    <p class="billing">
      <Icon name={icon} />
      <span>{text}</span>
    </p>
  );
}
