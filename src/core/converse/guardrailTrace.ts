import { isJsonObject } from './jsonText.js';
import type { JsonObject, JsonValue } from './types.js';

export type GuardrailPolicy =
  | 'topic'
  | 'content'
  | 'word'
  | 'wordList'
  | 'personalData'
  | 'pattern'
  | 'grounding'
  | 'reasoning';

/** One thing a guardrail looked for. */
export interface GuardrailFinding {
  readonly side: 'prompt' | 'answer';
  readonly policy: GuardrailPolicy;
  /** The topic, the kind of harm or of personal data, the name of the pattern. */
  readonly rule: string;
  /** The text it was found in; absent where AWS does not show it. */
  readonly match?: string;
  /** AWS's words for how sure it is, or the score and its threshold from 0 to 1. */
  readonly measure?: string;
  /** AWS's word: BLOCKED, ANONYMIZED, NONE; empty where it gives none. */
  readonly action: string;
  readonly isDetected: boolean;
}

/** What a guardrail's trace says. */
export interface GuardrailTrace {
  readonly findings: readonly GuardrailFinding[];
  /** What the model had said before the guardrail changed it. */
  readonly modelOutput: readonly string[];
}

export type GuardrailOutcome = 'blockedPrompt' | 'blockedAnswer' | 'masked' | 'found' | 'passed';

/**
 * Reads `trace.guardrail` of Converse; undefined where there is none. InvokeModel's `amazon-bedrock-trace`
 * has the same, also under the names `guardrails`, `input` and `outputs`.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailTraceAssessment.html
 */
export function readGuardrailTrace(trace: JsonObject | undefined): GuardrailTrace | undefined {
  const guardrail = trace?.['guardrail'] ?? trace?.['guardrails'];
  if (!isJsonObject(guardrail)) return undefined;
  const input = assessments(guardrail['inputAssessment'] ?? guardrail['input']);
  const output = [
    ...assessments(guardrail['outputAssessments']),
    ...listOf(guardrail['outputs']).flatMap(assessments),
  ];
  return {
    findings: [
      ...input.flatMap((assessment) => findingsOf('prompt', assessment)),
      ...output.flatMap((assessment) => findingsOf('answer', assessment)),
    ],
    modelOutput: listOf(guardrail['modelOutput']).filter((text) => typeof text === 'string'),
  };
}

/** What the guardrail did, in one word: the strongest of its actions. */
export function guardrailOutcome({ findings }: GuardrailTrace): GuardrailOutcome {
  const blocked = findings.filter(({ action }) => action === 'BLOCKED');
  if (blocked.some(({ side }) => side === 'prompt')) return 'blockedPrompt';
  if (blocked.length > 0) return 'blockedAnswer';
  if (findings.some(({ action }) => action === 'ANONYMIZED')) return 'masked';
  return findings.some(({ isDetected }) => isDetected) ? 'found' : 'passed';
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** One assessment or a list of them for each guardrail's id. */
function assessments(byId: JsonValue | undefined): JsonObject[] {
  if (!isJsonObject(byId)) return [];
  return Object.values(byId)
    .flatMap((value) => (isJsonObject(value) ? [value] : listOf(value)))
    .filter(isJsonObject);
}

type Rows = readonly [policy: GuardrailPolicy, member: string, list: string];

const lists: readonly Rows[] = [
  ['topic', 'topicPolicy', 'topics'],
  ['content', 'contentPolicy', 'filters'],
  ['word', 'wordPolicy', 'customWords'],
  ['wordList', 'wordPolicy', 'managedWordLists'],
  ['personalData', 'sensitiveInformationPolicy', 'piiEntities'],
  ['pattern', 'sensitiveInformationPolicy', 'regexes'],
  ['grounding', 'contextualGroundingPolicy', 'filters'],
  ['reasoning', 'automatedReasoningPolicy', 'findings'],
];

function findingsOf(side: GuardrailFinding['side'], assessment: JsonObject): GuardrailFinding[] {
  return lists.flatMap(([policy, member, list]) => {
    const found = assessment[member];
    const rows = isJsonObject(found) ? listOf(found[list]).filter(isJsonObject) : [];
    return rows.map((row) => finding(side, policy, row));
  });
}

function finding(
  side: GuardrailFinding['side'],
  policy: GuardrailPolicy,
  row: JsonObject,
): GuardrailFinding {
  const text = (name: string) => {
    const value = row[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const measure =
    policy === 'grounding' ? `${text('score')} / ${text('threshold')}` : text('confidence');
  const action = text('action');
  return {
    side,
    policy,
    // A finding of automated reasoning is named by its only member: valid, invalid, …
    rule: policy === 'reasoning' ? (Object.keys(row)[0] ?? '') : text('name') || text('type'),
    ...(text('match') === '' ? {} : { match: text('match') }),
    ...(measure === '' ? {} : { measure }),
    action,
    // Older answers have no `detected`: then what is listed was found.
    isDetected:
      typeof row['detected'] === 'boolean'
        ? row['detected']
        : policy !== 'grounding' || action === 'BLOCKED',
  };
}
