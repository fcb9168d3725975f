import { BedrockClient, CreateInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import type { Sandbox } from '../../src/sandbox/server.js';

/** Registers a model of the account with the sandbox, which answers as `base`; gives its ARN. */
export async function addOwnModel(
  { endpoint }: Pick<Sandbox, 'endpoint'>,
  kind: 'custom' | 'imported' | 'provisioned',
  name: string,
  base: string,
): Promise<string> {
  const response = await fetch(`${endpoint}/_sandbox/models`, {
    method: 'POST',
    body: JSON.stringify({ kind, name, base }),
  });
  if (!response.ok) {
    throw new Error(`the sandbox refused the model: ${response.status} ${await response.text()}`);
  }
  return ((await response.json()) as { arn: string }).arn;
}

/** Makes an application inference profile that copies a foundation model; gives its ARN. */
export async function addApplicationProfile(
  { endpoint, region, accessKeyId, secretAccessKey }: Sandbox,
  name: string,
  model: string,
): Promise<string> {
  const credentials = { accessKeyId, secretAccessKey };
  const client = new BedrockClient({ endpoint, region, credentials });
  try {
    const copyFrom = `arn:aws:bedrock:${region}::foundation-model/${model}`;
    const input = { inferenceProfileName: name, modelSource: { copyFrom } };
    const made = await client.send(new CreateInferenceProfileCommand(input));
    return made.inferenceProfileArn ?? '';
  } finally {
    client.destroy();
  }
}
