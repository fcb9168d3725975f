import assert from 'node:assert/strict';
import * as bedrock from '@aws-sdk/client-bedrock';
import * as agent from '@aws-sdk/client-bedrock-agent';
import * as agentRuntime from '@aws-sdk/client-bedrock-agent-runtime';
import * as runtime from '@aws-sdk/client-bedrock-runtime';
import { type ServiceName, wireModel } from '../../../src/sandbox/wire/model.js';
import { sampleInput } from '../../support/sampleInput.js';
import { type ClientConfig, type Stand, handlerFor, makeStand, protocols } from './support.js';

interface AnyClient {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<object>;
  destroy(): void;
}

type Configured = new (config: ClientConfig & { requestHandler: object }) => AnyClient;

const clients = {
  bedrock: [bedrock, bedrock.BedrockClient],
  'bedrock-runtime': [runtime, runtime.BedrockRuntimeClient],
  'bedrock-agent': [agent, agent.BedrockAgentClient],
  'bedrock-agent-runtime': [agentRuntime, agentRuntime.BedrockAgentRuntimeClient],
} as unknown as Readonly<
  Record<ServiceName, readonly [Record<string, new (input: unknown) => object>, Configured]>
>;

/** How an operation ended: `served`, or the name of the error and its text. */
interface End {
  readonly name: string;
  readonly message: string;
}

for (const protocol of protocols) {
  describe(`every operation of Bedrock over ${protocol}`, () => {
    let stand: Stand;
    before(async () => (stand = await makeStand()));
    after(() => stand.dispose());

    for (const service of Object.keys(wireModel) as ServiceName[]) {
      it(`${service}: each is served, refused as its model says, or unknown by its name`, async () => {
        const [commands, Client] = clients[service];
        const client = new Client({ ...stand.config, requestHandler: handlerFor(protocol) });
        const ends = new Map<string, End>();
        for (const [name, { input, errors }] of Object.entries(wireModel[service].operations)) {
          const end = await send(
            client,
            new commands[`${name}Command`]!(sampleInput(wireModel[service], input)),
          );
          ends.set(name, end);
          const isRight = ['served', 'UnknownOperationException', ...errors].includes(end.name);
          assert.ok(isRight, `${name}: ${end.name}: ${end.message}`);
          // A server that broke says so with a modelled error as well.
          assert.ok(end.name !== 'InternalServerException', `${name}: ${end.message}`);
          if (end.name === 'UnknownOperationException') {
            assert.equal(end.message, `The sandbox does not have ${name}.`);
          }
        }
        client.destroy();
        const { size } = ends;
        const unknown = [...ends.values()].filter(
          (end) => end.name === 'UnknownOperationException',
        );
        assert.equal(size, Object.keys(wireModel[service].operations).length);
        if (service === 'bedrock-runtime') assert.ok(unknown.length <= 4, String(unknown.length));
      });
    }
  });
}

/** Sends a command; one that hangs is an error of the test. */
async function send(client: AnyClient, command: object): Promise<End> {
  const abort = new AbortController();
  const timer = setTimeout(() => {
    abort.abort();
  }, 10_000);
  try {
    const output = await client.send(command, { abortSignal: abort.signal });
    for (const value of Object.values(output)) {
      if (typeof value === 'object' && value !== null && Symbol.asyncIterator in value) {
        for await (const event of value as AsyncIterable<object>) assert.ok(event);
      }
    }
    return { name: 'served', message: '' };
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  } finally {
    clearTimeout(timer);
  }
}
