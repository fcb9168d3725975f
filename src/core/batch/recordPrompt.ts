import type { ConversationOptions } from '../converse/openOptions.js';
import { isObject } from '../models/bodies/json.js';
import { promptPreview } from '../results/readOutput.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * A record's request as the playground opens it: system text, messages and parameters of a Converse
 * request or of Claude's and Nova's bodies; of other bodies the prompt. Texts only.
 */
export function toOpenOptions(modelInput: unknown): ConversationOptions {
  const body: Json = isObject(modelInput) ? modelInput : {};
  const messages = Array.isArray(body['messages']) ? body['messages'].filter(isObject) : [];
  const turns = messages.flatMap(({ role, content }) =>
    role === 'user' || role === 'assistant' ? [{ role, content: textsOf(content) } as const] : [],
  );
  const system = textsOf(body['system'])
    .map(({ text }) => text)
    .join('\n\n');
  if (turns.every(({ content }) => content.length === 0)) {
    return { messages: [{ role: 'user', content: promptPreview(modelInput, {}) }] };
  }
  return { messages: turns, parameters: parametersOf(body), ...(system !== '' && { system }) };
}

function textsOf(content: unknown): { text: string }[] {
  if (typeof content === 'string') return [{ text: content }];
  if (!Array.isArray(content)) return [];
  return content.flatMap((block: unknown) =>
    isObject(block) && typeof block['text'] === 'string' ? [{ text: block['text'] }] : [],
  );
}

function parametersOf(body: Json): NonNullable<ConversationOptions['parameters']> {
  const config = isObject(body['inferenceConfig']) ? body['inferenceConfig'] : body;
  const numeric = (...names: string[]) =>
    names.map((name) => config[name]).find((value) => typeof value === 'number');
  const members = {
    maxTokens: numeric('maxTokens', 'max_tokens'),
    temperature: numeric('temperature'),
    topP: numeric('topP', 'top_p'),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
