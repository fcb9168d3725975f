import * as l10n from '@vscode/l10n';

/** A key of the front matter with what it means, for completion and hover. */
export interface PromptFileKey {
  readonly name: string;
  readonly about: string;
  /** The values to offer. */
  readonly choices?: readonly string[];
}

/** The keys at the top of the front matter. Made on call: translations are set after loading. */
export function promptFileKeys(): PromptFileKey[] {
  return [
    { name: 'title', about: l10n.t('What the prompt is called.') },
    { name: 'model', about: l10n.t('Model id, inference profile id or ARN.') },
    { name: 'system', about: l10n.t('What the model should be; or a "## system" section.') },
    { name: 'parameters', about: l10n.t('maxTokens, temperature, topP, stopSequences.') },
    { name: 'variables', about: l10n.t('A value for each {{name}} of the prompt.') },
    { name: 'tools', about: l10n.t('Tools: name, description, inputSchema, mockResult.') },
    { name: 'toolChoice', about: l10n.t('auto, any, or a tool by name: {tool: name}.') },
    { name: 'structuredOutput', about: l10n.t('A JSON schema the answer must have.') },
    { name: 'additionalFields', about: l10n.t('Fields of the model beyond Converse.') },
    { name: 'guardrail', about: l10n.t('A guardrail: id, version, trace.') },
    {
      name: 'serviceTier',
      about: l10n.t('How the call is served and priced.'),
      choices: ['default', 'priority', 'flex', 'reserved'],
    },
    {
      name: 'latency',
      about: l10n.t('Latency-optimised inference.'),
      choices: ['standard', 'optimized'],
    },
    {
      name: 'effort',
      about: l10n.t('How much the model thinks.'),
      choices: ['low', 'medium', 'high', 'xhigh', 'max'],
    },
    { name: 'caching', about: l10n.t('Where the prompt is cached.') },
    {
      name: 'streaming',
      about: l10n.t('false for an answer in one piece.'),
      choices: ['true', 'false'],
    },
  ];
}

/** The keys below `parameters`. */
export function parameterKeys(): PromptFileKey[] {
  return [
    { name: 'maxTokens', about: l10n.t('How long the answer may be, in tokens.') },
    { name: 'temperature', about: l10n.t('How much chance there is in the answer, 0 to 1.') },
    { name: 'topP', about: l10n.t('Probability mass of the tokens considered, 0 to 1.') },
    { name: 'stopSequences', about: l10n.t('Texts that end the answer.') },
  ];
}
