import { answerText, toolCall } from '../answers/modelAnswer.js';
import type { Block, Conversation, TextBlock, Turn } from './types.js';

/** An empty conversation with a model. */
export function newConversation(id: string, modelId = ''): Conversation {
  return {
    version: 1,
    id,
    modelId,
    system: '',
    turns: [],
    settings: { isStreaming: true, parameters: {} },
    variables: {},
  };
}

/** The conversation with a turn at its end. */
export function addTurn(conversation: Conversation, turn: Turn): Conversation {
  return { ...conversation, turns: [...conversation.turns, turn] };
}

/** The conversation with other content in a turn; the turns after it stay. Unknown ids change nothing. */
export function editTurn(
  conversation: Conversation,
  turnId: string,
  content: readonly Block[],
): Conversation {
  const turns = conversation.turns.map((turn) =>
    turn.id === turnId ? { ...turn, content } : turn,
  );
  return { ...conversation, turns };
}

/**
 * The conversation without a turn. A tool loop goes as one: with a turn that asks for a tool goes the
 * turn with its result, and the other way round, because AWS refuses one without the other.
 */
export function deleteTurn(conversation: Conversation, turnId: string): Conversation {
  const { turns } = conversation;
  const at = turns.findIndex((turn) => turn.id === turnId);
  if (at < 0) return conversation;
  const gone = new Set([at]);
  for (let next = at; isToolPair(turns[next], turns[next + 1]); next++) gone.add(next + 1);
  for (let before = at; isToolPair(turns[before - 1], turns[before]); before--)
    gone.add(before - 1);
  return { ...conversation, turns: turns.filter((_turn, index) => !gone.has(index)) };
}

/** True where the second turn answers a tool the first one asked for. */
function isToolPair(first: Turn | undefined, second: Turn | undefined): boolean {
  const asked = first?.content.flatMap((block) =>
    block.type === 'toolUse' ? [block.toolUseId] : [],
  );
  return (
    second?.content.some(
      (block) => block.type === 'toolResult' && asked?.includes(block.toolUseId) === true,
    ) ?? false
  );
}

/**
 * The conversation as it was sent to get an answer: everything before the assistant's turn, or up to
 * and including a user's turn. Send it to regenerate.
 */
export function regenerateFrom(conversation: Conversation, turnId: string): Conversation {
  const at = conversation.turns.findIndex((turn) => turn.id === turnId);
  if (at < 0) return conversation;
  const end = conversation.turns[at]?.role === 'assistant' ? at : at + 1;
  return { ...conversation, turns: conversation.turns.slice(0, end) };
}

/** A new conversation with the turns up to and including one; the old one is not touched. */
export function branchAt(conversation: Conversation, turnId: string, id: string): Conversation {
  const at = conversation.turns.findIndex((turn) => turn.id === turnId);
  return {
    ...conversation,
    id,
    turns: conversation.turns.slice(0, at + 1),
    branchedFrom: { conversationId: conversation.id, turnId },
  };
}

/** The text of a turn as a person reads it: no thoughts, no attachments. */
export function turnText({ role, content }: Turn): string {
  const blocks = role === 'assistant' ? joinTexts(content) : content;
  return blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}

/** What a person takes out of an answer: its text, and what it wants tools to do. */
export function turnAnswer(turn: Turn): string {
  const toolCalls = turn.content.flatMap((block) =>
    block.type === 'toolUse'
      ? toolCall(block.name, block.invalidInput ?? JSON.stringify(block.input), [])
      : [],
  );
  return answerText({ text: turnText(turn), toolCalls });
}

/**
 * An answer's blocks with neighbouring texts as one: a model that cites ends a block where the cited
 * words do, in the middle of a sentence
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CitationsContentBlock.html).
 */
export function joinTexts(content: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of content) {
    const last = joined.at(-1);
    if (block.type !== 'text' || last?.type !== 'text') joined.push(block);
    else joined[joined.length - 1] = joinText(last, block);
  }
  return joined;
}

function joinText(first: TextBlock, second: TextBlock): TextBlock {
  const citations = [...(first.citations ?? []), ...(second.citations ?? [])];
  const text = first.text + second.text;
  return { type: 'text', text, ...(citations.length > 0 && { citations }) };
}
