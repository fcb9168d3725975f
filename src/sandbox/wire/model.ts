import services from './model.json' with { type: 'json' };

/** The four services of Bedrock, as AWS's clients are called. */
export type ServiceName = 'bedrock' | 'bedrock-runtime' | 'bedrock-agent' | 'bedrock-agent-runtime';

/** One operation of a service. `input` and `output` are names of structures. */
export interface OperationModel {
  readonly method: string;
  /** As AWS writes it: `/guardrails/{guardrailIdentifier}`; a last slash counts. */
  readonly path: string;
  readonly status: number;
  readonly input: string;
  readonly output: string;
  /** Names of the errors it may answer, which are structures with a status. */
  readonly errors: readonly string[];
}

/** Members by name; of a union and of an event stream one is set at a time. */
export interface StructureShape {
  readonly type: 'structure' | 'union' | 'eventStream';
  /** Names of the members' shapes. */
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Members that stand in the path. */
  readonly labels?: readonly string[];
  /** Members that stand in the query, by the names they have there. */
  readonly query?: Readonly<Record<string, string>>;
  /** Members that stand in headers, by the headers' names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The member that is the whole body. */
  readonly payload?: string;
  /** HTTP status of an error. */
  readonly status?: number;
}

export interface ListShape {
  readonly type: 'list';
  readonly member: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
}

export interface MapShape {
  readonly type: 'map';
  readonly key: string;
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
}

/** `time` is ISO-8601, `epoch` seconds since 1970, `document` any JSON; `min` and `max` are of length or value; a
 * sensitive one is not repeated in a refusal. */
export interface SimpleShape {
  readonly type:
    'string' | 'integer' | 'number' | 'boolean' | 'blob' | 'time' | 'epoch' | 'document';
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

export type Shape = StructureShape | ListShape | MapShape | SimpleShape;

/** A service as its client and AWS's published model describe it. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export type WireModel = Readonly<Record<ServiceName, ServiceModel>>;

/** All that the sandbox knows of AWS's wire; `npm run wire` writes it. */
export const wireModel = services as unknown as WireModel;

/** A shape by name; one that is not there is a fault of the model. */
export function shapeOf({ shapes }: ServiceModel, name: string): Shape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}.`);
  return shape;
}

/** A structure by name: the input or output of an operation, or an error. */
export function structureOf(service: ServiceModel, name: string): StructureShape {
  const shape = shapeOf(service, name);
  if (!('members' in shape)) throw new Error(`The shape ${name} is not a structure.`);
  return shape;
}
