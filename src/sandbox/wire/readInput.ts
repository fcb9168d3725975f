import { parseJsonObject } from '../http/body.js';
import type { WireRequest } from '../http/wire.js';
import { checkInput } from './checkValue.js';
import { type ServiceModel, type SimpleShape, shapeOf, structureOf, wireModel } from './model.js';
import { readText, readValue } from './readValue.js';
import type { Route } from './route.js';

/** A request's input as the SDK's types have it, and its JSON as it was sent. */
export interface Input {
  readonly input: unknown;
  /** Empty where the body is a payload of its own. */
  readonly json: Record<string, unknown>;
}

/**
 * Reads labels, query, headers and body of a request and checks them against AWS's model.
 * Throws AWS's SerializationException for a wrong type, its ValidationException for a broken constraint.
 */
export function readInput(
  route: Route,
  { query, headers }: Pick<WireRequest, 'query' | 'headers'>,
  body: Uint8Array,
): Input {
  const service = wireModel[route.service];
  const { input: name } = route.operation;
  const shape = structureOf(service, name);
  const { members, payload } = shape;
  const outside = [
    ...(shape.labels ?? []).map((member) => [member, [route.labels[member] ?? '']] as const),
    ...Object.entries(shape.query ?? {}).map(([member, at]) => [member, query.all(at)] as const),
    ...Object.entries(shape.headers ?? {}).map(
      ([member, at]) => [member, headers[at] === undefined ? [] : [headers[at]]] as const,
    ),
  ];
  const json = payload === undefined ? parseJsonObject(body) : {};
  // A label's name in the body is not the label.
  const ownNames = new Set(outside.map(([member]) => member));
  const inBody = Object.fromEntries(Object.entries(json).filter(([at]) => !ownNames.has(at)));
  const input = {
    ...(payload === undefined ? (readValue(service, name, inBody) as object) : {}),
    ...readPayload(
      service,
      payload === undefined ? undefined : [payload, members[payload] ?? ''],
      body,
    ),
    ...Object.fromEntries(
      outside
        .filter(([, texts]) => texts.length > 0)
        .map(([member, texts]) => [member, readTexts(service, members[member] ?? '', texts)]),
    ),
  };
  checkInput(service, name, input);
  return { input, json };
}

function readPayload(
  service: ServiceModel,
  payload: readonly [member: string, shapeName: string] | undefined,
  body: Uint8Array,
): object {
  if (payload === undefined) return {};
  const [member, shapeName] = payload;
  const { type } = shapeOf(service, shapeName);
  if (type === 'blob') return { [member]: body };
  if (type === 'eventStream' || body.byteLength === 0) return {};
  return { [member]: readValue(service, shapeName, parseJsonObject(body)) };
}

function readTexts(service: ServiceModel, shapeName: string, texts: readonly string[]): unknown {
  const shape = shapeOf(service, shapeName);
  if (shape.type !== 'list') return readText(shape as SimpleShape, texts[0] ?? '');
  const item = shapeOf(service, shape.member) as SimpleShape;
  return texts.map((text) => readText(item, text));
}
