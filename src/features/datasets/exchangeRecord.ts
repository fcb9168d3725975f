import type { Conversation } from '../../core/converse/types.js';
import { modelInputOf } from '../../core/table/recordTemplate.js';

/**
 * A conversation as one line of a Converse batch dataset: `{recordId, modelInput}`. Its last answer goes
 * along as `expected`, for people and for evaluation; it is no part of the request.
 */
export function exchangeRecord(conversation: Conversation, recordId: string): string {
  const last = conversation.turns.at(-1);
  const isAnswered = last?.role === 'assistant';
  const asked = isAnswered
    ? { ...conversation, turns: conversation.turns.slice(0, -1) }
    : conversation;
  const modelInput = modelInputOf(asked);
  const expected = isAnswered
    ? last.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
    : '';
  return JSON.stringify({ recordId, modelInput, ...(expected !== '' && { expected }) });
}
