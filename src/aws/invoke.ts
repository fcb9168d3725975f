import { Buffer } from 'node:buffer';
import {
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  type InvokeModelCommandInput,
  type InvokeModelWithResponseStreamCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { withExactInputs } from '../core/answers/exactInputs.js';
import { addUsage, answerParts, usageOf } from '../core/answers/modelAnswer.js';
import { type AnswerSource, readAnswer } from '../core/answers/readAnswer.js';
import { parseJsonText } from '../core/converse/jsonText.js';
import type {
  InvokeRequest,
  InvokeResponse,
  InvokeStreamEvent,
} from '../core/converse/runtimeApi.js';
import type { Usage } from '../core/converse/types.js';
import { at, numberOf } from '../core/models/bodies/json.js';
import { familyOf } from '../core/models/families.js';
import { chunkParts } from '../core/native/chunkParts.js';
import { chunkStop, chunkText, chunkUsage, hasToken } from '../core/native/chunkText.js';
import { nativeGuard } from '../core/native/nativeGuard.js';
import {
  midStreamError,
  sendOnce,
  startStopwatch,
  timingEvent,
  type RuntimeCall,
} from './runtimeCall.js';
import { itemsUntilAborted } from './untilAborted.js';

type Headers = Readonly<Record<string, string>>;

/** Puts a step on one command that keeps the response's headers: the SDK's output has only some. */
function keepHeaders(
  stack: { add: (step: never, options: { step: 'deserialize'; name: string }) => void },
  keep: (headers: Headers, status: number) => void,
): void {
  type Next = (args: unknown) => Promise<{ response?: unknown }>;
  const step = (next: Next) => async (args: unknown) => {
    const result = await next(args);
    const { response } = result;
    const headers = at(response, 'headers');
    const lower = Object.entries((headers ?? {}) as Record<string, unknown>).map(
      ([name, value]) => [name.toLowerCase(), String(value)] as const,
    );
    keep(Object.fromEntries(lower), numberOf(at(response, 'statusCode')) ?? 0);
    return result;
  };
  stack.add(step as never, { step: 'deserialize', name: 'keepHeaders' });
}

type BothInputs = InvokeModelCommandInput & InvokeModelWithResponseStreamCommandInput;

function toInput(request: InvokeRequest): BothInputs {
  const { modelId, body, guardrail, trace, serviceTier, latency } = request;
  return {
    modelId,
    body,
    contentType: request.contentType ?? 'application/json',
    accept: request.accept ?? 'application/json',
    ...(guardrail && { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version }),
    ...(trace && { trace }),
    ...(serviceTier && { serviceTier: serviceTier as NonNullable<BothInputs['serviceTier']> }),
    ...(latency && { performanceConfigLatency: latency }),
  };
}

/** InvokeModel: the raw answer, its headers, and the text and token counts where they can be told. */
export async function invoke(
  { client, context }: RuntimeCall,
  request: InvokeRequest,
  signal?: AbortSignal,
): Promise<InvokeResponse> {
  const call = { ...context, action: 'bedrock:InvokeModel', resource: request.modelId };
  const command = new InvokeModelCommand(toInput(request));
  let headers: Headers = {};
  let status = 0;
  keepHeaders(command.middlewareStack, (found, code) => {
    headers = found;
    status = code;
  });
  const watch = startStopwatch();
  const found = await sendOnce(call, signal, (options) => client.send(command, options));
  const totalMs = watch.totalMs();
  const body = readBody(found.body);
  const parsed = body.isBase64 ? undefined : parseJsonText(body.body);
  const answer = parsed?.ok
    ? await withExactInputs(readAnswer(parsed.value, sourceOf(request)), body.body)
    : undefined;
  const usage = addUsage(usageOf(answer), headerUsage(headers));
  const latencyMs = headerNumber(headers, 'x-amzn-bedrock-invocation-latency');
  const { requestId } = found.$metadata;
  return {
    ...body,
    ...(answer && { text: answer.text }),
    ...(answer && answerParts(answer)),
    contentType: found.contentType ?? '',
    status,
    headers,
    ...(requestId && { requestId }),
    ...(parsed?.ok && nativeGuard(parsed.value)),
    ...(answer?.stopReason && { stopReason: answer.stopReason }),
    ...(usage && { usage }),
    timing: { totalMs, ...(latencyMs === undefined ? {} : { latencyMs }) },
  };
}

function readBody(bytes: Uint8Array): { body: string; isBase64?: boolean } {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { body: Buffer.from(bytes).toString('base64'), isBase64: true };
  }
}

function headerNumber(headers: Headers, name: string): number | undefined {
  const text = headers[name];
  return text === undefined || text === '' ? undefined : numberOf(Number(text));
}

/** An application profile and an imported model hide their family; the body that is sent tells it. */
function sourceOf({ modelId, body }: InvokeRequest): AnswerSource {
  const parsed = parseJsonText(body);
  return { modelId, ...(parsed.ok && { modelInput: parsed.value }) };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html and recorded answers. */
function headerUsage(headers: Headers): Usage | undefined {
  const count = (name: string) => headerNumber(headers, `x-amzn-bedrock-${name}-token-count`);
  return usageOf({
    inputTokens: count('input'),
    outputTokens: count('output'),
    cacheReadTokens: count('cache-read-input'),
    cacheWriteTokens: count('cache-write-input'),
  });
}

/** InvokeModelWithResponseStream: every native chunk as it came, with the text in it. */
export async function* invokeStream(
  { client, context }: RuntimeCall,
  request: InvokeRequest,
  signal?: AbortSignal,
): AsyncGenerator<InvokeStreamEvent> {
  const action = 'bedrock:InvokeModelWithResponseStream';
  const call = { ...context, action, resource: request.modelId };
  const command = new InvokeModelWithResponseStreamCommand(toInput(request));
  let headers: Headers = {};
  keepHeaders(command.middlewareStack, (found) => {
    headers = found;
  });
  const family = familyOf(request.modelId);
  const decoder = new TextDecoder();
  const watch = startStopwatch();
  const found = await sendOnce(call, signal, (options) => client.send(command, options));
  try {
    yield { type: 'headers', headers };
    for await (const event of itemsUntilAborted(found.body, signal)) {
      const bytes = event.chunk?.bytes;
      if (!bytes) continue;
      const json = decoder.decode(bytes);
      const parsed = parseJsonText(json);
      const chunk = parsed.ok ? parsed.value : undefined;
      if (hasToken(family, chunk)) watch.markFirst();
      const stopReason = chunkStop(family, chunk);
      const ended = stopReason === undefined ? {} : { stopReason };
      const text = chunkText(family, chunk);
      const usage = chunkUsage(chunk);
      yield {
        type: 'chunk',
        json,
        text,
        ...chunkParts(chunk),
        ...ended,
        ...(usage && { usage }),
        ...nativeGuard(chunk),
      };
      const metrics = at(chunk, 'amazon-bedrock-invocationMetrics');
      if (metrics !== undefined) yield metricsEvent(metrics);
    }
  } catch (error) {
    throw midStreamError(error, call, watch);
  }
  yield timingEvent(watch);
}

function metricsEvent(metrics: unknown): InvokeStreamEvent {
  const usage = usageOf({
    inputTokens: at(metrics, 'inputTokenCount'),
    outputTokens: at(metrics, 'outputTokenCount'),
    cacheReadTokens: at(metrics, 'cacheReadInputTokenCount'),
    cacheWriteTokens: at(metrics, 'cacheWriteInputTokenCount'),
  });
  const latencyMs = numberOf(at(metrics, 'invocationLatency'));
  return {
    type: 'metrics',
    ...(usage && { usage }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
  };
}
