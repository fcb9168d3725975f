import {
  type BedrockClient,
  type GuardrailSummary as WireSummary,
  paginateListGuardrails,
} from '@aws-sdk/client-bedrock';
import type { GuardrailsApi, GuardrailSummary } from '../core/guardrails/guardrail.js';
import { awsCall } from './errors/awsError.js';
import type { CallContext } from './errors/rule.js';

/** Lists guardrails and their versions, page by page. */
export function createGuardrailsApi(
  client: BedrockClient,
  context: Omit<CallContext, 'action'>,
): GuardrailsApi {
  const list = (id: string | undefined, signal: AbortSignal | undefined) => {
    const resource = id === undefined ? {} : { resource: id };
    return awsCall({ ...context, action: 'bedrock:ListGuardrails', ...resource }, async () => {
      const input = id === undefined ? {} : { guardrailIdentifier: id };
      const options = signal ? { abortSignal: signal } : {};
      const found: GuardrailSummary[] = [];
      for await (const page of paginateListGuardrails({ client }, input, options)) {
        found.push(...(page.guardrails ?? []).map(toSummary));
      }
      return found;
    });
  };
  return {
    list: (signal) => list(undefined, signal),
    versions: async (id, signal) => {
      const number = ({ version }: GuardrailSummary) =>
        version === 'DRAFT' ? Number.POSITIVE_INFINITY : Number(version);
      return (await list(id, signal)).sort((a, b) => number(b) - number(a));
    },
  };
}

function toSummary(wire: WireSummary): GuardrailSummary {
  const { id = '', arn = '', name = id, status = '', version = 'DRAFT' } = wire;
  const { description, updatedAt } = wire;
  return {
    id,
    arn,
    name,
    ...(description ? { description } : {}),
    status,
    version,
    ...(updatedAt ? { updated: updatedAt.toISOString() } : {}),
  };
}
