import type {
  ConverseResponse,
  ConverseStreamOutput,
  ResponseStream,
} from '@aws-sdk/client-bedrock-runtime';
import { validationError } from '../awsError.js';
import type { BedrockCall } from '../bedrockCall.js';
import { parseJsonObject } from '../http/body.js';
import type { Handlers } from '../wire/handler.js';
import { type Json, objectMember } from './bodyCheck.js';
import type { ChatReply } from './chat.js';
import { converseUsage, guardTrace, readConverse, writeConverse } from './converse.js';
import { converseEvents } from './converseShape.js';
import { converseResponder, nativeGuard } from './guardedCall.js';
import { countNative, guardMembers, invokeNative, streamNative } from './invoke.js';
import { countInput } from './writer.js';

export const runtimeHandlers = {
  async Converse(input, call) {
    const elapsed = stopwatch();
    const request = readConverse(call.json, modelOf(call, input.modelId));
    const reply = await converseResponder(input, call)(request, call.signal);
    // The form is shared with batch output, where it is JSON.
    return writeConverse(reply, elapsed()) as unknown as ConverseResponse;
  },

  async ConverseStream(input, call) {
    const elapsed = stopwatch();
    const model = modelOf(call, input.modelId);
    const request = readConverse(call.json, model);
    if (!model.streaming) throw validationError('The model is unsupported for streaming.');
    const reply = await converseResponder(input, call)(request, call.signal);
    return { stream: converseStream(reply, elapsed) };
  },

  async InvokeModel(input, call) {
    const elapsed = stopwatch();
    const { body, respond } = nativeGuard(input, nativeBody(input.body), call);
    const done = await invokeNative(modelOf(call, input.modelId), body, respond, call.signal);
    call.setHeader('x-amzn-bedrock-input-token-count', String(done.inputTokens));
    call.setHeader('x-amzn-bedrock-output-token-count', String(done.outputTokens));
    call.setHeader('x-amzn-bedrock-invocation-latency', String(elapsed()));
    return { body: Buffer.from(JSON.stringify(done.output)), contentType: 'application/json' };
  },

  async InvokeModelWithResponseStream(input, call) {
    const elapsed = stopwatch();
    const { body, respond } = nativeGuard(input, nativeBody(input.body), call);
    const model = modelOf(call, input.modelId);
    const { chunks, reply } = await streamNative(model, body, respond, call.signal);
    return { body: nativeStream(chunks, reply, elapsed), contentType: 'application/json' };
  },

  CountTokens({ modelId, input }, call) {
    const model = modelOf(call, modelId);
    if (input.invokeModel !== undefined) {
      return { inputTokens: countNative(model, nativeBody(input.invokeModel.body)) };
    }
    const converse = objectMember(objectMember(call.json, 'input'), 'converse');
    return { inputTokens: countInput(readConverse(converse, model)) };
  },
} satisfies Handlers<'bedrock-runtime'>;

function modelOf({ ownModels, region }: BedrockCall, modelId: string) {
  return ownModels.resolve(modelId, region);
}

/** A body in the model's own form; the wire gives bytes, whatever else the SDK takes. */
function nativeBody(body: unknown): Json {
  return parseJsonObject(body instanceof Uint8Array ? body : new Uint8Array());
}

/** Says how many milliseconds have passed: what an answer calls its latency. */
function stopwatch(): () => number {
  const began = performance.now();
  return () => Math.max(1, Math.floor(performance.now() - began));
}

function* converseStream(reply: ChatReply, elapsed: () => number): Generator<ConverseStreamOutput> {
  for (const [name, event] of converseEvents(reply)) {
    yield { [name]: event } as unknown as ConverseStreamOutput;
  }
  const metadata = {
    usage: converseUsage(reply),
    // Asked for when all else is sent: it is the latency of the whole answer.
    metrics: { latencyMs: elapsed() },
    ...guardTrace(reply),
  };
  yield { metadata } as unknown as ConverseStreamOutput;
}

function* nativeStream(
  chunks: readonly Json[],
  reply: ChatReply,
  elapsed: () => number,
): Generator<ResponseStream> {
  let firstByteLatency: number | undefined;
  for (const [index, chunk] of chunks.entries()) {
    firstByteLatency ??= elapsed();
    const metrics = {
      'amazon-bedrock-invocationMetrics': {
        inputTokenCount: reply.inputTokens,
        outputTokenCount: reply.outputTokens,
        invocationLatency: elapsed(),
        firstByteLatency,
      },
      ...guardMembers(reply),
    };
    const native = index === chunks.length - 1 ? { ...chunk, ...metrics } : chunk;
    yield { chunk: { bytes: Buffer.from(JSON.stringify(native)) } };
  }
}
