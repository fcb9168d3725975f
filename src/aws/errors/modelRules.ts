import * as l10n from '@vscode/l10n';
import { type Rule } from './rule.js';

/** Models and guardrails. First match wins. */
export const modelRules: readonly Rule[] = [
  {
    // https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html: asked once of an account.
    message: /use.case (?:details|form)|fill out the Anthropic use case/i,
    kind: 'modelUnavailable',
    action: 'openModelAccess',
    say: (_context, original) =>
      l10n.t(
        "The model's provider wants to know the use case first. Open model access, send in the form, and try again some minutes later. AWS says: {0}",
        original,
      ),
  },
  {
    // https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html
    message: /marked by (?:the )?(?:model )?provider as legacy/i,
    kind: 'modelUnavailable',
    say: (_context, original) =>
      l10n.t(
        'The model is a legacy one and no longer open to accounts that have not used it lately. Choose a newer model. AWS says: {0}',
        original,
      ),
  },
  {
    // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
    name: /^ModelNotReadyException$/,
    message: /model is (?:not ready|still (?:loading|being))/i,
    kind: 'modelUnavailable',
    action: 'retry',
    say: (_context, original) =>
      original === ''
        ? l10n.t('The model is not ready yet: it is being loaded. Wait a minute and try again.')
        : l10n.t(
            'The model is not ready yet: it is being loaded. Wait a minute and try again. AWS says: {0}',
            original,
          ),
  },
  {
    message:
      /don't have access to the model|access to the model with the specified model ID|Model access is denied|aws-marketplace:/i,
    kind: 'modelUnavailable',
    action: 'openModelAccess',
    say: ({ region }, original) =>
      region
        ? l10n.t('This account has no access to the model in {0}: {1}', region, original)
        : l10n.t('This account has no access to the model: {0}', original),
  },
  {
    message: /on-demand throughput isn.t supported/i,
    kind: 'modelUnavailable',
    say: () =>
      l10n.t(
        'This model runs through an inference profile only. Choose the profile (an id that starts with us., eu., apac. or global.) instead of the bare model id.',
      ),
  },
  {
    message: /provided model identifier is invalid|model .*end of its life/i,
    kind: 'modelUnavailable',
    say: ({ region }) =>
      region
        ? l10n.t(
            'The model id is not known in {0}, or the model is past its end of life. Choose a model from the list.',
            region,
          )
        : l10n.t(
            'The model id is not known, or the model is past its end of life. Choose a model from the list.',
          ),
  },
  {
    message: /guardrail.*(?:invalid|not exist|not found|version|does not match)/i,
    kind: 'invalidInput',
    say: (_context, original) =>
      l10n.t(
        'The guardrail was refused: {0}. Check its id, its version and that it is in this Region.',
        original.replace(/\.$/, ''),
      ),
  },
  {
    name: /^ModelStreamErrorException$/,
    kind: 'internal',
    action: 'retry',
    say: (_context, original) =>
      l10n.t('The model broke off its answer: {0} What had arrived is kept. Try again.', original),
  },
  {
    name: /^(ModelErrorException|424)$/,
    kind: 'internal',
    action: 'retry',
    say: (_context, original) =>
      l10n.t('The model failed on this request: {0} Try again, or change the request.', original),
  },
];
