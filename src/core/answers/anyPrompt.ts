import { arrayOf, at, contentText, isObject, preview, stringOf } from '../models/bodies/json.js';

/** Where bodies of any family, of the account's own models and of Marketplace have what is asked. */
const members = [
  ...['messages', 'contents', 'prompt', 'message', 'input', 'inputs', 'inputText', 'inputPrompt'],
  ...['texts', 'text', 'query', 'question', 'instances', 'text_prompts', 'conversation'],
  ...[
    'singleEmbeddingParams',
    'segmentedEmbeddingParams',
    'textToImageParams',
    'images',
    'inputImage',
  ],
];

/** Members of one turn or block that hold what it says. */
const inner = ['content', 'parts', 'text', 'value', 'json', 'prompt', 'inputs'];

/**
 * The prompt of a request of which nothing is known: the last thing a user said, or the text under the
 * first name that bodies use for it; '' where there is none.
 */
export function anyPrompt(modelInput: unknown): string {
  for (const member of members) {
    const text = textIn(at(modelInput, member), 0);
    if (text !== '') return preview(text);
  }
  return '';
}

function textIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (depth > 6) return '';
  if (Array.isArray(value)) return textOfList(value, depth);
  if (!isObject(value)) return '';
  const text = contentText([value]);
  if (text !== '') return text;
  for (const member of [...inner, 'toolResult', 'tool_result']) {
    const found = textIn(value[member], depth + 1);
    if (found !== '') return found;
  }
  return '';
}

/** Of turns the last one that is not the model's; of anything else all of it. */
function textOfList(list: readonly unknown[], depth: number): string {
  const texts = (items: readonly unknown[]) =>
    items.map((item) => textIn(item, depth + 1)).filter((text) => text !== '');
  if (!list.some((item) => isTurn(item))) return texts(list).join('\n');
  const asked = list.filter((item) => !isAnswer(item));
  return texts(asked).at(-1) ?? texts(list).at(-1) ?? '';
}

const roleOf = (item: unknown) => stringOf(at(item, 'role')) ?? stringOf(at(item, 'author'));

function isTurn(item: unknown): boolean {
  return roleOf(item) !== undefined || arrayOf(at(item, 'parts')).length > 0;
}

function isAnswer(item: unknown): boolean {
  return ['assistant', 'model', 'system', 'developer', 'chatbot'].includes(
    roleOf(item)?.toLowerCase() ?? '',
  );
}
