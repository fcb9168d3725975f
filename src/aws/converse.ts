import {
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseCommandInput,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import {
  blockFromWire,
  citationFromWire,
  resultFromWire,
  resultStart,
  usageFromWire,
} from '../core/converse/blockFromWire.js';
import { isJsonObject } from '../core/converse/jsonText.js';
import type { StreamEvent } from '../core/converse/streamEvents.js';
import type { Citation, ImageFormat, JsonObject, JsonValue } from '../core/converse/types.js';
import type { ConverseRequest, ConverseResponse } from '../core/converse/wire.js';
import { blockWithBytes, plainJson, plainObject } from './plainJson.js';
import {
  midStreamError,
  sendOnce,
  startStopwatch,
  timingEvent,
  type RuntimeCall,
} from './runtimeCall.js';
import { itemsUntilAborted } from './untilAborted.js';

/** The plain request as the SDK takes it: base64 becomes bytes. */
export function toConverseInput(request: ConverseRequest): ConverseCommandInput {
  const messages = request.messages.map(({ role, content }) => ({
    role,
    content: content.map(blockWithBytes),
  }));
  // Plain JSON in AWS's own names; AWS checks it, and says what is wrong better than a type would.
  return { ...request, messages } as unknown as ConverseCommandInput;
}

/** Converse in one piece. */
export async function converse(
  { client, context }: RuntimeCall,
  request: ConverseRequest,
  signal?: AbortSignal,
): Promise<ConverseResponse> {
  const call = { ...context, action: 'bedrock:InvokeModel', resource: request.modelId };
  const watch = startStopwatch();
  const found = await sendOnce(call, signal, (options) =>
    client.send(new ConverseCommand(toConverseInput(request)), options),
  );
  const content = (found.output?.message?.content ?? []).map(plainObject);
  const usage = usageFromWire(plainJson(found.usage));
  const trace = plainObject(found.trace);
  const { requestId } = found.$metadata;
  const additionalFields = found.additionalModelResponseFields;
  const latencyMs = found.metrics?.latencyMs;
  return {
    content: content.filter((block) => block !== undefined).map(blockFromWire),
    stopReason: found.stopReason ?? '',
    timing: { totalMs: watch.totalMs(), ...(latencyMs === undefined ? {} : { latencyMs }) },
    ...(usage && { usage }),
    ...(trace && { trace }),
    ...(additionalFields === undefined ? {} : { additionalFields: plainJson(additionalFields) }),
    ...(found.serviceTier?.type && { serviceTier: found.serviceTier.type }),
    ...(requestId && { requestId }),
  };
}

/** ConverseStream as plain events; `timing` comes last. */
export async function* converseStream(
  { client, context }: RuntimeCall,
  request: ConverseRequest,
  signal?: AbortSignal,
): AsyncGenerator<StreamEvent> {
  const action = 'bedrock:InvokeModelWithResponseStream';
  const call = { ...context, action, resource: request.modelId };
  const watch = startStopwatch();
  const found = await sendOnce(call, signal, (options) =>
    client.send(new ConverseStreamCommand(toConverseInput(request)), options),
  );
  try {
    let isStopped = false;
    for await (const event of itemsUntilAborted(found.stream, signal)) {
      for (const plain of toStreamEvents(event)) {
        if (tokenEvents.has(plain.type)) watch.markFirst();
        if (plain.type === 'messageStop') isStopped = true;
        yield plain.type === 'messageStart' ? withRequestId(plain, found.$metadata) : plain;
      }
    }
    // A connection that ends between two frames looks like an end; only messageStop is one.
    if (!isStopped) throw Object.assign(new Error('premature close'), { code: 'ECONNRESET' });
  } catch (error) {
    throw midStreamError(error, call, watch);
  }
  yield timingEvent(watch);
}

const tokenEvents = new Set<StreamEvent['type']>(['text', 'reasoning', 'toolInput', 'redacted']);

function withRequestId(event: StreamEvent, { requestId }: { requestId?: string | undefined }) {
  return requestId ? { ...event, requestId } : event;
}

/** One event of the SDK as none, one or (a delta with several members) more plain events. */
export function toStreamEvents(event: ConverseStreamOutput): StreamEvent[] {
  if (event.messageStart) return [{ type: 'messageStart' }];
  if (event.contentBlockDelta) {
    const { contentBlockIndex: index = 0, delta } = event.contentBlockDelta;
    // Text comes far more often than all others together: no detour for it.
    if (delta?.text !== undefined) return [{ type: 'text', index, text: delta.text }];
    return deltaEvents(index, plainObject(delta) ?? {});
  }
  if (event.contentBlockStart) {
    const { contentBlockIndex: index = 0, start } = event.contentBlockStart;
    return startEvents(index, plainObject(start) ?? {});
  }
  if (event.contentBlockStop) {
    return [{ type: 'blockStop', index: event.contentBlockStop.contentBlockIndex ?? 0 }];
  }
  if (event.messageStop) {
    const { stopReason = '', additionalModelResponseFields: fields } = event.messageStop;
    const more = fields === undefined ? {} : { additionalFields: plainJson(fields) };
    return [{ type: 'messageStop', stopReason, ...more }];
  }
  if (event.metadata) return [metadataEvent(event.metadata)];
  return [];
}

type Metadata = NonNullable<ConverseStreamOutput['metadata']>;

function metadataEvent(metadata: Metadata): StreamEvent {
  const usage = usageFromWire(plainJson(metadata.usage));
  const trace = plainObject(metadata.trace);
  const latencyMs = metadata.metrics?.latencyMs;
  return {
    type: 'metadata',
    ...(usage && { usage }),
    ...(trace && { trace }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(metadata.serviceTier?.type && { serviceTier: metadata.serviceTier.type }),
  };
}

function startEvents(index: number, { toolUse, toolResult, image }: JsonObject): StreamEvent[] {
  if (isJsonObject(toolUse)) {
    const isServerTool = toolUse['type'] === 'server_tool_use';
    const { toolUseId, name } = toolUse;
    const start = { toolUseId: textOf(toolUseId), name: textOf(name) };
    const more = isServerTool ? { isServerTool } : {};
    return [{ type: 'blockStart', index, start: { type: 'toolUse', ...start, ...more } }];
  }
  if (isJsonObject(toolResult)) {
    const start = { type: 'toolResult' as const, ...resultStart(toolResult) };
    return [{ type: 'blockStart', index, start }];
  }
  if (isJsonObject(image)) {
    const format = textOf(image['format']) as ImageFormat;
    return [{ type: 'blockStart', index, start: { type: 'image', format } }];
  }
  return [];
}

function deltaEvents(index: number, delta: JsonObject): StreamEvent[] {
  const { toolUse, toolResult, reasoningContent, citation, image } = delta;
  if (isJsonObject(toolUse)) return [{ type: 'toolInput', index, json: textOf(toolUse['input']) }];
  if (isJsonObject(reasoningContent)) return reasoningEvents(index, reasoningContent);
  if (Array.isArray(toolResult)) {
    const parts = (toolResult as readonly JsonValue[]).filter(isJsonObject);
    return [{ type: 'toolResult', index, content: parts.map(resultFromWire) }];
  }
  if (isJsonObject(citation)) {
    const plain: Citation = citationFromWire(citation);
    return [{ type: 'citation', index, citation: plain }];
  }
  if (!isJsonObject(image)) return [];
  const { source, error } = image;
  const bytes = isJsonObject(source) ? source['bytes'] : undefined;
  const message = isJsonObject(error) ? textOf(error['message']) : undefined;
  return [
    {
      type: 'image',
      index,
      ...(typeof bytes === 'string' && { base64: bytes }),
      ...(message !== undefined && { error: message }),
    },
  ];
}

function reasoningEvents(index: number, content: JsonObject): StreamEvent[] {
  const { text, signature, redactedContent } = content;
  return [
    ...(typeof text === 'string' ? [{ type: 'reasoning' as const, index, text }] : []),
    ...(typeof signature === 'string' ? [{ type: 'signature' as const, index, signature }] : []),
    ...(typeof redactedContent === 'string'
      ? [{ type: 'redacted' as const, index, base64: redactedContent }]
      : []),
  ];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
