import { validationError } from '../../awsError.js';
import { isObject } from '../../http/body.js';
import { type Json, countMember, objectMember, stringList } from '../bodyCheck.js';
import type { ChatReply, ChatTool, ChatTurn, StopCause } from '../chat.js';
import { hashText } from '../random.js';
import { streamPieces } from '../tokens.js';
import type { ChatFamily } from './family.js';

const stopReasons: Readonly<Record<StopCause, string>> = {
  end: 'end_turn',
  length: 'max_tokens',
  stopSequence: 'stop_sequence',
  tool: 'tool_use',
};

const known = new Set([
  ...['anthropic_version', 'anthropic_beta', 'max_tokens', 'messages', 'system', 'temperature'],
  ...['top_p', 'top_k', 'stop_sequences', 'tools', 'tool_choice', 'thinking', 'metadata'],
  ...['output_config', 'output_format', 'context_management', 'mcp_servers', 'service_tier'],
]);

/** Messages API; texts of the errors are Anthropic's own, as Bedrock passes them on. */
export const anthropic: ChatFamily = {
  read(body, { id }) {
    checkBody(body);
    checkSampling(id, body['temperature'], body['top_p']);
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

function checkBody(body: Json): void {
  const problems: string[] = [];
  if (!('anthropic_version' in body)) problems.push('anthropic_version: Field required');
  else if (body['anthropic_version'] !== 'bedrock-2023-05-31') {
    problems.push("anthropic_version: Input should be 'bedrock-2023-05-31'");
  }
  if (!('max_tokens' in body)) problems.push('max_tokens: Field required');
  else if (!Number.isInteger(body['max_tokens'])) {
    problems.push('max_tokens: Input should be a valid integer');
  } else if ((body['max_tokens'] as number) < 1) {
    problems.push('max_tokens: must be greater than or equal to 1');
  }
  if (!('messages' in body)) problems.push('messages: Field required');
  else if (!Array.isArray(body['messages']))
    problems.push('messages: Input should be a valid list');
  else problems.push(...messageProblems(body['messages']));
  for (const name of Object.keys(body)) {
    if (!known.has(name)) problems.push(`${name}: Extra inputs are not permitted`);
  }
  for (const name of ['temperature', 'top_p']) {
    const value = body[name];
    if (value !== undefined && !(typeof value === 'number' && value >= 0 && value <= 1)) {
      problems.push(`${name}: range: 0..1`);
    }
  }
  if (problems[0] !== undefined) throw validationError(problems[0]);
}

/** Claude 4.1 and 4.5 take `temperature` or `top_p`, not both. */
export function checkSampling(id: string, temperature: unknown, topP: unknown): void {
  if (temperature === undefined || topP === undefined) return;
  if (temperature === null || topP === null) return;
  if (!/claude-(?:opus|sonnet|haiku)-4-[15]-/.test(id)) return;
  throw validationError(
    '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
  );
}

function messageProblems(messages: readonly unknown[]): string[] {
  if (messages.length === 0) return ['messages: at least one message is required'];
  return messages.flatMap((message, index) => {
    if (!isObject(message)) return [`messages.${index}: Input should be a valid dictionary`];
    if (message['role'] !== 'user' && message['role'] !== 'assistant') {
      return [`messages.${index}.role: Input should be 'user' or 'assistant'`];
    }
    if (!('content' in message)) return [`messages.${index}.content: Field required`];
    if (typeof message['content'] === 'string') {
      return message['content'].trim() === ''
        ? [`messages.${index}: user messages must have non-empty content`]
        : [];
    }
    if (!Array.isArray(message['content'])) {
      return [`messages.${index}.content: Input should be a valid list`];
    }
    return message['content'].flatMap((block: unknown, at) => {
      if (isObject(block) && typeof block['type'] === 'string')
        return blockProblems(block, `messages.${index}.content.${at}`);
      return [`messages.${index}.content.${at}.type: Field required`];
    });
  });
}

const blockTypes = new Set([
  ...['text', 'image', 'document', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking'],
  ...['search_result', 'server_tool_use'],
]);

function blockProblems(block: Json, path: string): string[] {
  const type = String(block['type']);
  if (!blockTypes.has(type)) {
    return [
      `${path}: Input tag '${type}' found using 'type' does not match any of the expected tags`,
    ];
  }
  if (type === 'text' && typeof block['text'] !== 'string')
    return [`${path}.text.text: Field required`];
  if (type === 'image' && !isObject(block['source']))
    return [`${path}.image.source: Field required`];
  return [];
}

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
