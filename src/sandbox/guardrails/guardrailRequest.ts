import { validationError } from '../awsError.js';
import { isObject } from '../http/body.js';
import { ConstraintCheck, whole } from '../http/constraints.js';
import { type Json, objectMember } from '../runtime/bodyCheck.js';
import type { GuardrailDefinition } from './guardrail.js';

/** Lists of a guardrail by the policy they are in: what Create takes and what Get shows. */
const lists: Readonly<Record<string, Readonly<Record<string, ListRule>>>> = {
  topicPolicy: {
    topicsConfig: { shown: 'topics', max: 30, required: ['name', 'definition', 'type'] },
  },
  contentPolicy: {
    filtersConfig: {
      shown: 'filters',
      max: 6,
      required: ['type', 'inputStrength', 'outputStrength'],
    },
  },
  wordPolicy: {
    wordsConfig: { shown: 'words', max: 10_000, required: ['text'] },
    managedWordListsConfig: { shown: 'managedWordLists', max: 10, required: ['type'] },
  },
  sensitiveInformationPolicy: {
    piiEntitiesConfig: { shown: 'piiEntities', max: 100, required: ['type', 'action'] },
    regexesConfig: { shown: 'regexes', max: 10, required: ['name', 'pattern', 'action'] },
  },
  contextualGroundingPolicy: {
    filtersConfig: { shown: 'filters', max: 10, required: ['type', 'threshold'] },
  },
};

interface ListRule {
  readonly shown: string;
  readonly max: number;
  readonly required: readonly string[];
}

/** Values of members wherever they are. */
const values: Readonly<Record<string, readonly string[]>> = {
  inputStrength: ['NONE', 'LOW', 'MEDIUM', 'HIGH'],
  outputStrength: ['NONE', 'LOW', 'MEDIUM', 'HIGH'],
  action: ['BLOCK', 'ANONYMIZE', 'NONE'],
  inputAction: ['BLOCK', 'ANONYMIZE', 'NONE'],
  outputAction: ['BLOCK', 'ANONYMIZE', 'NONE'],
};

/**
 * The body of CreateGuardrail and UpdateGuardrail in the form that GetGuardrail shows.
 * Throws AWS's ValidationException for what its service model refuses.
 */
export function readGuardrail(body: Json): GuardrailDefinition {
  const check = new ConstraintCheck();
  check.text('name', body['name'], { min: 1, max: 50, ...whole('[0-9a-zA-Z-_]+') }, true);
  check.text('description', body['description'], { min: 1, max: 200 });
  for (const name of ['blockedInputMessaging', 'blockedOutputsMessaging']) {
    check.text(name, body[name], { min: 1, max: 500 }, true);
  }
  const policies = Object.fromEntries(
    Object.keys(lists).flatMap((name) => {
      const given = body[`${name}Config`];
      return isObject(given) ? [[name, readPolicy(check, name, given)]] : [];
    }),
  );
  check.done();
  if (Object.keys(policies).length === 0) {
    throw validationError('The guardrail must have at least one policy. Add a policy to it.');
  }
  checkPatterns(policies);
  const { name, description, blockedInputMessaging, blockedOutputsMessaging } = body;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    blockedInputMessaging,
    blockedOutputsMessaging,
    ...policies,
  } as unknown as GuardrailDefinition;
}

function readPolicy(check: ConstraintCheck, policy: string, given: Json): Json {
  const read = Object.entries(lists[policy] ?? {}).flatMap(([name, rule]) => {
    const items = given[name];
    if (!Array.isArray(items)) return [];
    const path = `${policy}Config.${name}`;
    if (items.length > rule.max) {
      const what = `Member must have length less than or equal to ${rule.max}`;
      check.add(`'[…]'`, path, what);
    }
    for (const [at, item] of items.filter(isObject).entries()) {
      checkItem(check, `${path}.${at + 1}.member`, item, rule);
    }
    return [[rule.shown, items] as const];
  });
  const tier = objectMember(given, 'tierConfig')['tierName'];
  return {
    ...Object.fromEntries(read),
    ...(tier === undefined ? {} : { tier: { tierName: tier } }),
  };
}

function checkItem(check: ConstraintCheck, path: string, item: Json, { required }: ListRule): void {
  for (const name of required) {
    if (item[name] === undefined || item[name] === null) {
      check.add('null', `${path}.${name}`, 'Member must not be null');
    }
  }
  for (const [name, allowed] of Object.entries(values)) {
    check.text(`${path}.${name}`, item[name], { values: allowed });
  }
  check.text(`${path}.definition`, item['definition'], { min: 1, max: 200 });
  check.text(`${path}.pattern`, item['pattern'], { min: 1, max: 500 });
}

function checkPatterns(policies: Json): void {
  const { regexes } = objectMember(policies, 'sensitiveInformationPolicy');
  for (const { pattern } of Array.isArray(regexes) ? (regexes as Json[]) : []) {
    try {
      new RegExp(String(pattern), 'g');
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw validationError(`The regular expression ${String(pattern)} is not valid.`);
    }
  }
}
