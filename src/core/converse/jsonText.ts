import * as l10n from '@vscode/l10n';
import { errorMessage } from '../errors.js';
import type { JsonObject, JsonValue } from './types.js';

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** JSON a person typed; the message says what is wrong, for showing beside the editor. */
export function parseJsonText(text: string): Parsed<JsonValue> {
  try {
    return { ok: true, value: JSON.parse(text) as JsonValue };
  } catch (error) {
    return { ok: false, message: errorMessage(error) };
  }
}

/** A JSON object a person typed. */
export function parseJsonObject(text: string): Parsed<JsonObject> {
  const parsed = parseJsonText(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (!isJsonObject(value))
    return { ok: false, message: l10n.t('An object { … } is expected here.') };
  return { ok: true, value };
}

/** True for a JSON object: not null, not an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
