import { checkSchema } from './checkSchema.js';
import { parseJsonText } from './jsonText.js';
import type { JsonValue, StructuredOutput, Turn } from './types.js';

/** What a structured answer is worth: the value where it is JSON, and where it misses the schema. */
export interface AnswerCheck {
  readonly isValid: boolean;
  readonly value?: JsonValue;
  /** In words, each with the place: `items[2].price should be a number, not a string`. */
  readonly problems: readonly string[];
}

/** Checks an answer's text against the schema of the structured output that was asked for. */
export function checkStructuredAnswer(turn: Turn, wanted: StructuredOutput): AnswerCheck {
  const schema = parseJsonText(wanted.schema);
  if (!schema.ok) {
    return { isValid: false, problems: [`The schema is not JSON: ${schema.message}`] };
  }
  const text = turn.content
    .flatMap((block) => (block.type === 'text' ? [block.text] : []))
    .join('');
  const answer = parseJsonText(text.trim());
  if (!answer.ok)
    return { isValid: false, problems: [`The answer is not JSON: ${answer.message}`] };
  const problems = checkSchema(answer.value, schema.value).map(
    ({ path, message }) => `${pathText(path)} ${message}`,
  );
  return { isValid: problems.length === 0, value: answer.value, problems };
}

/** A path for people: `items[2].price`; the root is "The answer". */
export function pathText(path: readonly (string | number)[], root = 'The answer'): string {
  if (path.length === 0) return root;
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}
