import { awsError } from '../awsError.js';
import { isObject } from '../http/body.js';
import { type ServiceModel, type SimpleShape, shapeOf } from './model.js';

/**
 * JSON of a body as the SDK has it: base64 as bytes, times as dates. Members that are null or unknown are left
 * out, as AWS does. Throws a SerializationException where a type is wrong.
 */
export function readValue(service: ServiceModel, shapeName: string, json: unknown): unknown {
  const shape = shapeOf(service, shapeName);
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'eventStream': {
      if (!isObject(json)) throw wrongType(json, 'a structure');
      const members = Object.entries(shape.members).flatMap(([name, member]) => {
        const value = Object.hasOwn(json, name) ? json[name] : undefined;
        return value === undefined || value === null
          ? []
          : [[name, readValue(service, member, value)] as const];
      });
      return Object.fromEntries(members);
    }
    case 'list':
      if (!Array.isArray(json)) throw wrongType(json, 'a list');
      return json.map((item: unknown) =>
        item === null ? undefined : readValue(service, shape.member, item),
      );
    case 'map': {
      if (!isObject(json)) throw wrongType(json, 'a map');
      const entries = Object.entries(json).filter(([, value]) => value !== null);
      return Object.fromEntries(
        entries.map(([key, value]) => [key, readValue(service, shape.value, value)]),
      );
    }
    case 'string':
    case 'boolean':
      if (typeof json !== shape.type) throw wrongType(json, names[shape.type]);
      return json;
    case 'integer':
      if (!Number.isSafeInteger(json)) throw wrongType(json, names[shape.type]);
      return json;
    case 'number':
      // Numbers that JSON has none for are texts: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
      if (typeof json === 'string' && /^(?:NaN|-?Infinity)$/.test(json)) return Number(json);
      if (typeof json !== 'number') throw wrongType(json, names[shape.type]);
      return json;
    case 'blob':
      if (typeof json !== 'string') throw wrongType(json, names[shape.type]);
      return readBase64(json);
    case 'time':
    case 'epoch':
      if (typeof json !== 'string' && typeof json !== 'number') {
        throw wrongType(json, names[shape.type]);
      }
      return readTime(json);
    case 'document':
      return json;
  }
}

/** A label, header or query parameter as the SDK has it. */
export function readText({ type }: SimpleShape, text: string): unknown {
  switch (type) {
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw wrongType(text, names.boolean);
      return text === 'true';
    case 'integer':
    case 'number': {
      const number = Number(text);
      const isRight = type === 'integer' ? Number.isSafeInteger(number) : !Number.isNaN(number);
      if (text.trim() === '' || !isRight) throw wrongType(text, names[type]);
      return number;
    }
    case 'time':
    case 'epoch':
      return readTime(text);
    default:
      return text;
  }
}

function readBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = text.length - padding;
  // Node leaves out what is no base64; its length tells, where a pattern would overflow on 20 MB.
  if (length % 4 === 1 || bytes.length !== Math.floor((length * 3) / 4)) {
    throw serializationError('The value of a blob is not valid base64.');
  }
  return bytes;
}

function readTime(value: string | number): Date {
  const time = new Date(typeof value === 'number' ? value * 1000 : value);
  if (Number.isNaN(time.getTime())) throw serializationError(`${value} is not an ISO-8601 time.`);
  return time;
}

const names: Readonly<Record<SimpleShape['type'], string>> = {
  string: 'a String',
  integer: 'an Integer',
  number: 'a Double',
  boolean: 'a Boolean',
  blob: 'a Blob',
  time: 'a Timestamp',
  epoch: 'a Timestamp',
  document: 'a Document',
};

/** In the words of AWS's own parser: `STRING_VALUE can not be converted to an Integer`. */
function wrongType(found: unknown, wanted: string) {
  if (Array.isArray(found)) return serializationError('Start of list found where not expected');
  if (isObject(found)) {
    return serializationError('Start of structure or map found where not expected');
  }
  const token = typeof found === 'boolean' ? String(found) : typeof found;
  return serializationError(`${token.toUpperCase()}_VALUE can not be converted to ${wanted}`);
}

function serializationError(message: string) {
  return awsError('SerializationException', message);
}
