import type { GuardrailChoice } from '../../core/converse/types.js';
import { Select, Textbox } from '../ui/field.js';
import { problemsAt } from './checks.js';
import { strings } from './page.js';
import { Section } from './section.js';
import type { SettingsPart } from './settingsPane.js';

/** A guardrail by its id, and how much of its work is shown. */
export function GuardrailFields({ lane, set }: SettingsPart) {
  const { guardrail } = lane.settings;
  const put = (change: Partial<GuardrailChoice>) => {
    const next = { version: 'DRAFT', trace: 'enabled' as const, id: '', ...guardrail, ...change };
    set('guardrail', next.id.trim() === '' ? undefined : next);
  };
  return (
    <Section title={strings.guardrail} mark={guardrail ? strings.isSet : undefined}>
      <Textbox
        label={strings.guardrailId}
        value={guardrail?.id ?? ''}
        placeholder={strings.guardrailPlaceholder}
        error={problemsAt('guardrail')}
        onInput={(id) => {
          put({ id });
        }}
      />
      {guardrail && (
        <>
          <Textbox
            label={strings.guardrailVersion}
            value={guardrail.version}
            onInput={(version) => {
              put({ version });
            }}
          />
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
