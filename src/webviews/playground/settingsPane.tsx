import './settings.css';
import type { Conversation, Parameters, Settings } from '../../core/converse/types.js';
import { Checkbox, NumberField, Textarea } from '../ui/field.js';
import { formatCount, fill, strings } from './page.js';
import { withMember } from './members.js';
import { activeLane, changeAll, changeLane, factsOf } from './store.js';

/** What goes with every request. Only what is set is sent. */
export function SettingsPane() {
  const lane = activeLane.value;
  if (!lane) return null;
  const set = (settings: Partial<Settings>) => {
    changeLane(lane.id, (now) => ({ ...now, settings: { ...now.settings, ...settings } }));
  };
  return (
    <aside class="settings" aria-label={strings.settings}>
      <Textarea
        label={strings.system}
        value={lane.system}
        placeholder={strings.systemPlaceholder}
        onInput={(system) => {
          changeAll((each) => ({ ...each, system }));
        }}
      />
      <ParameterFields
        lane={lane}
        onChange={(parameters) => {
          set({ parameters });
        }}
      />
      <Checkbox
        label={strings.streaming}
        isOn={lane.settings.isStreaming}
        onChange={(isStreaming) => {
          set({ isStreaming });
        }}
      />
    </aside>
  );
}

type NumberName = 'maxTokens' | 'temperature' | 'topP';

function ParameterFields(props: { lane: Conversation; onChange: (next: Parameters) => void }) {
  const { lane, onChange } = props;
  const { parameters } = lane.settings;
  const most = factsOf(lane.modelId)?.context?.output;
  const field = (name: NumberName, label: string, hint: string) => (
    <NumberField
      label={label}
      value={parameters[name]}
      placeholder={strings.modelDefault}
      hint={hint}
      onInput={(value) => {
        onChange(withMember(parameters, name, value));
      }}
    />
  );
  return (
    <fieldset class="group">
      <legend>{strings.parameters}</legend>
      {field(
        'maxTokens',
        strings.maxTokens,
        most === undefined ? strings.atLeastOne : fill(strings.oneTo, formatCount(most)),
      )}
      {field('temperature', strings.temperature, strings.zeroToOne)}
      {field('topP', strings.topP, strings.zeroToOne)}
    </fieldset>
  );
}
