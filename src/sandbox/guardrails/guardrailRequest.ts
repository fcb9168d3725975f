import { validationError } from '../awsError.js';
import { isObject } from '../http/body.js';
import type { InputOf } from '../wire/handler.js';
import type { GuardrailDefinition } from './guardrail.js';

/** The lists of each policy: their names in Create and Update, and in Get. */
const lists = {
  topicPolicy: { topicsConfig: 'topics' },
  contentPolicy: { filtersConfig: 'filters' },
  wordPolicy: { wordsConfig: 'words', managedWordListsConfig: 'managedWordLists' },
  sensitiveInformationPolicy: { piiEntitiesConfig: 'piiEntities', regexesConfig: 'regexes' },
  contextualGroundingPolicy: { filtersConfig: 'filters' },
} as const;

/**
 * What Create or Update gave, in the form that Get shows. Throws AWS's ValidationException for a guardrail without
 * a policy or with a regular expression that is none.
 */
export function definitionOf(input: InputOf<'bedrock', 'CreateGuardrail'>): GuardrailDefinition {
  const { name, description, blockedInputMessaging, blockedOutputsMessaging } = input;
  const policies = Object.entries(lists).flatMap(([policy, names]) => {
    const given = input[`${policy as keyof typeof lists}Config`];
    return isObject(given) ? [[policy, shownPolicy(given, names)] as const] : [];
  });
  if (policies.length === 0) {
    throw validationError('The guardrail must have at least one policy. Add a policy to it.');
  }
  checkPatterns(input.sensitiveInformationPolicyConfig?.regexesConfig ?? []);
  return {
    name,
    ...(description === undefined ? {} : { description }),
    blockedInputMessaging,
    blockedOutputsMessaging,
    ...Object.fromEntries(policies),
  };
}

function shownPolicy(given: Record<string, unknown>, names: Readonly<Record<string, string>>) {
  const { tierConfig } = given;
  const shown = Object.entries(names).flatMap(([name, get]) =>
    given[name] === undefined ? [] : [[get, given[name]] as const],
  );
  return {
    ...Object.fromEntries(shown),
    ...(tierConfig === undefined ? {} : { tier: tierConfig }),
  };
}

function checkPatterns(regexes: readonly { pattern: string }[]): void {
  for (const { pattern } of regexes) {
    try {
      new RegExp(pattern, 'g');
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw validationError(`The regular expression ${pattern} is not valid.`);
    }
  }
}
