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
