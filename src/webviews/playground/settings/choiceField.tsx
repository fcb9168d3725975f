import { Select } from '../../ui/field.js';
import { strings } from '../page.js';

interface ChoiceFieldProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly choices: readonly T[];
  readonly onChange: (value: T | undefined) => void;
}

/** One of the service's own words, or nothing: then the model's default holds. */
export function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const { label, value, choices, onChange } = props;
  const words = choices.map((choice) => ({ value: choice, text: choice }));
  return (
    <Select<T | ''>
      label={label}
      value={value ?? ''}
      options={[{ value: '', text: strings.modelDefault }, ...words]}
      onChange={(chosen) => {
        onChange(chosen === '' ? undefined : chosen);
      }}
    />
  );
}
