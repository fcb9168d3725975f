import type { GuardrailChoice } from '../../core/converse/types.js';
import { Button } from '../ui/button.js';
import { Select, Textbox } from '../ui/field.js';
import { problemsAt } from './checks.js';
import { withMember } from './members.js';
import { host, strings } from './page.js';
import { Section } from './section.js';
import type { SettingsPart } from './settingsPane.js';
import { reportProblem } from './store.js';

/** A guardrail from the editor's list or by its id, and how much of its work is shown. */
export function GuardrailFields({ lane, set }: SettingsPart) {
  const { guardrail } = lane.settings;
  const put = (change: Partial<GuardrailChoice>) => {
    const next = { version: 'DRAFT', trace: 'enabled' as const, id: '', ...guardrail, ...change };
    // A name belongs to the id it came with.
    const named =
      'id' in change && !('name' in change) ? withMember(next, 'name', undefined) : next;
    set('guardrail', next.id.trim() === '' ? undefined : named);
  };
  const choose = async () => {
    const { id = '', version = 'DRAFT' } = guardrail ?? {};
    put((await host.pickGuardrail({ id, version })) ?? { id: '' });
  };
  return (
    <Section title={strings.guardrail} mark={guardrail ? strings.isSet : undefined}>
      {guardrail?.name !== undefined && <p class="guardrail-name">{guardrail.name}</p>}
      <Button
        icon="shield"
        onClick={() => {
          choose().catch(reportProblem);
        }}
      >
        {strings.chooseGuardrail}
      </Button>
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
