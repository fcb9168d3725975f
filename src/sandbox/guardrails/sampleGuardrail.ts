import type { Guardrail, GuardrailDefinition } from './guardrail.js';

const definition: GuardrailDefinition = {
  name: 'sandbox-sample',
  description: 'Blocks investment advice and insults, masks e-mail addresses and phone numbers.',
  blockedInputMessaging: 'Sorry, this assistant does not answer that question.',
  blockedOutputsMessaging: 'Sorry, this assistant withholds that answer.',
  topicPolicy: {
    topics: [
      {
        name: 'Investment advice',
        definition: 'Recommendations on which shares, funds or bonds to buy or to sell.',
        examples: ['Which shares should I buy?', 'Is this fund a good investment?'],
      },
    ],
  },
  contentPolicy: {
    filters: [
      { type: 'INSULTS', inputStrength: 'HIGH', outputStrength: 'HIGH' },
      { type: 'VIOLENCE', inputStrength: 'MEDIUM', outputStrength: 'MEDIUM' },
      { type: 'PROMPT_ATTACK', inputStrength: 'HIGH', outputStrength: 'NONE' },
    ],
  },
  wordPolicy: {
    words: [{ text: 'project falcon' }],
    managedWordLists: [{ type: 'PROFANITY' }],
  },
  sensitiveInformationPolicy: {
    piiEntities: [
      { type: 'EMAIL', action: 'ANONYMIZE' },
      { type: 'PHONE', action: 'ANONYMIZE' },
      { type: 'US_SOCIAL_SECURITY_NUMBER', action: 'BLOCK' },
      { type: 'CREDIT_DEBIT_CARD_NUMBER', action: 'BLOCK' },
    ],
    regexes: [{ name: 'TICKET', pattern: 'TCK-\\d{4,}', action: 'ANONYMIZE' }],
  },
};

/** What a new data folder starts with, so that there is a guardrail to choose: a draft and version 1. */
export function sampleGuardrail(owner: string): Guardrail {
  const at = '2026-01-01T00:00:00.000Z';
  const made = { status: 'READY', createdAt: at, updatedAt: at } as const;
  const guardrailId = 'sandboxguard';
  return {
    guardrailId,
    guardrailArn: `arn:aws:bedrock:${owner}:guardrail/${guardrailId}`,
    versions: [
      { version: 'DRAFT', ...made, ...definition },
      { version: '1', ...made, ...definition },
    ],
  };
}
