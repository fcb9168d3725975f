import type { Handlers } from './wire/handler.js';

/** Lists of what the sandbox can never hold, as nothing in it makes one: they are empty, which is the truth. */
export const emptyLists = {
  bedrock: {
    ListAdvancedPromptOptimizationJobs: () => ({ jobSummaries: [] }),
    ListAutomatedReasoningPolicies: () => ({ automatedReasoningPolicySummaries: [] }),
    ListCustomModelDeployments: () => ({ modelDeploymentSummaries: [] }),
    ListEnforcedGuardrailsConfiguration: () => ({ guardrailsConfig: [] }),
    ListMarketplaceModelEndpoints: () => ({ marketplaceModelEndpoints: [] }),
    ListModelCopyJobs: () => ({ modelCopyJobSummaries: [] }),
    ListModelCustomizationJobs: () => ({ modelCustomizationJobSummaries: [] }),
    ListModelImportJobs: () => ({ modelImportJobSummaries: [] }),
    ListPromptRouters: () => ({ promptRouterSummaries: [] }),
  } satisfies Handlers<'bedrock'>,
  'bedrock-runtime': {
    ListAsyncInvokes: () => ({ asyncInvokeSummaries: [] }),
  } satisfies Handlers<'bedrock-runtime'>,
};
