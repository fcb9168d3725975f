import type { NativeRequest } from '../../../features/playground/contract.js';
import { Select } from '../../ui/field.js';
import { ChoiceField } from '../settings/choiceField.js';
import { GuardrailChoiceFields } from '../settings/guardrailChoice.js';
import { withMember } from '../settings/members.js';
import { strings } from '../page.js';
import { Section } from '../settings/section.js';

interface NativeServingProps {
  readonly native: NativeRequest;
  readonly put: (next: NativeRequest) => void;
}

/** What goes with a native request in headers: guardrail, trace, service tier, latency. */
export function NativeServing({ native, put }: NativeServingProps) {
  const { guardrail, trace, serviceTier, latency } = native;
  const isSet = [guardrail, serviceTier, latency].some((value) => value !== undefined);
  const set = <K extends keyof NativeRequest>(name: K, value: NativeRequest[K] | undefined) => {
    put(withMember(native, name, value));
  };
  return (
    <Section title={strings.nativeServing} mark={isSet ? strings.isSet : undefined}>
      <GuardrailChoiceFields
        value={guardrail}
        onChange={(chosen) => {
          const bare = withMember(withMember(native, 'guardrail', undefined), 'trace', undefined);
          put(chosen ? { ...bare, guardrail: chosen, trace: trace ?? 'ENABLED' } : bare);
        }}
      />
      {guardrail && (
        <Select
          label={strings.guardrailTrace}
          value={trace ?? 'ENABLED'}
          options={[
            { value: 'ENABLED', text: strings.traceOn },
            { value: 'ENABLED_FULL', text: strings.traceFull },
            { value: 'DISABLED', text: strings.traceOff },
          ]}
          onChange={(value) => {
            set('trace', value);
          }}
        />
      )}
      <div class="row">
        <ChoiceField
          label={strings.serviceTier}
          value={serviceTier}
          choices={['default', 'priority', 'flex', 'reserved']}
          onChange={(value) => {
            set('serviceTier', value);
          }}
        />
        <ChoiceField
          label={strings.latency}
          value={latency}
          choices={['standard', 'optimized']}
          onChange={(value) => {
            set('latency', value);
          }}
        />
      </div>
    </Section>
  );
}
