import type { WireResponse } from '../http/wire.js';
import { isObject } from '../http/body.js';
import {
  type ServiceModel,
  type StructureShape,
  shapeOf,
  structureOf,
  wireModel,
} from './model.js';
import { type StreamOptions, eventStream } from './eventStream.js';
import type { Route } from './route.js';

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

/** JSON of a value. What the model does not know is written as it is: the tests find it. */
export function jsonOf(service: ServiceModel, shapeName: string, value: unknown): string {
  return JSON.stringify(plain(service, shapeName, value));
}

/** A value of the SDK's types as JSON has it: bytes as base64, times as ISO-8601. */
function plain(service: ServiceModel, shapeName: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  const shape = shapeOf(service, shapeName);
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'eventStream':
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, at]) => {
          const member = shape.members[name];
          return [name, member === undefined ? at : plain(service, member, at)];
        }),
      );
    case 'list':
      return Array.isArray(value) ? value.map((at) => plain(service, shape.member, at)) : value;
    case 'map':
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, at]) => [key, plain(service, shape.value, at)]),
      );
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
    case 'epoch':
      return value instanceof Date ? value.getTime() / 1000 : value;
    default:
      // A date writes itself as ISO-8601.
      return value;
  }
}
