import { isObject } from '../../http/body.js';
import * as forms from '../../../core/models/bodies/chat.js';
import * as cohere from '../../../core/models/bodies/cohere.js';
import type { BodyForm } from '../../../core/models/bodies/types.js';
import {
  type Json,
  countMember,
  malformed,
  objectMember,
  stringList,
  textMember,
} from '../bodyCheck.js';
import type { ChatReply, ChatRequest, ChatTool, ChatTurn, StopCause } from '../chat.js';
import { hashText } from '../random.js';
import { refuseWrong } from '../refusal.js';
import { streamPieces } from '../tokens.js';
import type { ChatFamily } from './family.js';
import { pseudoUuid } from './promptFamilies.js';

const finishReasons: Readonly<Record<StopCause, string>> = {
  end: 'stop',
  length: 'length',
  stopSequence: 'stop',
  tool: 'tool_calls',
};

function readChat(body: Json, model: string, form: BodyForm): ChatRequest {
  refuseWrong(body, form, model);
  const turns = (body['messages'] as unknown[]).filter(isObject).map(readTurn);
  const system = turns.filter(({ isSystem }) => isSystem).map(({ turn }) => turn.text);
  const limit = body['max_completion_tokens'] ?? body['max_tokens'];
  return {
    model,
    system: system.join('\n'),
    turns: turns.filter(({ isSystem }) => !isSystem).map(({ turn }) => turn),
    maxTokens: countMember(limit, 4096),
    stop: stringList(body['stop']),
    tools: readTools(body['tools']),
    ...readToolChoice(body['tool_choice']),
    ...readSchema(body),
    reasons: false,
  };
}

function readTurn({ role, content }: Json): { turn: ChatTurn; isSystem: boolean } {
  const parts = Array.isArray(content) ? content.filter(isObject) : [];
  const texts = parts.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []));
  const turn: ChatTurn = {
    role: role === 'assistant' ? 'assistant' : 'user',
    text: typeof content === 'string' ? content : texts.join('\n'),
    attachments: parts.filter((part) => part['type'] === 'image_url').length,
    isToolResult: role === 'tool',
  };
  return { turn, isSystem: role === 'system' || role === 'developer' };
}

function readTools(tools: unknown): ChatTool[] {
  if (!Array.isArray(tools)) return [];
  return tools.filter(isObject).map((tool) => {
    const spec = objectMember(tool, 'function');
    return { name: String(spec['name']), schema: spec['parameters'] };
  });
}

function readToolChoice(choice: unknown): { toolChoice?: string } {
  if (choice === 'none' || choice === 'required' || choice === 'any') {
    return { toolChoice: choice === 'none' ? 'none' : 'any' };
  }
  if (!isObject(choice)) return {};
  const name = objectMember(choice, 'function')['name'];
  return typeof name === 'string' ? { toolChoice: name } : {};
}

function readSchema(body: Json): { schema?: unknown } {
  const format = objectMember(body, 'response_format');
  if (format['type'] === 'json_object') return { schema: { type: 'object' } };
  const schema = objectMember(format, 'json_schema')['schema'];
  return schema === undefined ? {} : { schema };
}

/** A chat-completions answer; `stopName` is what the family calls the finish reason. */
function writeChat(
  reply: ChatReply,
  model: string,
  stopName: 'finish_reason' | 'stop_reason',
): Json {
  const message: Json = { role: 'assistant', content: reply.text };
  if (reply.tool !== undefined) {
    const { id, name, input } = reply.tool;
    const call = { id, type: 'function', function: { name, arguments: JSON.stringify(input) } };
    message['tool_calls'] = [call];
  }
  return {
    id: `chatcmpl-${pseudoUuid(reply.text)}`,
    object: 'chat.completion',
    created: 1_767_225_600 + (hashText(reply.text) % 86_400),
    model,
    choices: [{ index: 0, message, [stopName]: finishReasons[reply.stop] }],
    usage: usage(reply),
  };
}

function usage({ inputTokens, outputTokens }: ChatReply): Json {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

function streamChat(
  reply: ChatReply,
  model: string,
  stopName: 'finish_reason' | 'stop_reason',
): Json[] {
  const base = { id: `chatcmpl-${pseudoUuid(reply.text)}`, object: 'chat.completion.chunk', model };
  const chunk = (delta: Json, stop: string | null): Json => ({
    ...base,
    choices: [{ index: 0, delta, [stopName]: stop }],
  });
  const tools =
    reply.tool === undefined
      ? []
      : [
          chunk(
            {
              tool_calls: [
                {
                  index: 0,
                  id: reply.tool.id,
                  type: 'function',
                  function: { name: reply.tool.name, arguments: JSON.stringify(reply.tool.input) },
                },
              ],
            },
            null,
          ),
        ];
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...streamPieces(reply.text).map((content) => chunk({ content }, null)),
    ...tools,
    { ...chunk({}, finishReasons[reply.stop]), usage: usage(reply) },
  ];
}

/** DeepSeek V3, Qwen, Gemma, Kimi, MiniMax, GLM, Nemotron, Palmyra: chat completions. */
export const openAiChat: ChatFamily = {
  read: (body, { id }) => readChat(body, id, forms.openAiChat),
  write: (reply, _body, { id }) => writeChat(reply, id, 'finish_reason'),
  stream: (reply, _body, { id }) => streamChat(reply, id, 'finish_reason'),
};

/** Mistral Large 24.07 and newer; the 24.07 model still says `stop_reason`. */
export const mistralChat: ChatFamily = {
  read: (body, { id }) => readChat(body, id, forms.mistralChat),
  write: (reply, _body, { id }) => writeChat(reply, id, stopNameOf(id)),
  stream: (reply, _body, { id }) => streamChat(reply, id, stopNameOf(id)),
};

function stopNameOf(id: string): 'finish_reason' | 'stop_reason' {
  return id.includes('2407') ? 'stop_reason' : 'finish_reason';
}

/** AI21 Jamba. */
export const jamba: ChatFamily = {
  read: (body, { id }) => readChat(body, id, forms.jamba),
  write: (reply, _body, { id }) => writeChat(reply, id, 'finish_reason'),
  stream: (reply, _body, { id }) => streamChat(reply, id, 'finish_reason'),
};

/** OpenAI gpt-oss: the thoughts come first, inside the content. */
export const gptOss: ChatFamily = {
  read(body, { id }) {
    if (body['stream'] === true) {
      throw malformed('/stream', 'stream must be false or absent for InvokeModel');
    }
    return { ...readChat(body, id, forms.gptOss), reasons: true };
  },
  write: (reply, _body, { id }) => writeChat(withThoughts(reply), id, 'finish_reason'),
  stream: (reply, _body, { id }) => streamChat(withThoughts(reply), id, 'finish_reason'),
};

function withThoughts(reply: ChatReply): ChatReply {
  if (reply.reasoning === undefined) return reply;
  return { ...reply, text: `<reasoning>${reply.reasoning}</reasoning>${reply.text}` };
}

/** Cohere Command R and R+: one message, the earlier turns beside it. */
export const cohereCommandR: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, cohere.cohereCommandR, id);
    const history = Array.isArray(body['chat_history'])
      ? body['chat_history'].filter(isObject)
      : [];
    const turns = history.map((at): ChatTurn => ({
      role: at['role'] === 'CHATBOT' ? 'assistant' : 'user',
      text: textMember(at, 'message'),
      attachments: 0,
      isToolResult: false,
    }));
    const last: ChatTurn = {
      role: 'user',
      text: String(body['message']),
      attachments: 0,
      isToolResult: Array.isArray(body['tool_results']),
    };
    return {
      model: id,
      system: typeof body['preamble'] === 'string' ? body['preamble'] : '',
      turns: [...turns, last],
      maxTokens: countMember(body['max_tokens'], 4000),
      stop: stringList(body['stop_sequences']),
      tools: [],
      reasons: false,
    };
  },
  write: (reply, body) => ({
    response_id: pseudoUuid(`r${reply.text}`),
    text: reply.text,
    generation_id: pseudoUuid(reply.text),
    chat_history: [
      ...(Array.isArray(body['chat_history']) ? (body['chat_history'] as unknown[]) : []),
      { role: 'USER', message: body['message'] },
      { role: 'CHATBOT', message: reply.text },
    ],
    finish_reason: reply.stop === 'length' ? 'MAX_TOKENS' : 'COMPLETE',
    meta: billed(reply),
  }),
  stream: (reply) => [
    ...streamPieces(reply.text).map((text) => ({
      is_finished: false,
      event_type: 'text-generation',
      text,
    })),
    {
      is_finished: true,
      event_type: 'stream-end',
      finish_reason: reply.stop === 'length' ? 'MAX_TOKENS' : 'COMPLETE',
      response: { text: reply.text, meta: billed(reply) },
    },
  ],
};

function billed({ inputTokens, outputTokens }: ChatReply): Json {
  return {
    api_version: { version: '1' },
    billed_units: { input_tokens: inputTokens, output_tokens: outputTokens },
  };
}
