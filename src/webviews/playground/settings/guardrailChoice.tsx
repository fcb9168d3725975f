import { Button } from '../../ui/button.js';
import { Textbox } from '../../ui/field.js';
import { host, strings } from '../page.js';
import { reportProblem } from '../store.js';

/** A guardrail on a request; its name is known where it was chosen from the list. */
export interface ChosenGuardrail {
  readonly id: string;
  readonly version: string;
  readonly name?: string;
}

interface GuardrailChoiceProps {
  readonly value: ChosenGuardrail | undefined;
  readonly error?: string | undefined;
  readonly onChange: (chosen: ChosenGuardrail | undefined) => void;
}

/** A guardrail from the editor's list, or by its id: listing them may be forbidden. */
export function GuardrailChoiceFields({ value, error, onChange }: GuardrailChoiceProps) {
  const { id = '', version = 'DRAFT' } = value ?? {};
  return (
    <>
      {value?.name !== undefined && <p class="guardrail-name">{value.name}</p>}
      <Button
        icon="shield"
        onClick={() => {
          host.pickGuardrail({ id, version }).then(onChange, reportProblem);
        }}
      >
        {strings.chooseGuardrail}
      </Button>
      <Textbox
        label={strings.guardrailId}
        value={id}
        placeholder={strings.guardrailPlaceholder}
        error={error}
        onInput={(typed) => {
          // A name belongs to the id it came with.
          onChange(typed.trim() === '' ? undefined : { id: typed, version });
        }}
      />
      {value && (
        <Textbox
          label={strings.guardrailVersion}
          value={version}
          onInput={(typed) => {
            onChange({ ...value, version: typed });
          }}
        />
      )}
    </>
  );
}
