import { EventStreamCodec } from '@smithy/eventstream-codec';
import { delay } from '../../core/async.js';
import { isCancelled } from '../../core/errors.js';
import type { Fault } from '../faults/faultRules.js';
import { type ServiceModel, structureOf } from './model.js';
import { jsonOf } from './writeValue.js';

/** How the events of an answer are sent. */
export interface StreamOptions {
  readonly speed: number;
  /** Fires when the reader goes away. */
  readonly signal: AbortSignal;
  /** What a test asked to go wrong. */
  readonly fault: Fault | undefined;
}

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => new Uint8Array(Buffer.from(text, 'utf8')),
);

/** Milliseconds between two events at speed 1: fast enough to read along. */
const eventPause = 18;

type Events = Iterable<object> | AsyncIterable<object>;

/**
 * The frames of an event stream, paced. An event is an object with one member, named as the model names it; one
 * that is an error of the service becomes an exception, which ends the stream.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export async function* eventStream(
  service: ServiceModel,
  shapeName: string,
  events: Events,
  { speed, signal, fault }: StreamOptions,
): AsyncGenerator<Uint8Array> {
  const pause = eventPause / speed;
  const struck = isOfStreams(fault) ? await eventsUntil(fault, events) : undefined;
  let left = struck?.length;
  for await (const event of struck ?? events) {
    const isStruck = left !== undefined && --left === 0;
    if (isStruck && fault?.kind === 'streamException') {
      yield encode(service, shapeName, exceptionOf(service, shapeName, fault));
      return;
    }
    const frame = encode(service, shapeName, event);
    if (isStruck) {
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

function isOfStreams(fault: Fault | undefined): fault is Fault {
  return fault?.kind === 'streamException' || fault?.kind === 'cutStream';
}

/** The events up to the one a fault strikes at, in whose place it is: the one asked for, or the last. */
async function eventsUntil({ afterEvents = 2 }: Fault, events: Events): Promise<object[]> {
  const found: object[] = [];
  for await (const event of events) {
    found.push(event);
    if (found.length > afterEvents) break;
  }
  return found;
}

function exceptionOf(
  service: ServiceModel,
  shapeName: string,
  { exception, message = 'The stream ended with an error.', status = 500 }: Fault,
): object {
  const { members } = structureOf(service, shapeName);
  const ofModel = 'modelStreamErrorException';
  const name = exception ?? (ofModel in members ? ofModel : 'internalServerException');
  const more = name === ofModel ? { originalStatusCode: status, originalMessage: message } : {};
  return { [name]: { message, ...more } };
}

function encode(service: ServiceModel, shapeName: string, event: object): Uint8Array {
  const [name = '', value] = Object.entries(event)[0] ?? [];
  const member = structureOf(service, shapeName).members[name];
  // A test may ask for an exception that the stream does not have.
  const isError =
    member === undefined
      ? name.endsWith('Exception')
      : structureOf(service, member).status !== undefined;
  const headers = {
    ...(isError ? { ':exception-type': text(name) } : { ':event-type': text(name) }),
    ':content-type': text('application/json'),
    ':message-type': text(isError ? 'exception' : 'event'),
  };
  const json = member === undefined ? JSON.stringify(value) : jsonOf(service, member, value);
  return codec.encode({ headers, body: new Uint8Array(Buffer.from(json)) });
}

function text(value: string) {
  return { type: 'string' as const, value };
}
