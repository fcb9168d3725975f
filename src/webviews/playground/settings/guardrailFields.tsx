import type { GuardrailChoice } from '../../../core/converse/types.js';
import { Select } from '../../ui/field.js';
import { problemsAt } from '../checks.js';
import { GuardrailChoiceFields } from './guardrailChoice.js';
import { strings } from '../page.js';
import { Section } from './section.js';
import type { SettingsPart } from './settingsPane.js';

/** A guardrail from the editor's list or by its id, and how much of its work is shown. */
export function GuardrailFields({ lane, set }: SettingsPart) {
  const { guardrail } = lane.settings;
  const put = (change: Partial<GuardrailChoice>) => {
    if (guardrail) set('guardrail', { ...guardrail, ...change });
  };
  return (
    <Section title={strings.guardrail} mark={guardrail ? strings.isSet : undefined}>
      <GuardrailChoiceFields
        value={guardrail}
        error={problemsAt('guardrail')}
        onChange={(chosen) => {
          const { trace = 'enabled', streamMode } = guardrail ?? {};
          const shown = { trace, ...(streamMode && { streamMode }) };
          set('guardrail', chosen && { ...shown, ...chosen });
        }}
      />
      {guardrail && (
        <>
          <Select
            label={strings.guardrailTrace}
            value={guardrail.trace}
            options={[
              { value: 'enabled', text: strings.traceOn },
              { value: 'enabled_full', text: strings.traceFull },
              { value: 'disabled', text: strings.traceOff },
            ]}
            onChange={(trace) => {
              put({ trace });
            }}
          />
          <Select
            label={strings.guardrailStream}
            value={guardrail.streamMode ?? 'sync'}
            options={[
              { value: 'sync', text: strings.streamSync },
              { value: 'async', text: strings.streamAsync },
            ]}
            onChange={(streamMode) => {
              put({ streamMode });
            }}
          />
        </>
      )}
    </Section>
  );
}
