import { isObject } from '../http/body.js';
import { type Json, objectMember } from './bodyCheck.js';
import type { ChatReply, ChatTurn, StopCause } from './chat.js';
import { streamPieces } from './tokens.js';

const stopReasons: Readonly<Record<StopCause, string>> = {
  end: 'end_turn',
  length: 'max_tokens',
  stopSequence: 'stop_sequence',
  tool: 'tool_use',
};

/** The reply's stop reason in Converse's words. */
export function stopReason({ stop, guard }: ChatReply): string {
  return guard?.changedAnswer === true ? 'guardrail_intervened' : stopReasons[stop];
}

/** A Converse message as a turn. Members that are null count as absent. */
export function readConverseTurn(message: Json): ChatTurn {
  const blocks = Array.isArray(message['content']) ? message['content'].filter(isObject) : [];
  return {
    role: message['role'] === 'assistant' ? 'assistant' : 'user',
    text: blocks.flatMap(blockText).join('\n'),
    attachments: blocks.filter((block) => attachmentNames.some((name) => isObject(block[name])))
      .length,
    isToolResult: blocks.some((block) => isObject(block['toolResult'])),
  };
}

/** The text of a content block, guarded or not. */
export function blockText(block: Json): string[] {
  const text = block['text'] ?? guardContent(block)['text'];
  return typeof text === 'string' ? [text] : [];
}

/** The guarded text of a block with its qualifiers; empty where the block is another one. */
export function guardContent(block: Json): Json {
  return objectMember(objectMember(block, 'guardContent'), 'text');
}

const attachmentNames = ['image', 'document', 'video', 'audio'];

/** The content blocks of a reply. */
export function converseContent({ reasoning, text, tool }: ChatReply): Json[] {
  return [
    ...(reasoning === undefined
      ? []
      : [{ reasoningContent: { reasoningText: { text: reasoning } } }]),
    ...(text === '' && tool !== undefined ? [] : [{ text }]),
    ...(tool === undefined
      ? []
      : [{ toolUse: { toolUseId: tool.id, name: tool.name, input: tool.input } }]),
  ];
}

/** The events of a streamed reply up to messageStop; metadata is the caller's. */
export function converseEvents(reply: ChatReply): [name: string, event: Json][] {
  const events: [string, Json][] = [['messageStart', { role: 'assistant' }]];
  for (const [contentBlockIndex, block] of converseContent(reply).entries()) {
    const add = (delta: Json) => events.push(['contentBlockDelta', { contentBlockIndex, delta }]);
    if (isObject(block['toolUse'])) {
      const { toolUseId, name, input } = block['toolUse'];
      const start = { toolUse: { toolUseId, name } };
      events.push(['contentBlockStart', { contentBlockIndex, start }]);
      for (const part of streamPieces(JSON.stringify(input), 8)) add({ toolUse: { input: part } });
    } else if (isObject(block['reasoningContent'])) {
      for (const text of streamPieces(reply.reasoning ?? '')) add({ reasoningContent: { text } });
    } else {
      for (const text of streamPieces(reply.text)) add({ text });
    }
    events.push(['contentBlockStop', { contentBlockIndex }]);
  }
  events.push(['messageStop', { stopReason: stopReason(reply) }]);
  return events;
}
