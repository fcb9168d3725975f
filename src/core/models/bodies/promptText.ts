import * as l10n from '@vscode/l10n';
import { commonProblems, foreignProblems, missingProblems } from './checks.js';
import { arrayOf, at, bodyOutput, preview } from './json.js';
import type { BodyForm, BodyOutput, JsonObject } from './types.js';

const claudeOnly = { anthropic_version: () => l10n.t('Remove it: it belongs to Claude.') };

interface PromptForm {
  readonly name: () => string;
  /** The member that holds the text. */
  readonly member: string;
  /** The member that limits the answer's length; null where the form nests it. */
  readonly limit: string | null;
  readonly readOutput: (output: unknown) => BodyOutput;
}

const limits = [
  'max_tokens',
  'maxTokens',
  'max_gen_len',
  'max_completion_tokens',
  'inferenceConfig',
];

/** Bodies that are one text with parameters beside it. */
function promptForm(form: PromptForm): BodyForm {
  const { name, member, limit } = form;
  const others = ['messages', 'prompt', 'inputText'].filter((other) => other !== member);
  const foreign: Record<string, () => string> = { ...claudeOnly };
  for (const other of others) {
    foreign[other] = () => l10n.t('Write "{0}" with the text, or use Converse.', member);
  }
  for (const other of limits.filter((known) => known !== limit)) {
    foreign[other] = () => (limit === null ? l10n.t('Remove it.') : l10n.t('Write "{0}".', limit));
  }
  return {
    checkBody: (body: JsonObject) => [
      ...commonProblems(body),
      ...missingProblems(body, name(), [member]),
      ...foreignProblems(body, name(), foreign),
    ],
    readOutput: form.readOutput,
    readInput: (modelInput) => preview(at(modelInput, member)),
  };
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html */
export const llama = promptForm({
  name: () => 'Llama',
  member: 'prompt',
  limit: 'max_gen_len',
  readOutput: (output) =>
    bodyOutput(at(output, 'generation'), {
      inputTokens: at(output, 'prompt_token_count'),
      outputTokens: at(output, 'generation_token_count'),
      stopReason: at(output, 'stop_reason'),
    }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-text-completion.html */
export const mistralText = promptForm({
  name: () => l10n.t('this Mistral model'),
  member: 'prompt',
  limit: 'max_tokens',
  readOutput: (output) =>
    bodyOutput(at(output, 'outputs', 0, 'text'), {
      stopReason: at(output, 'outputs', 0, 'stop_reason'),
    }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-deepseek.html */
export const deepseekR1 = promptForm({
  name: () => 'DeepSeek-R1',
  member: 'prompt',
  limit: 'max_tokens',
  readOutput: (output) =>
    bodyOutput(at(output, 'choices', 0, 'text'), {
      stopReason: at(output, 'choices', 0, 'stop_reason'),
    }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command.html */
export const cohereCommand = promptForm({
  name: () => 'Command',
  member: 'prompt',
  limit: 'max_tokens',
  readOutput: (output) =>
    bodyOutput(at(output, 'generations', 0, 'text'), {
      stopReason: at(output, 'generations', 0, 'finish_reason'),
    }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html */
export const cohereCommandR = promptForm({
  name: () => 'Command R',
  member: 'message',
  limit: 'max_tokens',
  readOutput: (output) =>
    bodyOutput(at(output, 'text'), {
      inputTokens: at(output, 'meta', 'billed_units', 'input_tokens'),
      outputTokens: at(output, 'meta', 'billed_units', 'output_tokens'),
      stopReason: at(output, 'finish_reason'),
    }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-jurassic2.html */
export const jurassic2 = promptForm({
  name: () => 'Jurassic-2',
  member: 'prompt',
  limit: 'maxTokens',
  readOutput: (output) =>
    bodyOutput(at(output, 'completions', 0, 'data', 'text'), {
      inputTokens: countOf(at(output, 'prompt', 'tokens')),
      outputTokens: countOf(at(output, 'completions', 0, 'data', 'tokens')),
      stopReason: at(output, 'completions', 0, 'finishReason', 'reason'),
    }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html */
export const titanText = promptForm({
  name: () => 'Titan Text',
  member: 'inputText',
  limit: null,
  readOutput: (output) =>
    bodyOutput(at(output, 'results', 0, 'outputText'), {
      inputTokens: at(output, 'inputTextTokenCount'),
      outputTokens: at(output, 'results', 0, 'tokenCount'),
      stopReason: at(output, 'results', 0, 'completionReason'),
    }),
});

function countOf(value: unknown): number | undefined {
  return Array.isArray(value) ? arrayOf(value).length : undefined;
}
