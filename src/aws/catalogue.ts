import {
  GetFoundationModelAvailabilityCommand,
  ListFoundationModelsCommand,
  paginateListCustomModels,
  paginateListImportedModels,
  paginateListInferenceProfiles,
  paginateListProvisionedModelThroughputs,
  type BedrockClient,
  type InferenceProfileSummary,
} from '@aws-sdk/client-bedrock';
import { isCancelled, toAppError, type AppError } from '../core/errors.js';
import type { BatchOverrides } from '../core/models/batchSupport.js';
import type { ModelAvailability, OwnModel } from '../core/models/model.js';
import type { CatalogueBranch, ModelCatalogue } from '../core/models/modelCatalogue.js';
import {
  customModel,
  importedModel,
  profileModel,
  provisionedModel,
  toModel,
} from './catalogueMapping.js';
import { awsCall } from './errors/awsError.js';
import type { CallContext } from './errors/rule.js';

/** The models of one connection. */
export interface Catalogue {
  /**
   * Everything that can be listed: foundation models joined with the inference profiles that lead to them,
   * in AWS's order, and the account's own. A call that fails is an error of its branch. Rejects if aborted.
   */
  load(signal?: AbortSignal): Promise<ModelCatalogue>;
  /** Whether this account may use a model here: one call, so asked for one model at a time. */
  availability(modelId: string, signal?: AbortSignal): Promise<ModelAvailability>;
}

export interface CatalogueOptions {
  readonly context: Omit<CallContext, 'action'>;
  /** What the person's settings say about batch. */
  readonly batchOverrides?: (() => BatchOverrides) | undefined;
}

/** Reads ListFoundationModels (unpaginated), ListInferenceProfiles and the account's own models. */
export function createCatalogue(client: BedrockClient, options: CatalogueOptions): Catalogue {
  const lists = createLists(client, options.context);
  const join = (
    summaries: Awaited<ReturnType<Lists['models']>>,
    profiles: readonly InferenceProfileSummary[],
  ) => {
    const overrides = options.batchOverrides?.() ?? {};
    return summaries.map((summary) => toModel(summary, profiles, overrides));
  };
  return {
    async load(signal) {
      const errors: Partial<Record<CatalogueBranch, AppError>> = {};
      const branch = async <T>(name: CatalogueBranch, list: Promise<T[]>): Promise<T[]> => {
        try {
          return await list;
        } catch (error) {
          if (isCancelled(error)) throw error;
          errors[name] = toAppError(error);
          return [];
        }
      };
      const [summaries, profiles, ...own] = await Promise.all([
        branch('models', lists.models(signal)),
        branch('profiles', lists.profiles(signal)),
        branch('custom', lists.custom(signal)),
        branch('imported', lists.imported(signal)),
        branch('provisioned', lists.provisioned(signal)),
      ]);
      const application = profiles.filter(({ type }) => type === 'APPLICATION');
      return {
        models: join(summaries, profiles),
        own: [...application.map(profileModel), ...own.flat()],
        errors,
      };
    },
    availability: (modelId, signal) => getAvailability(client, options.context, modelId, signal),
  };
}

type Lists = ReturnType<typeof createLists>;

/** The five lists, each in AWS's order and with errors in people's words. */
function createLists(client: BedrockClient, context: Omit<CallContext, 'action'>) {
  const abort = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
  const call = <T>(operation: string, work: () => Promise<T>) =>
    awsCall({ ...context, action: `bedrock:${operation}` }, work);
  return {
    models: (signal?: AbortSignal) =>
      call('ListFoundationModels', async () => {
        const found = await client.send(new ListFoundationModelsCommand({}), abort(signal));
        return found.modelSummaries ?? [];
      }),
    profiles: (signal?: AbortSignal) =>
      call('ListInferenceProfiles', async () => {
        const types = ['SYSTEM_DEFINED', 'APPLICATION'] as const;
        const lists = await Promise.all(
          types.map((typeEquals) =>
            collect(
              paginateListInferenceProfiles({ client }, { typeEquals }, abort(signal)),
              (page) => page.inferenceProfileSummaries,
            ),
          ),
        );
        return lists.flat();
      }),
    custom: (signal?: AbortSignal): Promise<OwnModel[]> =>
      call('ListCustomModels', async () => {
        const pages = paginateListCustomModels({ client }, {}, abort(signal));
        return (await collect(pages, (page) => page.modelSummaries)).map(customModel);
      }),
    imported: (signal?: AbortSignal): Promise<OwnModel[]> =>
      call('ListImportedModels', async () => {
        const pages = paginateListImportedModels({ client }, {}, abort(signal));
        return (await collect(pages, (page) => page.modelSummaries)).map(importedModel);
      }),
    provisioned: (signal?: AbortSignal): Promise<OwnModel[]> =>
      call('ListProvisionedModelThroughputs', async () => {
        const pages = paginateListProvisionedModelThroughputs({ client }, {}, abort(signal));
        return (await collect(pages, (page) => page.provisionedModelSummaries)).map(
          provisionedModel,
        );
      }),
  };
}

async function collect<P, T>(
  pages: AsyncIterable<P>,
  items: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(items(page) ?? []));
  return all;
}

function getAvailability(
  client: BedrockClient,
  context: Omit<CallContext, 'action'>,
  modelId: string,
  signal: AbortSignal | undefined,
): Promise<ModelAvailability> {
  const action = 'bedrock:GetFoundationModelAvailability';
  return awsCall({ ...context, action, resource: modelId }, async () => {
    const found = await client.send(
      new GetFoundationModelAvailabilityCommand({ modelId }),
      signal ? { abortSignal: signal } : {},
    );
    const agreementError = found.agreementAvailability?.errorMessage;
    return {
      agreement: found.agreementAvailability?.status ?? '',
      ...(agreementError ? { agreementError } : {}),
      authorization: found.authorizationStatus ?? '',
      entitlement: found.entitlementAvailability ?? '',
      region: found.regionAvailability ?? '',
    };
  });
}
