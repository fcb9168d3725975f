import {
  type ServiceModel,
  type SimpleShape,
  type StructureShape,
  shapeOf,
} from '../../src/sandbox/wire/model.js';

/** Everything in an answer's JSON that AWS's model does not allow, as sentences with a path. */
export function answerProblems(
  service: ServiceModel,
  shapeName: string,
  value: unknown,
  path = '',
): string[] {
  const shape = shapeOf(service, shapeName);
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'eventStream':
      return inStructure(service, shape, value, path);
    case 'list': {
      if (!Array.isArray(value)) return [`${path}: not a list`];
      const items = value.flatMap((item: unknown, at) =>
        answerProblems(service, shape.member, item, `${path}[${at}]`),
      );
      return [...bounds(shape, value.length, path), ...items];
    }
    case 'map':
      return Object.entries(value as object).flatMap(([key, item]) =>
        answerProblems(service, shape.value, item, `${path}.${key}`),
      );
    case 'string':
      return ofText(shape, value, path);
    case 'time':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) && value.includes('T')
        ? []
        : [`${path}: not an ISO-8601 time: ${String(value)}`];
    case 'integer':
      return Number.isInteger(value)
        ? bounds(shape, Number(value), path)
        : [`${path}: not an integer`];
    case 'number':
    case 'epoch':
      return typeof value === 'number' ? [] : [`${path}: not a number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: not a boolean`];
    case 'blob':
      return typeof value === 'string' ? [] : [`${path}: not base64`];
    case 'document':
      return [];
  }
}

function inStructure(
  service: ServiceModel,
  { type, members, required = [], headers = {} }: StructureShape,
  value: unknown,
  path: string,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${path}: not an object`];
  }
  const missing = required.filter((name) => !(name in headers) && !(name in value));
  const found = Object.entries(value).flatMap(([name, item]) => {
    const member = name in headers ? undefined : members[name];
    if (member === undefined) return [`${path}.${name}: not a member`];
    if (item === null) return [`${path}.${name}: null`];
    return answerProblems(service, member, item, `${path}.${name}`);
  });
  const count = Object.keys(value).length;
  return [
    ...missing.map((name) => `${path}.${name}: required and absent`),
    ...found,
    ...(type === 'union' && count !== 1 ? [`${path}: a union with ${count} members`] : []),
  ];
}

function ofText(shape: SimpleShape, value: unknown, path: string): string[] {
  if (typeof value !== 'string') return [`${path}: not a string`];
  const { pattern, enum: choices } = shape;
  return [
    ...bounds(shape, value.length, path),
    ...(choices?.includes(value) === false ? [`${path}: not in the enum: ${value}`] : []),
    ...(pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 's').test(value)
      ? [`${path}: does not fit ${pattern}: ${value}`]
      : []),
  ];
}

function bounds(
  { min, max }: { min?: number; max?: number },
  size: number,
  path: string,
): string[] {
  return [
    ...(min !== undefined && size < min ? [`${path}: ${size} is below ${min}`] : []),
    ...(max !== undefined && size > max ? [`${path}: ${size} is above ${max}`] : []),
  ];
}
