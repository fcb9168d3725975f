import type { WireResponse } from '../http/wire.js';
import type { BedrockCall, BedrockOperation } from './call.js';
import {
  applyGuardrail,
  createGuardrail,
  createGuardrailVersion,
  deleteGuardrail,
  getGuardrail,
  listGuardrails,
  updateGuardrail,
} from './guardrailOperations.js';
import {
  createModelInvocationJob,
  getModelInvocationJob,
  listModelInvocationJobs,
  listTagsForResource,
  stopModelInvocationJob,
  tagResource,
  untagResource,
} from './jobOperations.js';
import {
  createInferenceProfile,
  getFoundationModel,
  getFoundationModelAvailability,
  getInferenceProfile,
  listFoundationModels,
  listInferenceProfiles,
} from './modelOperations.js';
import {
  deleteInferenceProfile,
  getCustomModel,
  getImportedModel,
  getProvisionedModel,
  listCustomModels,
  listImportedModels,
  listProvisionedModels,
} from './ownModelOperations.js';
import {
  converse,
  converseStream,
  countTokensOperation,
  invokeModel,
  invokeModelWithResponseStream,
  unknownOperation,
} from './runtimeOperations.js';

const operations: Readonly<Record<string, BedrockOperation>> = {
  Converse: converse,
  ConverseStream: converseStream,
  InvokeModel: invokeModel,
  InvokeModelWithResponseStream: invokeModelWithResponseStream,
  CountTokens: countTokensOperation,
  CreateModelInvocationJob: createModelInvocationJob,
  GetModelInvocationJob: getModelInvocationJob,
  ListModelInvocationJobs: listModelInvocationJobs,
  StopModelInvocationJob: stopModelInvocationJob,
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListFoundationModels: listFoundationModels,
  GetFoundationModel: getFoundationModel,
  GetFoundationModelAvailability: getFoundationModelAvailability,
  ListInferenceProfiles: listInferenceProfiles,
  GetInferenceProfile: getInferenceProfile,
  CreateInferenceProfile: createInferenceProfile,
  DeleteInferenceProfile: deleteInferenceProfile,
  GetCustomModel: getCustomModel,
  GetImportedModel: getImportedModel,
  GetProvisionedModelThroughput: getProvisionedModel,
  ListCustomModels: listCustomModels,
  ListImportedModels: listImportedModels,
  ListProvisionedModelThroughputs: listProvisionedModels,
  ListGuardrails: listGuardrails,
  CreateGuardrail: createGuardrail,
  GetGuardrail: getGuardrail,
  UpdateGuardrail: updateGuardrail,
  CreateGuardrailVersion: createGuardrailVersion,
  DeleteGuardrail: deleteGuardrail,
  ApplyGuardrail: applyGuardrail,
};

/** Runs an operation of Bedrock or Bedrock Runtime. */
export async function runBedrock(operation: string, call: BedrockCall): Promise<WireResponse> {
  const run = operations[operation];
  if (run === undefined) throw unknownOperation(operation);
  return run(call);
}
