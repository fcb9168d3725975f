import { awsError } from './awsError.js';
import type { BedrockCall, BedrockServices } from './bedrockCall.js';
import { emptyLists } from './emptyLists.js';
import type { Fault } from './faults/faultRules.js';
import { guardrailRuntimeHandlers } from './guardrails/applyGuardrail.js';
import { guardrailHandlers } from './guardrails/handlers.js';
import type { WireRequest, WireResponse } from './http/wire.js';
import { jobHandlers } from './jobs/handlers.js';
import { modelHandlers } from './models/handlers.js';
import { runtimeHandlers } from './runtime/handlers.js';
import type { Handlers } from './wire/handler.js';
import type { ServiceName } from './wire/model.js';
import { readInput } from './wire/readInput.js';
import type { Route } from './wire/route.js';
import { writeOutput } from './wire/writeOutput.js';

/** All that the sandbox does of Bedrock: a tool adds its handlers here. */
const handlers: { readonly [S in ServiceName]: Handlers<S> } = {
  bedrock: { ...emptyLists.bedrock, ...modelHandlers, ...jobHandlers, ...guardrailHandlers },
  'bedrock-runtime': {
    ...emptyLists['bedrock-runtime'],
    ...runtimeHandlers,
    ...guardrailRuntimeHandlers,
  },
  'bedrock-agent': {},
  'bedrock-agent-runtime': {},
};

type AnyHandler = (input: unknown, call: BedrockCall) => object | Promise<object>;

/** Runs an operation of the four services of Bedrock; one without a handler is unknown, whatever its input. */
export async function runBedrock(
  route: Route,
  services: BedrockServices,
  request: WireRequest,
  body: Uint8Array,
  fault: Fault | undefined,
): Promise<WireResponse> {
  const ofService = handlers[route.service] as Readonly<Record<string, AnyHandler | undefined>>;
  const handler = ofService[route.name];
  if (handler === undefined) throw unknownOperation(route.name);
  const { input, json } = readInput(route, request, body);
  const headers: Record<string, string> = {};
  const { signal } = request;
  const output = await handler(input, {
    ...services,
    json,
    signal,
    setHeader: (name, value) => (headers[name] = value),
  });
  const options = { speed: services.speed, signal, fault };
  const reply = writeOutput(route, output as Record<string, unknown>, options);
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** An operation of Bedrock the sandbox does not have. */
export function unknownOperation(name: string) {
  return awsError('UnknownOperationException', `The sandbox does not have ${name}.`);
}
