import { buildConverseRequest } from '../../core/converse/buildRequest.js';
import type { Conversation } from '../../core/converse/types.js';

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
  const modelInput = inputOf(asked);
  const expected = isAnswered
    ? last.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
    : '';
  return JSON.stringify({ recordId, modelInput, ...(expected !== '' && { expected }) });
}

/** The conversation's request for one row of a table: columns are values of `{{variables}}`. */
export function rowRecord(
  conversation: Conversation,
  row: Readonly<Record<string, string>>,
  recordId: string,
): string {
  const modelInput = inputOf({
    ...untilLastPrompt(conversation),
    variables: { ...conversation.variables, ...row },
  });
  return JSON.stringify({ recordId, modelInput });
}

/** The conversation without the answer to its last prompt. */
export function untilLastPrompt(conversation: Conversation): Conversation {
  const lastPrompt = conversation.turns.findLastIndex(({ role }) => role === 'user');
  return { ...conversation, turns: conversation.turns.slice(0, lastPrompt + 1) };
}

/** The request as a batch record has it: the job names the model. */
function inputOf(conversation: Conversation) {
  const members = Object.entries(buildConverseRequest(conversation));
  return Object.fromEntries(members.filter(([name]) => name !== 'modelId'));
}
