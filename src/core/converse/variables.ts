import type { Block, Conversation } from './types.js';

/** A `{{name}}` in a text; offsets count UTF-16 units, `end` exclusive. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

// A name may hold pairs of single braces, as a column may; `{{{a}}}` is `{{a}}` between braces.
const pattern = /\{\{(?!\{)((?:[^{}\n]|\{[^{}\n]*\})*)\}\}/gu;

/** A name as it is compared: one form of each letter, single spaces, none at the ends. */
export function variableName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\s\u200b\u2060]+/gu, ' ')
    .trim();
}

/** Every `{{name}}` of a text, in order. A name is anything but nothing: columns are called so. */
export function findVariables(text: string): VariableUse[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    name: variableName(match[1] ?? ''),
    start: match.index,
    end: match.index + match[0].length,
  })).filter(({ name }) => name !== '');
}

/**
 * What a text has of other template languages: `{{}}`, `{% if … %}`. None of it is worked out here, so
 * it would reach the model as it stands.
 */
export function foreignTags(text: string): string[] {
  const tags = text.matchAll(/\{\{\s*\}\}|\{%[^\n]*?%\}/g);
  return [...new Set(Array.from(tags, ([tag]) => tag))];
}

/** True for a filter or a block of other template languages rather than a name. */
export function isExpression(name: string): boolean {
  return name.includes('|') || /^[#^/>!&]/.test(name);
}

/** True for what programs write between two braces, `style={{ color: 'red' }}`. */
export function isCode(name: string): boolean {
  return /^(?:\.\.\.|(['"]?)[\w$-]+\1\s*:)/.test(name);
}

/** True where a name has a value; an empty text is one. */
export function hasValue(values: Readonly<Record<string, unknown>>, name: string): boolean {
  return valueOf(values, name) !== undefined;
}

function valueOf<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(values, name)) return values[name];
  const key = Object.keys(values).find((each) => variableName(each) === name);
  return key === undefined ? undefined : values[key];
}

/** The text with the values put in, once: a value is not searched again. Names without a value stay. */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    pattern,
    (whole, name: string) => valueOf(values, variableName(name)) ?? whole,
  );
}

/** The system text and the texts of user turns: where variables are put in. */
export function templateTexts({ system, turns }: Pick<Conversation, 'system' | 'turns'>): string[] {
  return [
    system,
    ...turns
      .filter(({ role }) => role === 'user')
      .flatMap(({ content }) => content.flatMap(blockTexts)),
  ];
}

/** The names used in the system text and in the texts of user turns, each once, in order. */
export function usedVariables(conversation: Pick<Conversation, 'system' | 'turns'>): string[] {
  const texts = templateTexts(conversation);
  return [...new Set(texts.flatMap((text) => findVariables(text).map(({ name }) => name)))];
}

function blockTexts(block: Block): string[] {
  return block.type === 'text' ? [block.text] : [];
}

/** The names that are used and have no value; an empty text is a value. */
export function missingVariables(
  conversation: Pick<Conversation, 'system' | 'turns' | 'variables'>,
): string[] {
  const { variables } = conversation;
  return usedVariables(conversation).filter((name) => !hasValue(variables, name));
}
