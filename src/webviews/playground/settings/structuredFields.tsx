import { Checkbox, Textarea } from '../../ui/field.js';
import { problemsAt } from '../checks.js';
import { strings } from '../page.js';
import { Section } from './section.js';
import type { SettingsPart } from './settingsPane.js';

const firstSchema = `{
  "type": "object",
  "properties": {
    "title": { "type": "string" },
    "score": { "type": "number" }
  },
  "required": ["title", "score"]
}`;

/** A JSON schema the answer must follow; every answer is checked against it. */
export function StructuredFields({ lane, set }: SettingsPart) {
  const { structuredOutput } = lane.settings;
  return (
    <Section title={strings.structured} mark={structuredOutput ? strings.isSet : undefined}>
      <Checkbox
        label={strings.structuredOn}
        isOn={structuredOutput !== undefined}
        onChange={(isOn) => {
          set('structuredOutput', isOn ? { schema: firstSchema } : undefined);
        }}
      />
      {structuredOutput && (
        <Textarea
          label={strings.answerSchema}
          isCode
          value={structuredOutput.schema}
          error={problemsAt('structuredOutput')}
          onInput={(schema) => {
            set('structuredOutput', { ...structuredOutput, schema });
          }}
        />
      )}
    </Section>
  );
}
