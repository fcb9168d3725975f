import { type Json, stringList } from '../runtime/bodyCheck.js';
import { distinct, entitiesIn } from './entities.js';
import type {
  GuardSource,
  Guardrail,
  GuardrailVersion,
  GroundingRule,
  PolicyAction,
  RuleSwitches,
} from './guardrail.js';
import {
  findWord,
  harmConfidence,
  isStrongEnough,
  meaningWords,
  profanityIn,
  shareFound,
} from './lexicon.js';
import { metricsOf } from './metrics.js';
import { isOnTopic } from './topics.js';

/** A guardrail in the version that was asked for. */
export interface AppliedGuardrail {
  readonly guardrail: Guardrail;
  readonly version: GuardrailVersion;
}

/** A text to look at; with qualifiers it may be mere context for the grounding check. */
export interface GuardedText {
  readonly text: string;
  readonly qualifiers?: readonly string[] | undefined;
}

/** What was found: AWS's assessment, whether the text is blocked, and what is masked in it. */
export interface Assessment {
  readonly shown: Json;
  readonly isBlocked: boolean;
  readonly masks: readonly Mask[];
}

interface Mask {
  readonly match: string;
  readonly label: string;
}

/** One line of an assessment. */
interface Finding {
  readonly shown: Json;
  readonly action: PolicyAction;
  readonly isDetected: boolean;
  readonly mask?: Mask;
}

/** One check: the texts joined, the side they are on, and the policies. */
interface Check {
  readonly text: string;
  readonly source: GuardSource;
  readonly version: GuardrailVersion;
}

const actionNames = { BLOCK: 'BLOCKED', ANONYMIZE: 'ANONYMIZED', NONE: 'NONE' } as const;

/** Looks at texts with every policy; `isFull` lists what was not found as well. */
export function assess(
  applied: AppliedGuardrail,
  source: GuardSource,
  texts: readonly GuardedText[],
  isFull: boolean,
): Assessment {
  const guarded = texts.filter(isGuarded).map(({ text }) => text);
  const check: Check = { text: guarded.join('\n'), source, version: applied.version };
  const groups = {
    topics: topicFindings(check),
    filters: contentFindings(check),
    customWords: wordFindings(check),
    managedWordLists: profanityFindings(check),
    piiEntities: entityFindings(check),
    regexes: regexFindings(check),
    grounding: source === 'OUTPUT' ? groundingFindings(check, texts) : [],
  };
  const found = Object.values(groups)
    .flat()
    .filter(({ isDetected }) => isDetected);
  const list = (findings: readonly Finding[]) =>
    findings.filter(({ isDetected }) => isFull || isDetected).map(shownFinding);
  return {
    shown: {
      ...policy('topicPolicy', { topics: list(groups.topics) }),
      ...policy('contentPolicy', { filters: list(groups.filters) }),
      ...policy('wordPolicy', {
        customWords: list(groups.customWords),
        managedWordLists: list(groups.managedWordLists),
      }),
      ...policy('sensitiveInformationPolicy', {
        piiEntities: list(groups.piiEntities),
        regexes: list(groups.regexes),
      }),
      // AWS shows the scores of this one whatever they are.
      ...policy('contextualGroundingPolicy', { filters: groups.grounding.map(shownFinding) }),
      invocationMetrics: metricsOf(applied.version, guarded, texts),
      appliedGuardrailDetails: details(applied),
    },
    isBlocked: found.some(({ action }) => action === 'BLOCK'),
    masks: found.flatMap(({ action, mask }) => (action === 'ANONYMIZE' && mask ? [mask] : [])),
  };
}

/** A text with placeholders such as `{EMAIL}` in the place of what was found. */
export function maskText(text: string, masks: readonly Mask[]): string {
  // The longest first: one finding may be a part of another.
  const ordered = [...masks].sort((a, b) => b.match.length - a.match.length);
  return ordered.reduce((now, { match, label }) => now.replaceAll(match, `{${label}}`), text);
}

/** Why a guardrail did what it did, in AWS's words. */
export function reasonOf({ isBlocked, masks }: Pick<Assessment, 'isBlocked' | 'masks'>): string {
  if (isBlocked) return 'Guardrail blocked.';
  return masks.length > 0 ? 'Guardrail masked.' : 'No action.';
}

/** A text with its qualifiers, as guard content and ApplyGuardrail have it; none where it is no text. */
export function readGuardedText({ text, qualifiers }: Json): GuardedText[] {
  return typeof text === 'string' ? [{ text, qualifiers: stringList(qualifiers) }] : [];
}

function isGuarded({ qualifiers = [] }: GuardedText): boolean {
  return qualifiers.length === 0 || qualifiers.includes('guard_content');
}

function policy(name: string, members: Readonly<Record<string, readonly Json[]>>): Json {
  return Object.values(members).some((list) => list.length > 0) ? { [name]: members } : {};
}

function details({ guardrail, version }: AppliedGuardrail): Json {
  return {
    guardrailId: guardrail.guardrailId,
    guardrailVersion: version.version,
    guardrailArn: guardrail.guardrailArn,
    guardrailOrigin: ['REQUEST'],
    guardrailOwnership: 'SELF',
  };
}

function shownFinding({ shown, action, isDetected }: Finding): Json {
  return { ...shown, action: isDetected ? actionNames[action] : 'NONE', detected: isDetected };
}

/** What a rule does on this side; undefined where it is switched off there. */
function actionOn(source: GuardSource, rule: RuleSwitches): PolicyAction | undefined {
  const isInput = source === 'INPUT';
  if ((isInput ? rule.inputEnabled : rule.outputEnabled) === false) return undefined;
  return (isInput ? rule.inputAction : rule.outputAction) ?? rule.action ?? 'BLOCK';
}

/** The findings of the rules that are on here. */
function eachRule<R extends RuleSwitches>(
  { source }: Check,
  rules: readonly R[] | undefined,
  look: (rule: R) => readonly Omit<Finding, 'action'>[],
): Finding[] {
  return (rules ?? []).flatMap((rule) => {
    const action = actionOn(source, rule);
    return action === undefined ? [] : look(rule).map((found) => ({ ...found, action }));
  });
}

function topicFindings(check: Check): Finding[] {
  return eachRule(check, check.version.topicPolicy?.topics, (rule) => [
    { shown: { name: rule.name, type: 'DENY' }, isDetected: isOnTopic(rule, check.text) },
  ]);
}

function contentFindings(check: Check): Finding[] {
  return eachRule(check, check.version.contentPolicy?.filters, (rule) => {
    const strength = check.source === 'INPUT' ? rule.inputStrength : rule.outputStrength;
    if (strength === 'NONE') return [];
    const confidence = harmConfidence(rule.type, check.text);
    const shown = { type: rule.type, confidence, filterStrength: strength };
    return [{ shown, isDetected: isStrongEnough(confidence, strength) }];
  });
}

function wordFindings(check: Check): Finding[] {
  return eachRule(check, check.version.wordPolicy?.words, (rule) => {
    const match = findWord(check.text, rule.text);
    return [{ shown: { match: match ?? rule.text }, isDetected: match !== undefined }];
  });
}

function profanityFindings(check: Check): Finding[] {
  return eachRule(check, check.version.wordPolicy?.managedWordLists, ({ type }) =>
    profanityIn(check.text).map((match) => ({ shown: { match, type }, isDetected: true })),
  );
}

function entityFindings(check: Check): Finding[] {
  const { piiEntities } = check.version.sensitiveInformationPolicy ?? {};
  return eachRule(check, piiEntities, ({ type }) =>
    matches(entitiesIn(type, check.text), type, { type }),
  );
}

function regexFindings(check: Check): Finding[] {
  const { regexes } = check.version.sensitiveInformationPolicy ?? {};
  return eachRule(check, regexes, ({ name, pattern }) =>
    matches(distinct(check.text, new RegExp(pattern, 'g')), name, { name, regex: pattern }),
  );
}

function matches(texts: readonly string[], label: string, shown: Json): Omit<Finding, 'action'>[] {
  if (texts.length === 0) return [{ shown: { ...shown, match: '' }, isDetected: false }];
  return texts.map((match) => ({
    shown: { ...shown, match },
    isDetected: true,
    mask: { match, label },
  }));
}

/** Scores by shared words; without a source and a query there is nothing to compare with. */
function groundingFindings({ text, version }: Check, texts: readonly GuardedText[]): Finding[] {
  const joined = (qualifier: string) =>
    texts
      .filter(({ qualifiers }) => qualifiers?.includes(qualifier) === true)
      .map((at) => at.text)
      .join('\n');
  const source = joined('grounding_source');
  const query = joined('query');
  if (source === '' || query === '') return [];
  const answer = meaningWords(text);
  const scoreOf = ({ type }: GroundingRule) =>
    type === 'GROUNDING'
      ? shareFound(answer, meaningWords(source))
      : shareFound(meaningWords(query), answer);
  return (version.contextualGroundingPolicy?.filters ?? [])
    .filter(({ enabled }) => enabled !== false)
    .map((rule) => {
      const score = Math.round(scoreOf(rule) * 100) / 100;
      const { type, threshold, action = 'BLOCK' } = rule;
      return { shown: { type, threshold, score }, action, isDetected: score < threshold };
    });
}
