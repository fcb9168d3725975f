import * as l10n from '@vscode/l10n';
import type { JsonObject } from './types.js';

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value below the path, or undefined as soon as a step is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof step === 'number')
      here = Array.isArray(here) ? (here as unknown[])[step] : undefined;
    else here = isObject(here) ? here[step] : undefined;
  }
  return here;
}

/** The string, or undefined for anything else. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The finite number, or undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The array, or an empty one for anything else. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The text of a message content: a string, or the joined `text` of its blocks. Union members may be
 * there with an explicit null, and media shows as `[image]`.
 */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts: string[] = [];
  for (const block of arrayOf(content)) {
    const text = stringOf(block) ?? stringOf(at(block, 'text'));
    if (text !== undefined) parts.push(text);
    else if (isObject(block)) parts.push(...mediaNames(block));
  }
  return parts.join('\n');
}

const media: readonly [string, () => string][] = [
  ['image', () => l10n.t('[image]')],
  ['document', () => l10n.t('[document]')],
  ['video', () => l10n.t('[video]')],
  ['audio', () => l10n.t('[audio]')],
];

function mediaNames(block: JsonObject): string[] {
  const type = stringOf(block['type']) ?? '';
  const named = media.filter(([name]) => isObject(block[name]) || type.startsWith(name));
  return named.map(([, shown]) => shown());
}

const previewLength = 2000;

/** The last user message of a chat body, cut to a length a preview can show. */
export function lastUserText(body: unknown): string {
  const messages = arrayOf(at(body, 'messages'));
  const users = messages.filter((message) => at(message, 'role') === 'user');
  return preview(contentText(at(users.at(-1) ?? messages.at(-1), 'content')));
}

/** The text cut to preview length. */
export function preview(text: unknown): string {
  return (stringOf(text) ?? '').slice(0, previewLength);
}

/** A vector as a person wants to see it: `[1024 numbers]`. */
export function vectorSummary(vectors: unknown): string {
  const list = arrayOf(vectors);
  const [first] = list;
  if (Array.isArray(first)) return l10n.t('[{0} × {1} numbers]', list.length, first.length);
  if (typeof first === 'string') return l10n.t('[{0} vectors in base64]', list.length);
  return typeof first === 'number' ? l10n.t('[{0} numbers]', list.length) : '';
}
