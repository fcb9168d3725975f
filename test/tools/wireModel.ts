/**
 * `npm run wire`: writes `src/sandbox/wire/model.json` from the schemas of the pinned clients and, in the folder
 * AWS_MODELS_DIR names, AWS's own service models (botocore's `service-2.json` of each service as `SERVICE.json`).
 * Routes, members and what is required are the clients'; patterns, ranges, choices and each operation's errors
 * are in AWS's models only.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as bedrock from '@aws-sdk/client-bedrock';
import * as agent from '@aws-sdk/client-bedrock-agent';
import * as agentRuntime from '@aws-sdk/client-bedrock-agent-runtime';
import * as runtime from '@aws-sdk/client-bedrock-runtime';
import { NormalizedSchema } from '@smithy/core/schema';
import type {
  OperationModel,
  ServiceModel,
  ServiceName,
  Shape,
  StructureShape,
  WireModel,
} from '../../src/sandbox/wire/model.js';

export const modelPath = 'src/sandbox/wire/model.json';

const clients: Readonly<Record<ServiceName, object>> = {
  bedrock,
  'bedrock-runtime': runtime,
  'bedrock-agent': agent,
  'bedrock-agent-runtime': agentRuntime,
};

/** What a client says of a service. A member's type is a text: `string`, `list<Tag>`, the name of a structure. */
export interface ClientModel {
  readonly operations: Readonly<Record<string, Omit<OperationModel, 'errors'>>>;
  readonly structures: Readonly<Record<string, StructureShape>>;
}

/** The traits the sandbox reads, and those that say nothing about the wire. */
const knownTraits = new Set([
  ...['http', 'httpLabel', 'httpQuery', 'httpHeader', 'httpPayload', 'httpError', 'streaming'],
  ...['error', 'sensitive', 'idempotencyToken', 'mediaType'],
]);

/** Reads the schemas of the pinned clients. */
export function readClients(): Record<ServiceName, ClientModel> {
  return mapValues(clients, readClient);
}

function readClient(client: object): ClientModel {
  const structures: Record<string, StructureShape> = {};
  const operations = Object.values(client)
    .filter((value): value is OperationTuple => Array.isArray(value) && value[0] === 9)
    .map((tuple) => {
      const [, , name, , input, output] = tuple;
      const [method, path, status] = traitsOf(NormalizedSchema.of(tuple as never)).http ?? [];
      if (method === undefined || path === undefined || status === undefined) {
        throw new Error(`${name} has no HTTP binding`);
      }
      if (path.includes('+}') || path.includes('?')) throw new Error(`${name}: ${path} is new`);
      const types = {
        input: typeText(of(input), structures),
        output: typeText(of(output), structures),
      };
      return [name, { method, path, status, ...types }] as const;
    });
  for (const value of Object.values(client)) {
    if (Array.isArray(value) && value[0] === -3) typeText(of(value), structures);
  }
  return { operations: sorted(Object.fromEntries(operations)), structures: sorted(structures) };
}

/** https://github.com/smithy-lang/smithy-typescript: the public type StaticOperationSchema, a tuple. */
type OperationTuple = readonly [9, string, string, unknown, unknown, unknown];

interface Traits {
  readonly http?: readonly [method: string, path: string, status: number];
  readonly httpLabel?: 1;
  readonly httpQuery?: string;
  readonly httpHeader?: string;
  readonly httpPayload?: 1;
  readonly httpError?: number;
}

function of(schema: unknown): NormalizedSchema {
  return NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);
}

function traitsOf(schema: NormalizedSchema): Traits {
  const traits = schema.getMergedTraits();
  const unknown = Object.keys(traits).filter((name) => !knownTraits.has(name));
  if (unknown.length > 0)
    throw new Error(`${schema.getName()} has new traits: ${unknown.join(', ')}`);
  return traits;
}

/** The type of a member; a structure is noted on the way. */
function typeText(schema: NormalizedSchema, structures: Record<string, StructureShape>): string {
  traitsOf(schema);
  if (schema.isStructSchema()) {
    const name = schema.getName() ?? '';
    if (!(name in structures)) {
      // Noted before its members are, which may hold it again.
      structures[name] = { type: 'structure', members: {} };
      structures[name] = readStructure(schema, structures);
    }
    return name;
  }
  if (schema.isListSchema()) return `list<${typeText(schema.getValueSchema(), structures)}>`;
  if (schema.isMapSchema()) return `map<${typeText(schema.getValueSchema(), structures)}>`;
  if (schema.isDocumentSchema()) return 'document';
  if (schema.isBlobSchema()) return 'blob';
  // 5 is a time that the member says is ISO-8601; 4 leaves it to the protocol, which takes seconds.
  if (schema.isTimestampSchema()) return schema.getSchema() === 5 ? 'time' : 'epoch';
  if (schema.isStringSchema()) return 'string';
  if (schema.isNumericSchema()) return 'number';
  if (schema.isBooleanSchema()) return 'boolean';
  throw new Error(
    `the schema of ${schema.getName()} is new: ${JSON.stringify(schema.getSchema())}`,
  );
}

function readStructure(
  schema: NormalizedSchema,
  structures: Record<string, StructureShape>,
): StructureShape {
  const members = [...schema.structIterator()];
  const traits = members.map(([name, member]) => [name, traitsOf(member)] as const);
  const named = (of: (at: Traits) => string | undefined) => {
    const found = traits.flatMap(([name, at]) => {
      const value = of(at);
      return value === undefined ? [] : [[name, value] as const];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  };
  const labels = traits.filter(([, at]) => at.httpLabel).map(([name]) => name);
  const isUnion = schema.isUnionSchema();
  const tuple = schema.getSchema() as readonly unknown[];
  // The required members come first in the tuple: https://github.com/smithy-lang/smithy-typescript StaticStructureSchema.
  const required = isUnion
    ? []
    : (tuple[4] as string[]).slice(0, (tuple[6] as number | undefined) ?? 0);
  return present({
    type: isUnion ? (schema.isStreaming() ? 'eventStream' : 'union') : 'structure',
    members: Object.fromEntries(
      members.map(([name, member]) => [name, typeText(member, structures)]),
    ),
    required: required.length === 0 ? undefined : required,
    labels: labels.length === 0 ? undefined : labels,
    query: named(({ httpQuery }) => httpQuery),
    headers: named(({ httpHeader }) => httpHeader?.toLowerCase()),
    payload: traits.find(([, at]) => at.httpPayload)?.[0],
    status: traitsOf(schema).httpError,
  }) as StructureShape;
}

/** One of AWS's service models, in botocore's form. */
interface AwsModel {
  readonly operations: Readonly<Record<string, { errors?: readonly { shape: string }[] }>>;
  readonly shapes: Readonly<Record<string, AwsShape>>;
}

interface AwsShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
}

/** What AWS's model has and the client has not, or the other way round: told when the file is written. */
export const notes: string[] = [];

function complete(service: string, client: ClientModel, aws: AwsModel): ServiceModel {
  const shapes: Record<string, Shape> = {};
  const add = (type: string, awsName: string | undefined): string => {
    if (type in client.structures) return type;
    const found = awsName === undefined ? undefined : aws.shapes[awsName];
    const name = found === undefined ? type : (awsName as string);
    const item = /^(list|map)<(.*)>$/.exec(type);
    const { min, max, sensitive } = found ?? {};
    const pattern = found?.pattern && meant(found.pattern);
    if (item?.[1] === 'list') {
      shapes[name] = present({
        type: 'list',
        member: add(item[2]!, found?.member?.shape),
        min,
        max,
        sensitive,
      }) as Shape;
    } else if (item?.[1] === 'map') {
      const [key, value] = [add('string', found?.key?.shape), add(item[2]!, found?.value?.shape)];
      shapes[name] = present({ type: 'map', key, value, min, max, sensitive }) as Shape;
    } else {
      const isWhole = found?.type === 'integer' || found?.type === 'long';
      const simple = type === 'number' && isWhole ? 'integer' : type;
      shapes[name] = present({
        type: simple,
        min,
        max,
        pattern,
        enum: found?.enum,
        sensitive,
      }) as Shape;
    }
    return name;
  };
  for (const [name, structure] of Object.entries(client.structures)) {
    const known = aws.shapes[name]?.members ?? {};
    const members = Object.entries(structure.members).map(([member, type]) => {
      if (known[member] === undefined)
        notes.push(`${service}: AWS's model has no ${name}.${member}`);
      return [member, add(type, known[member]?.shape)] as const;
    });
    shapes[name] = { ...structure, members: Object.fromEntries(members) };
  }
  for (const name of Object.keys(aws.operations)) {
    if (!(name in client.operations)) notes.push(`${service}: the client has no ${name} yet`);
  }
  const operations = Object.entries(client.operations).map(([name, operation]) => {
    const errors = (aws.operations[name]?.errors ?? []).map(({ shape }) => shape);
    return [name, { ...operation, errors: errors.filter((at) => at in shapes) }] as const;
  });
  return { operations: Object.fromEntries(operations), shapes: sorted(shapes) };
}

/** AWS's pattern of an ARN that can be tagged has `/d` where `\\d` is meant: no ARN at all would fit it. */
function meant(pattern: string): string {
  return pattern.replaceAll(/\/d(?=[{+])/g, String.raw`\d`);
}

/** The model from the clients and AWS's models in a folder. */
export function makeModel(folder: string): WireModel {
  return mapValues(readClients(), (client, service) => {
    const text = readFileSync(join(folder, `${service}.json`), 'utf8');
    return complete(service, client, JSON.parse(text) as AwsModel);
  });
}

/** What the model has from the clients, without what AWS's models added. */
export function clientPart(model: WireModel): Record<ServiceName, ClientModel> {
  return mapValues(model, ({ operations, shapes }) => {
    const text = (name: string): string => {
      const shape = shapes[name]!;
      if ('members' in shape) return name;
      if (shape.type === 'list') return `list<${text(shape.member)}>`;
      if (shape.type === 'map') return `map<${text(shape.value)}>`;
      return shape.type === 'integer' ? 'number' : shape.type;
    };
    const structures = Object.entries(shapes).flatMap(([name, shape]) =>
      'members' in shape
        ? [[name, { ...shape, members: mapValues(shape.members, text) }] as const]
        : [],
    );
    return {
      operations: mapValues(operations, ({ errors: _, ...operation }) => operation),
      structures: Object.fromEntries(structures),
    };
  });
}

/** The file's text: a line an operation and a line a shape. */
export function textOf(model: WireModel): string {
  const lines = (entries: object) =>
    Object.entries(entries)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(',\n');
  const services = Object.entries(model).map(
    ([name, { operations, shapes }]) =>
      `"${name}":{"operations":{\n${lines(operations)}\n},"shapes":{\n${lines(shapes)}\n}}`,
  );
  return `{${services.join(',\n')}}\n`;
}

function mapValues<K extends string, A, B>(
  record: Readonly<Record<K, A>>,
  change: (value: A, key: K) => B,
): Record<K, B> {
  const entries = Object.entries(record) as [K, A][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<
    K,
    B
  >;
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without the members that are undefined. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, at]) => at !== undefined)) as T;
}

if (process.argv[1]?.endsWith('wireModel.ts')) {
  const folder = process.env['AWS_MODELS_DIR'];
  if (!folder) throw new Error('AWS_MODELS_DIR must name a folder with AWS’s service models.');
  writeFileSync(modelPath, textOf(makeModel(folder)));
  for (const note of notes) console.log(note);
}
