import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Member>>;
  readonly member?: Member;
  readonly value?: Member;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly union?: boolean;
  readonly document?: boolean;
  readonly payload?: string;
  readonly eventstream?: boolean;
  readonly error?: { readonly httpStatusCode?: number };
}

interface Member {
  readonly shape: string;
  readonly location?: string;
  readonly locationName?: string;
}

interface Operation {
  readonly http: {
    readonly method: string;
    readonly requestUri: string;
    readonly responseCode?: number;
  };
  readonly output?: { readonly shape: string };
  readonly errors?: readonly { readonly shape: string }[];
}

/** One of AWS's service models (botocore form). */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The service model of a service from AWS_MODELS_DIR; undefined where the folder is not given. */
export function loadServiceModel(name: string): ServiceModel | undefined {
  const folder = process.env['AWS_MODELS_DIR'];
  if (folder === undefined || folder === '') return undefined;
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) throw new Error(`AWS_MODELS_DIR has no ${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as ServiceModel;
}

/** The operation a method and raw path belong to. */
export function findOperation(
  model: ServiceModel,
  method: string,
  path: string,
): [name: string, operation: Operation] | undefined {
  return Object.entries(model.operations).find(([, { http }]) => {
    const pattern = http.requestUri
      .split('?')[0]!
      .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\{[^}]+\}/g, '[^/]+');
    return http.method === method && new RegExp(`^${pattern}$`).test(path);
  });
}

/** Everything in a value that the service model does not allow, as sentences with a path. */
export function violations(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
  path = '',
): string[] {
  const shape = model.shapes[shapeName];
  if (shape === undefined) return [`${path}: the model has no shape ${shapeName}`];
  if (shape.document === true) return [];
  switch (shape.type) {
    case 'structure':
      return structureViolations(model, shape, value, path);
    case 'list': {
      if (!Array.isArray(value)) return [`${path}: not a list`];
      const items = value.flatMap((item: unknown, at) =>
        violations(model, shape.member!.shape, item, `${path}[${at}]`),
      );
      return [...bounds(shape, value.length, path), ...items];
    }
    case 'map':
      return Object.entries(value as object).flatMap(([key, item]) =>
        violations(model, shape.value!.shape, item, `${path}.${key}`),
      );
    case 'string':
      return stringViolations(shape, value, path);
    case 'timestamp':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) && value.includes('T')
        ? []
        : [`${path}: not an ISO-8601 time: ${String(value)}`];
    case 'integer':
    case 'long':
      return Number.isInteger(value)
        ? bounds(shape, Number(value), path)
        : [`${path}: not an integer`];
    case 'float':
    case 'double':
      return typeof value === 'number' ? [] : [`${path}: not a number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: not a boolean`];
    case 'blob':
      return typeof value === 'string' ? [] : [`${path}: not base64`];
    default:
      return [`${path}: type ${shape.type} is not known here`];
  }
}

function structureViolations(
  model: ServiceModel,
  shape: Shape,
  value: unknown,
  path: string,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${path}: not an object`];
  const body = Object.entries(shape.members ?? {}).filter(
    ([, member]) => member.location === undefined,
  );
  const byName = new Map(body.map(([name, member]) => [member.locationName ?? name, member]));
  const missing = (shape.required ?? []).filter((name) => byName.has(name) && !(name in value));
  const found = Object.entries(value).flatMap(([name, item]) => {
    const member = byName.get(name);
    if (member === undefined) return [`${path}.${name}: not a member`];
    if (item === null) return [`${path}.${name}: null`];
    return violations(model, member.shape, item, `${path}.${name}`);
  });
  const isWrongUnion = shape.union === true && Object.keys(value).length !== 1;
  return [
    ...missing.map((name) => `${path}.${name}: required and absent`),
    ...found,
    ...(isWrongUnion ? [`${path}: a union with ${Object.keys(value).length} members`] : []),
  ];
}

function stringViolations(shape: Shape, value: unknown, path: string): string[] {
  if (typeof value !== 'string') return [`${path}: not a string`];
  const problems = bounds(shape, value.length, path);
  if (shape.enum !== undefined && !shape.enum.includes(value))
    problems.push(`${path}: not in the enum: ${value}`);
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, 's').test(value)) {
    problems.push(`${path}: does not fit ${shape.pattern}: ${value}`);
  }
  return problems;
}

function bounds({ min, max }: Shape, size: number, path: string): string[] {
  return [
    ...(min !== undefined && size < min ? [`${path}: ${size} is below ${min}`] : []),
    ...(max !== undefined && size > max ? [`${path}: ${size} is above ${max}`] : []),
  ];
}
