import { CreateGuardrailCommand, type CreateGuardrailCommandInput } from '@aws-sdk/client-bedrock';
import { makeStand, type Stand } from './support.js';

/** A guardrail that is there, in its draft. */
export interface Made {
  readonly guardrailIdentifier: string;
  readonly guardrailVersion: string;
}

export interface GuardrailStand extends Stand {
  /** Makes a guardrail with these policies and texts of its own. */
  make(policies: Partial<CreateGuardrailCommandInput>): Promise<Made>;
}

export async function makeGuardrailStand(): Promise<GuardrailStand> {
  const stand = await makeStand();
  let count = 0;
  return {
    ...stand,
    make: async (policies) => {
      const { guardrailId } = await stand.bedrock.send(
        new CreateGuardrailCommand({
          name: `test-${++count}`,
          blockedInputMessaging: 'Your question is blocked.',
          blockedOutputsMessaging: 'The answer is blocked.',
          ...policies,
        }),
      );
      return { guardrailIdentifier: guardrailId!, guardrailVersion: 'DRAFT' };
    },
  };
}
