import { EventStreamCodec } from '@smithy/eventstream-codec';
import { delay } from '../../core/async.js';
import { isCancelled } from '../../core/errors.js';
import type { Fault } from '../faults/faultRules.js';
import type { WireResponse } from '../http/wire.js';

/** One event of a stream: its name and its JSON, or a function that gives it as its time comes. */
export type StreamEvent = readonly [name: string, payload: unknown];

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => new Uint8Array(Buffer.from(text, 'utf8')),
);

function encode(headers: Readonly<Record<string, string>>, payload: unknown): Uint8Array {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name, { type: 'string', value }] as const,
  );
  const body = new Uint8Array(Buffer.from(JSON.stringify(payload)));
  return codec.encode({ headers: Object.fromEntries(entries), body });
}

export function encodeEvent([name, payload]: StreamEvent): Uint8Array {
  const type = { ':event-type': name, ':content-type': 'application/json' };
  const json: unknown = typeof payload === 'function' ? (payload as () => unknown)() : payload;
  return encode({ ...type, ':message-type': 'event' }, json);
}

function encodeException(fault: Fault): Uint8Array {
  const name = fault.exception ?? 'modelStreamErrorException';
  const message = fault.message ?? 'The model ended the stream with an error.';
  const headers = {
    ':exception-type': name,
    ':content-type': 'application/json',
    ':message-type': 'exception',
  };
  const extra = name.startsWith('modelStreamError')
    ? { originalStatusCode: fault.status ?? 500, originalMessage: message }
    : {};
  return encode(headers, { message, ...extra });
}

/** Milliseconds between two events at speed 1: fast enough to read along. */
const eventPause = 18;

export interface StreamOptions {
  readonly speed: number;
  readonly signal: AbortSignal;
  readonly fault: Fault | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An event-stream answer, paced, with the fault a test asked for. */
export function eventStreamReply(
  events: readonly StreamEvent[],
  { speed, signal, fault, headers = {} }: StreamOptions,
): WireResponse {
  const isCut = fault?.kind === 'cutStream';
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream', ...headers },
    body: frames(events, { speed, signal, fault }),
    ...(isCut ? { cut: true } : {}),
  };
}

async function* frames(
  events: readonly StreamEvent[],
  { speed, signal, fault }: StreamOptions,
): AsyncGenerator<Uint8Array> {
  const faultAt = Math.min(fault?.afterEvents ?? 2, events.length - 1);
  const pause = eventPause / speed;
  for (const [index, event] of events.entries()) {
    if (fault?.kind === 'streamException' && index === faultAt) {
      yield encodeException(fault);
      return;
    }
    const frame = encodeEvent(event);
    if (fault?.kind === 'cutStream' && index === faultAt) {
      yield frame.subarray(0, Math.ceil(frame.byteLength / 2));
      return;
    }
    yield frame;
    if (pause < 1) continue;
    try {
      await delay(pause, signal);
    } catch (error) {
      // The reader has gone: nobody is left to write to.
      if (isCancelled(error)) return;
      throw error;
    }
  }
}
