import { randomUUID } from 'node:crypto';
import { errorMessage, isCancelled } from '../../core/errors.js';
import { awsError } from '../awsError.js';
import { isObject } from '../http/body.js';
import { type Json, countMember, objectMember } from './bodyCheck.js';
import type { ChatReply, ChatRequest, Responder, StopCause } from './chat.js';
import { countInput } from './writer.js';
import { countTokens } from './tokens.js';

const causes: Readonly<Record<string, StopCause>> = { length: 'length', tool_calls: 'tool' };

/** Lets an OpenAI-compatible server write the replies; its answer takes the family's own form. */
export function createUpstream({ url, model }: { url: string; model: string }): Responder {
  const endpoint = `${url.replace(/\/+$/, '')}/chat/completions`;
  return async (request, signal) => {
    const body = JSON.stringify(completionBody(request, model));
    const headers = { 'content-type': 'application/json' };
    let response: Response;
    let text: string;
    try {
      response = await fetch(endpoint, { method: 'POST', headers, body, signal });
      text = await response.text();
    } catch (error) {
      if (isCancelled(error)) throw error;
      throw modelError(
        `The upstream server at ${url} could not be reached: ${errorMessage(error)}`,
      );
    }
    if (response.status === 429)
      throw awsError('ThrottlingException', 'The upstream server is busy.');
    if (!response.ok)
      throw modelError(`The upstream server answered ${response.status}: ${text.slice(0, 300)}`);
    return readCompletion(text, request);
  };
}

function modelError(message: string) {
  return awsError('ModelErrorException', message);
}

function completionBody(request: ChatRequest, model: string): Json {
  const system = request.system === '' ? [] : [{ role: 'system', content: request.system }];
  const turns = request.turns.map(({ role, text }) => ({ role, content: text }));
  const tools = request.tools.map(({ name, schema }) => ({
    type: 'function',
    function: { name, parameters: schema },
  }));
  return {
    model,
    messages: [...system, ...turns],
    max_tokens: request.maxTokens,
    stream: false,
    ...(request.stop.length === 0 ? {} : { stop: request.stop }),
    ...(tools.length === 0 || request.toolChoice === 'none' ? {} : { tools }),
    ...(request.schema === undefined
      ? {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', schema: request.schema },
          },
        }),
  };
}

function readCompletion(text: string, request: ChatRequest): ChatReply {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw modelError('The upstream server did not answer with JSON.');
  }
  const choices =
    isObject(body) && Array.isArray(body['choices']) ? (body['choices'] as unknown[]) : [];
  const choice = choices[0];
  if (!isObject(choice) || !isObject(body))
    throw modelError('The upstream server answered without choices.');
  const message = objectMember(choice, 'message');
  const content = typeof message['content'] === 'string' ? message['content'] : '';
  const usage = objectMember(body, 'usage');
  const tool = readToolCall(message);
  const reason = typeof choice['finish_reason'] === 'string' ? choice['finish_reason'] : '';
  const thoughts = message['reasoning_content'] ?? message['reasoning'];
  return {
    text: content,
    ...(request.reasons && typeof thoughts === 'string' ? { reasoning: thoughts } : {}),
    ...(tool === undefined ? {} : { tool }),
    stop: tool === undefined ? (causes[reason] ?? 'end') : 'tool',
    inputTokens: countMember(usage['prompt_tokens'], countInput(request)),
    outputTokens: countMember(usage['completion_tokens'], countTokens(content)),
  };
}

function readToolCall(message: Json): ChatReply['tool'] {
  const calls = Array.isArray(message['tool_calls']) ? (message['tool_calls'] as unknown[]) : [];
  const call = calls[0];
  if (!isObject(call)) return undefined;
  const { name, arguments: given } = objectMember(call, 'function');
  if (typeof name !== 'string') return undefined;
  const id = `tooluse_${randomUUID().replaceAll('-', '')}`;
  return { id, name, input: parseArguments(given) };
}

function parseArguments(given: unknown): unknown {
  if (typeof given !== 'string') return given ?? {};
  try {
    return JSON.parse(given);
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
