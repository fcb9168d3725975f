import './settings.css';
import type { Conversation, Settings } from '../../../core/converse/types.js';
import { Checkbox, Textarea } from '../../ui/field.js';
import { checked, problemsAt } from '../checks.js';
import { GuardrailFields } from './guardrailFields.js';
import { withMember } from './members.js';
import { strings } from '../page.js';
import { ParameterFields } from './parameterFields.js';
import { Section } from './section.js';
import { ServingFields } from './servingFields.js';
import { activeLane, changeAll, changeLane, factsOf, isCompare } from '../store.js';
import { StructuredFields } from './structuredFields.js';
import { ToolFields } from './toolFields.js';
import { VariableFields } from './variableFields.js';

/** What a part of the settings is given. */
export interface SettingsPart {
  readonly lane: Conversation;
  /** Sets a member, or takes it out where the value is undefined. */
  readonly set: <K extends keyof Settings>(name: K, value: Settings[K] | undefined) => void;
}

/** What goes with every request. Only what is set is sent. */
export function SettingsPane() {
  const lane = activeLane.value;
  checked.value satisfies unknown;
  if (!lane) return null;
  const { settings } = lane;
  const set: SettingsPart['set'] = (name, value) => {
    changeLane(lane.id, (now) => ({ ...now, settings: withMember(now.settings, name, value) }));
  };
  const part = { lane, set };
  return (
    <aside class="settings" aria-label={strings.settings}>
      {isCompare.value && <p class="settings-of">{factsOf(lane.modelId)?.name ?? lane.modelId}</p>}
      <Textarea
        label={strings.system}
        value={lane.system}
        placeholder={strings.systemPlaceholder}
        onInput={(system) => {
          changeAll((each) => ({ ...each, system }));
        }}
      />
      <VariableFields lane={lane} />
      <ParameterFields {...part} />
      <Checkbox
        label={strings.streaming}
        isOn={settings.isStreaming}
        onChange={(isOn) => {
          set('isStreaming', isOn);
        }}
      />
      <Section
        title={strings.additionalFields}
        mark={settings.additionalFields ? strings.isSet : undefined}
      >
        <Textarea
          label={strings.additionalJson}
          isCode
          value={settings.additionalFields ?? ''}
          placeholder={'{ "top_k": 50 }'}
          error={problemsAt('additionalFields')}
          onInput={(text) => {
            set('additionalFields', text.trim() === '' ? undefined : text);
          }}
        />
      </Section>
      <ToolFields {...part} />
      <StructuredFields {...part} />
      <GuardrailFields {...part} />
      <ServingFields {...part} />
    </aside>
  );
}
