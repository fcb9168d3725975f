import { EventStreamCodec } from '@smithy/eventstream-codec';

/** One event of a stream: its name and its JSON. */
export type StreamEvent = readonly [name: string, payload: unknown];

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => new Uint8Array(Buffer.from(text)),
);

/** The frame of an event. */
export function encodeEvent([name, payload]: StreamEvent): Uint8Array {
  const text = (value: string) => ({ type: 'string' as const, value });
  const headers = {
    ':event-type': text(name),
    ':content-type': text('application/json'),
    ':message-type': text('event'),
  };
  return codec.encode({ headers, body: new Uint8Array(Buffer.from(JSON.stringify(payload))) });
}

/** The event or exception in a frame. */
export function decodeEvent(frame: Uint8Array): StreamEvent {
  const { headers, body } = codec.decode(frame);
  const name = String((headers[':event-type'] ?? headers[':exception-type'])?.value);
  return [name, JSON.parse(Buffer.from(body).toString('utf8'))];
}
