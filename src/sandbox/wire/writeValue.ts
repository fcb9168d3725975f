import { isObject } from '../http/body.js';
import { type ServiceModel, shapeOf } from './model.js';

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
