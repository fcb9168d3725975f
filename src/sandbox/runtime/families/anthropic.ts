import { anthropic as form } from '../../../core/models/bodies/anthropic.js';
import { isObject } from '../../http/body.js';
import { type Json, countMember, objectMember, stringList } from '../bodyCheck.js';
import type { ChatReply, ChatTool, ChatTurn, StopCause } from '../chat.js';
import { hashText } from '../random.js';
import { refuseWrong } from '../refusal.js';
import { streamPieces } from '../tokens.js';
import type { ChatFamily } from './family.js';

const stopReasons: Readonly<Record<StopCause, string>> = {
  end: 'end_turn',
  length: 'max_tokens',
  stopSequence: 'stop_sequence',
  tool: 'tool_use',
};

/** Messages API; texts of the errors are Anthropic's own, as Bedrock passes them on. */
export const anthropic: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, form, id);
    const { messages } = body as { messages: unknown[] };
    return {
      model: id,
      system: contentText(body['system']),
      turns: messages.map(readTurn),
      maxTokens: countMember(body['max_tokens'], 1),
      stop: stringList(body['stop_sequences']),
      tools: readTools(body['tools']),
      ...toolChoice(body),
      ...schemaOf(body),
      reasons: objectMember(body, 'thinking')['type'] === 'enabled',
    };
  },
  write(reply, _body, { id }) {
    return {
      ...envelope(reply, id),
      content: contentBlocks(reply),
      stop_reason: stopReasons[reply.stop],
      stop_sequence: reply.stopSequence ?? null,
      usage: usage(reply),
    };
  },
  stream(reply, _body, { id }) {
    const start = { ...envelope(reply, id), content: [], stop_reason: null, stop_sequence: null };
    return [
      {
        type: 'message_start',
        message: { ...start, usage: { ...usage(reply), output_tokens: 1 } },
      },
      ...contentBlocks(reply).flatMap(blockEvents),
      {
        type: 'message_delta',
        delta: { stop_reason: stopReasons[reply.stop], stop_sequence: reply.stopSequence ?? null },
        usage: { output_tokens: reply.outputTokens },
      },
      { type: 'message_stop' },
    ];
  },
};

function readTurn(message: unknown): ChatTurn {
  const { role, content } = message as { role: 'user' | 'assistant'; content: unknown };
  const blocks = Array.isArray(content) ? content.filter(isObject) : [];
  return {
    role,
    text: contentText(content),
    attachments: blocks.filter((at) => at['type'] === 'image' || at['type'] === 'document').length,
    isToolResult: blocks.some((at) => at['type'] === 'tool_result'),
  };
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isObject)
    .flatMap((block) => (typeof block['text'] === 'string' ? [block['text']] : []))
    .join('\n');
}

function readTools(tools: unknown): ChatTool[] {
  if (!Array.isArray(tools)) return [];
  return tools
    .filter(isObject)
    .map((tool) => ({ name: String(tool['name']), schema: tool['input_schema'] }));
}

function toolChoice(body: Json): { toolChoice?: string } {
  const choice = objectMember(body, 'tool_choice');
  if (choice['type'] === 'tool') return { toolChoice: String(choice['name']) };
  return typeof choice['type'] === 'string' && choice['type'] !== 'auto'
    ? { toolChoice: choice['type'] }
    : {};
}

function schemaOf(body: Json): { schema?: unknown } {
  const format =
    objectMember(objectMember(body, 'output_config'), 'format')['schema'] ??
    objectMember(body, 'output_format')['schema'];
  return format === undefined ? {} : { schema: format };
}

function envelope(reply: ChatReply, model: string): Json {
  const id = `msg_bdrk_${hashText(reply.text).toString(36).padStart(8, '0')}`;
  return {
    id,
    type: 'message',
    role: 'assistant',
    model: model.replace(/^anthropic\./, '').replace(/-v\d+(:\d+)?$/, ''),
  };
}

function contentBlocks({ reasoning, text, tool }: ChatReply): Json[] {
  return [
    ...(reasoning === undefined
      ? []
      : [{ type: 'thinking', thinking: reasoning, signature: 'c2FuZGJveA==' }]),
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...(tool === undefined
      ? []
      : [
          {
            type: 'tool_use',
            id: tool.id.replace('tooluse_', 'toolu_bdrk_'),
            name: tool.name,
            input: tool.input,
          },
        ]),
  ];
}

function usage({ inputTokens, outputTokens }: ChatReply): Json {
  return {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: outputTokens,
  };
}

function blockEvents(block: Json, index: number): Json[] {
  const delta = (part: Json) => ({ type: 'content_block_delta', index, delta: part });
  const stop = { type: 'content_block_stop', index };
  if (block['type'] === 'tool_use') {
    const start = { type: 'content_block_start', index, content_block: { ...block, input: {} } };
    const pieces = streamPieces(JSON.stringify(block['input']), 8);
    return [
      start,
      ...pieces.map((piece) => delta({ type: 'input_json_delta', partial_json: piece })),
      stop,
    ];
  }
  if (block['type'] === 'thinking') {
    const start = {
      type: 'content_block_start',
      index,
      content_block: { ...block, thinking: '', signature: '' },
    };
    const pieces = streamPieces(String(block['thinking']));
    const signed = delta({ type: 'signature_delta', signature: block['signature'] });
    return [
      start,
      ...pieces.map((piece) => delta({ type: 'thinking_delta', thinking: piece })),
      signed,
      stop,
    ];
  }
  const start = { type: 'content_block_start', index, content_block: { type: 'text', text: '' } };
  const pieces = streamPieces(String(block['text']));
  return [start, ...pieces.map((piece) => delta({ type: 'text_delta', text: piece })), stop];
}
