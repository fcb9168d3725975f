import { awsError, validationError } from '../awsError.js';
import { isObject, parseJsonObject } from '../http/body.js';
import { jsonReply } from '../http/replies.js';
import { objectMember } from '../runtime/bodyCheck.js';
import { converseUsage, guardTrace, readConverse, writeConverse } from '../runtime/converse.js';
import { converseEvents } from '../runtime/converseShape.js';
import { countNative, guardMembers, invokeNative, streamNative } from '../runtime/invoke.js';
import { countInput } from '../runtime/writer.js';
import type { BedrockCall, BedrockOperation } from './call.js';
import { type StreamEvent, eventStreamReply } from './eventStream.js';
import { converseResponder, nativeGuard } from './guardedCall.js';

function modelOf({ labels, ownModels, region }: BedrockCall) {
  return ownModels.resolve(labels[0] ?? '', region);
}

/** Says how many milliseconds have passed: what an answer calls its latency. */
function stopwatch(): () => number {
  const began = performance.now();
  return () => Math.max(1, Math.floor(performance.now() - began));
}

export const converse: BedrockOperation = async (call) => {
  const elapsed = stopwatch();
  const request = readConverse(call.body, modelOf(call));
  const reply = await converseResponder(call)(request, call.request.signal);
  return jsonReply(writeConverse(reply, elapsed()));
};

export const converseStream: BedrockOperation = async (call) => {
  const elapsed = stopwatch();
  const model = modelOf(call);
  const request = readConverse(call.body, model);
  if (!model.streaming) throw validationError('The model is unsupported for streaming.');
  const reply = await converseResponder(call)(request, call.request.signal);
  const metadata = () => ({
    usage: converseUsage(reply),
    metrics: { latencyMs: elapsed() },
    ...guardTrace(reply),
  });
  const events: StreamEvent[] = [...converseEvents(reply), ['metadata', metadata]];
  const { speed, fault } = call;
  return eventStreamReply(events, { speed, fault, signal: call.request.signal });
};

export const invokeModel: BedrockOperation = async (call) => {
  const elapsed = stopwatch();
  const { body, respond } = nativeGuard(call);
  const done = await invokeNative(modelOf(call), body, respond, call.request.signal);
  const reply = jsonReply(done.output);
  const headers = {
    ...reply.headers,
    'x-amzn-bedrock-input-token-count': String(done.inputTokens),
    'x-amzn-bedrock-output-token-count': String(done.outputTokens),
    'x-amzn-bedrock-invocation-latency': String(elapsed()),
  };
  return { ...reply, headers };
};

export const invokeModelWithResponseStream: BedrockOperation = async (call) => {
  const elapsed = stopwatch();
  const { speed, fault } = call;
  const { signal } = call.request;
  const { body, respond } = nativeGuard(call);
  const { chunks, reply } = await streamNative(modelOf(call), body, respond, signal);
  let firstByteLatency: number | undefined;
  const last = () => ({
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount: reply.inputTokens,
      outputTokenCount: reply.outputTokens,
      invocationLatency: elapsed(),
      firstByteLatency,
    },
    ...guardMembers(reply),
  });
  const events = chunks.map((chunk, index): StreamEvent => {
    const payload = () => {
      firstByteLatency ??= elapsed();
      const native = index === chunks.length - 1 ? { ...chunk, ...last() } : chunk;
      return { bytes: Buffer.from(JSON.stringify(native)).toString('base64') };
    };
    return ['chunk', payload];
  });
  const headers = { 'x-amzn-bedrock-content-type': 'application/json' };
  return eventStreamReply(events, { speed, fault, signal, headers });
};

export const countTokensOperation: BedrockOperation = (call) => {
  const model = modelOf(call);
  const input = objectMember(call.body, 'input');
  const given = Object.keys(input).filter((name) => isObject(input[name]));
  if (given.length !== 1) {
    throw validationError(
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have exactly one of [invokeModel, converse] set",
    );
  }
  if (given[0] === 'converse') {
    const request = readConverse(objectMember(input, 'converse'), model);
    return jsonReply({ inputTokens: countInput(request) });
  }
  const bytes = objectMember(input, 'invokeModel')['body'];
  if (typeof bytes !== 'string')
    throw validationError(
      "Value null at 'input.invokeModel.body' failed to satisfy constraint: Member must not be null",
    );
  return jsonReply({
    inputTokens: countNative(model, parseJsonObject(Buffer.from(bytes, 'base64'))),
  });
};

/** An operation of Bedrock the sandbox does not have. */
export function unknownOperation(operation: string) {
  return awsError('UnknownOperationException', `The sandbox does not have ${operation}.`, 404);
}
