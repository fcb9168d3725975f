import assert from 'node:assert/strict';
import {
  BedrockClient,
  CreateGuardrailCommand,
  type CreateGuardrailCommandInput,
} from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { ConformanceHandler as Handler } from './conformance.js';
import { ConformanceHandler } from './conformance.js';
import { loadServiceModel } from './serviceModel.js';
import { makeStand, type Stand } from './support.js';

/** A guardrail that is there, in its draft. */
export interface Made {
  readonly guardrailIdentifier: string;
  readonly guardrailVersion: string;
}

/** A sandbox whose answers are checked against AWS's service models where they are at hand. */
export interface GuardrailStand extends Stand {
  /** Makes a guardrail with these policies and texts of its own. */
  make(policies: Partial<CreateGuardrailCommandInput>): Promise<Made>;
  /** Fails where an answer was not as the service model says. */
  assertConforms(): void;
}

export async function makeGuardrailStand(): Promise<GuardrailStand> {
  const stand = await makeStand();
  const handlers: Handler[] = [];
  const checked = (service: 'bedrock' | 'bedrock-runtime') => {
    const model = loadServiceModel(service);
    if (model === undefined) return {};
    const requestHandler = new ConformanceHandler(model);
    handlers.push(requestHandler);
    return { requestHandler };
  };
  const bedrock = new BedrockClient({ ...stand.config, ...checked('bedrock') });
  const runtime = new BedrockRuntimeClient({ ...stand.config, ...checked('bedrock-runtime') });
  let count = 0;
  return {
    ...stand,
    bedrock,
    runtime,
    make: async (policies) => {
      const { guardrailId } = await bedrock.send(
        new CreateGuardrailCommand({
          name: `test-${++count}`,
          blockedInputMessaging: 'Your question is blocked.',
          blockedOutputsMessaging: 'The answer is blocked.',
          ...policies,
        }),
      );
      return { guardrailIdentifier: guardrailId!, guardrailVersion: 'DRAFT' };
    },
    assertConforms: () => {
      assert.deepEqual(
        handlers.flatMap(({ problems }) => problems),
        [],
      );
    },
    dispose: async () => {
      bedrock.destroy();
      runtime.destroy();
      await stand.dispose();
    },
  };
}
