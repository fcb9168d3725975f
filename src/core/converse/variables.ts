import type { Block, Conversation } from './types.js';

/** A `{{name}}` in a text; offsets count UTF-16 units, `end` exclusive. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const pattern = /\{\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*\}\}/gu;

/** Every `{{name}}` of a text, in order. */
export function findVariables(text: string): VariableUse[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    name: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The text with the values put in, once: a value is not searched again. Names without a value stay. */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(pattern, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** The names used in the system text and in the texts of user turns, each once, in order. */
export function usedVariables(conversation: Pick<Conversation, 'system' | 'turns'>): string[] {
  const texts = [
    conversation.system,
    ...conversation.turns
      .filter(({ role }) => role === 'user')
      .flatMap(({ content }) => content.flatMap(blockTexts)),
  ];
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
  return usedVariables(conversation).filter((name) => !Object.hasOwn(variables, name));
}
