import * as l10n from '@vscode/l10n';
import { checkJson } from '../json/jsonSchema.js';
import { parseJsonObject, parseJsonText } from './jsonText.js';

/** What an answer misses of the JSON Schema that was asked for, in words with the place; empty where it fits. */
export async function checkStructuredAnswer(
  text: string,
  schemaText: string,
): Promise<readonly string[]> {
  const schema = parseJsonObject(schemaText);
  if (!schema.ok) return [l10n.t('The schema is not JSON: {0}', schema.message)];
  const answer = parseJsonText(text.trim());
  if (!answer.ok) return [l10n.t('The answer is not JSON: {0}', answer.message)];
  const found = await checkJson(text.trim(), schema.value);
  return found.map(({ message }) => message);
}
