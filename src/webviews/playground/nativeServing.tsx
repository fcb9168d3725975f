import type { NativeRequest } from '../../features/playground/contract.js';
import { Select, Textbox } from '../ui/field.js';
import { ChoiceField } from './choiceField.js';
import { withMember } from './members.js';
import { strings } from './page.js';
import { Section } from './section.js';

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
  const setGuardrail = (id: string, version: string) => {
    const isNone = id.trim() === '';
    const bare = withMember(withMember(native, 'guardrail', undefined), 'trace', undefined);
    put(isNone ? bare : { ...bare, guardrail: { id, version }, trace: trace ?? 'ENABLED' });
  };
  return (
    <Section title={strings.nativeServing} mark={isSet ? strings.isSet : undefined}>
      <div class="row">
        <Textbox
          label={strings.guardrailId}
          value={guardrail?.id ?? ''}
          placeholder={strings.guardrailPlaceholder}
          onInput={(id) => {
            setGuardrail(id, guardrail?.version ?? 'DRAFT');
          }}
        />
        {guardrail && (
          <Textbox
            label={strings.guardrailVersion}
            value={guardrail.version}
            onInput={(version) => {
              setGuardrail(guardrail.id, version);
            }}
          />
        )}
      </div>
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
