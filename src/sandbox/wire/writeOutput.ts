import type { WireResponse } from '../http/wire.js';
import { type StructureShape, shapeOf, structureOf, wireModel } from './model.js';
import { type StreamOptions, eventStream } from './eventStream.js';
import type { Route } from './route.js';
import { jsonOf } from './writeValue.js';

/** Writes what a handler answered: status, headers, and the body as JSON, bytes or an event stream. */
export function writeOutput(
  route: Route,
  output: Readonly<Record<string, unknown>>,
  options: StreamOptions,
): WireResponse {
  const service = wireModel[route.service];
  const shape = structureOf(service, route.operation.output);
  const { status } = route.operation;
  const headers = { 'content-type': 'application/json', ...headersOf(shape, output) };
  const { payload } = shape;
  if (payload === undefined) {
    const own = new Set(Object.keys(shape.headers ?? {}));
    const body = Object.fromEntries(Object.entries(output).filter(([name]) => !own.has(name)));
    return {
      status,
      headers,
      ...(status === 204 ? {} : { body: jsonOf(service, route.operation.output, body) }),
    };
  }
  const value = output[payload];
  const member = shape.members[payload] ?? '';
  if (value instanceof Uint8Array) return { status, headers, body: value };
  if (shapeOf(service, member).type !== 'eventStream') {
    return { status, headers, body: jsonOf(service, member, value) };
  }
  return {
    status,
    headers: { ...headers, 'content-type': 'application/vnd.amazon.eventstream' },
    body: eventStream(service, member, value as AsyncIterable<object> | Iterable<object>, options),
    ...(options.fault?.kind === 'cutStream' ? { cut: true } : {}),
  };
}

function headersOf({ headers = {} }: StructureShape, output: Readonly<Record<string, unknown>>) {
  const given = Object.entries(headers).filter(([member]) => output[member] !== undefined);
  return Object.fromEntries(given.map(([member, name]) => [name, String(output[member])]));
}
