import {
  ListFoundationModelsCommand,
  paginateListInferenceProfiles,
  type BedrockClient,
  type FoundationModelSummary,
  type InferenceProfileSummary,
} from '@aws-sdk/client-bedrock';
import { batchSupport } from '../core/models/batchSupport.js';
import type { Lifecycle, Model, ModelProfile } from '../core/models/model.js';
import { awsCall, type CallContext } from './errors.js';

/** The models of one connection. */
export interface Catalogue {
  /** Foundation models joined with the inference profiles that lead to them, in AWS's order. */
  models(signal?: AbortSignal): Promise<Model[]>;
}

/**
 * Reads ListFoundationModels (unpaginated) and ListInferenceProfiles. Profiles that may not be listed
 * leave the models without profiles rather than without a list.
 */
export function createCatalogue(
  client: BedrockClient,
  context: Omit<CallContext, 'action'>,
  onProfilesFailed: (error: unknown) => void,
): Catalogue {
  return {
    async models(signal) {
      const options = signal ? { abortSignal: signal } : {};
      const [summaries, profiles] = await Promise.all([
        awsCall({ ...context, action: 'bedrock:ListFoundationModels' }, () =>
          client.send(new ListFoundationModelsCommand({}), options),
        ),
        listProfiles(client, context).catch((error: unknown) => {
          onProfilesFailed(error);
          return [];
        }),
      ]);
      return (summaries.modelSummaries ?? []).map((summary) => toModel(summary, profiles));
    },
  };
}

function listProfiles(client: BedrockClient, context: Omit<CallContext, 'action'>) {
  return awsCall({ ...context, action: 'bedrock:ListInferenceProfiles' }, async () => {
    const profiles: InferenceProfileSummary[] = [];
    for (const typeEquals of ['SYSTEM_DEFINED', 'APPLICATION'] as const) {
      for await (const page of paginateListInferenceProfiles({ client }, { typeEquals })) {
        profiles.push(...(page.inferenceProfileSummaries ?? []));
      }
    }
    return profiles;
  });
}

/** AWS's summary as a Model. Unknown modalities and types are kept as they come. */
export function toModel(
  summary: FoundationModelSummary,
  profiles: readonly InferenceProfileSummary[],
): Model {
  const id = summary.modelId ?? '';
  return {
    id,
    arn: summary.modelArn ?? '',
    name: summary.modelName ?? id,
    provider: summary.providerName ?? id.split('.')[0] ?? '',
    input: summary.inputModalities ?? [],
    output: summary.outputModalities ?? [],
    streaming: summary.responseStreamingSupported ?? false,
    inferenceTypes: summary.inferenceTypesSupported ?? [],
    profiles: profiles.filter((profile) => leadsTo(profile, id)).map(toModelProfile),
    lifecycle: toLifecycle(summary),
    batch: batchSupport(id),
  };
}

const modelOf = (arn: string | undefined) => arn?.slice(arn.lastIndexOf('/') + 1);

function leadsTo(profile: InferenceProfileSummary, modelId: string): boolean {
  return (profile.models ?? []).some((model) => modelOf(model.modelArn) === modelId);
}

function toModelProfile(profile: InferenceProfileSummary): ModelProfile {
  const regions = (profile.models ?? []).flatMap((model) => model.modelArn?.split(':')[3] ?? []);
  return {
    id: profile.inferenceProfileId ?? '',
    arn: profile.inferenceProfileArn ?? '',
    name: profile.inferenceProfileName ?? '',
    type: profile.type === 'APPLICATION' ? 'application' : 'system',
    regions: [...new Set(regions.filter(Boolean))],
  };
}

function toLifecycle(summary: FoundationModelSummary): Lifecycle {
  const { status, startOfLifeTime, legacyTime, endOfLifeTime } = summary.modelLifecycle ?? {};
  return {
    status: status ?? 'ACTIVE',
    ...(startOfLifeTime ? { startOfLife: startOfLifeTime.toISOString() } : {}),
    ...(legacyTime ? { legacy: legacyTime.toISOString() } : {}),
    ...(endOfLifeTime ? { endOfLife: endOfLifeTime.toISOString() } : {}),
  };
}
