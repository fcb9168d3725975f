import * as l10n from '@vscode/l10n';
import { batchProblems } from './batchLimits.js';
import { checkFindings } from './checkFindings.js';
import { faultText } from './faultWords.js';
import type { Finding } from './finding.js';
import { arrayOf, at } from './json.js';
import type {
  BodyDescription,
  BodyForm,
  BodyProblem,
  BodyProblemCode,
  JsonObject,
} from './types.js';

/** A description with the dataset's question to it. */
export function bodyForm(description: BodyDescription): BodyForm {
  return {
    ...description,
    checkBody(body, subject = {}) {
      const outside = batchProblems(body, description, subject);
      // Said already, in the words of a batch job.
      const isSaid = ({ path }: Finding) => outside.names.has(String(path[0]));
      const inside = checkFindings(body, description, subject).filter((found) => !isSaid(found));
      return [...outside.problems, ...inside.map((found) => toProblem(found, description))];
    },
  };
}

function toProblem(found: Finding, { name }: BodyDescription): BodyProblem {
  const message = faultText(found, { name: name(), body: 'modelInput' });
  return { code: codeOf(found), message, ...(found.rule !== undefined && { rule: found.rule }) };
}

function codeOf({ fault, severity }: Finding): BodyProblemCode {
  if (fault.kind === 'rule') return severity === 'error' ? 'modelRule' : 'modelAdvice';
  return severity === 'error' ? 'wrongBody' : 'doubtfulBody';
}

/**
 * A conversation that an answer starts, which Converse refuses:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-call.html (2026-11)
 */
export function firstAnswer(body: JsonObject): Finding[] {
  const messages = arrayOf(body['messages']);
  const index = messages.findIndex((message) => at(message, 'role') !== 'system');
  if (at(messages[index], 'role') !== 'assistant') return [];
  const message = () =>
    l10n.t('A conversation must start with a user message. Add one before this answer.');
  const refusal =
    'A conversation must start with a user message. Try again with a conversation that starts with a user message.';
  return [
    {
      severity: 'error',
      path: ['messages', index],
      fault: { kind: 'text', message, refusal },
    },
  ];
}

/**
 * A system message at the start of the conversation, which no model takes:
 * https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages (2026-11)
 */
export function firstSystemTurn(body: JsonObject): Finding[] {
  const first = arrayOf(body['messages'])[0];
  const isDirective =
    arrayOf(at(first, 'content')).length === 0 && Array.isArray(at(first, 'content'));
  if (at(first, 'role') !== 'system' || isDirective) return [];
  return [
    {
      severity: 'error',
      path: ['messages', 0, 'role'],
      fault: { kind: 'choice', choices: ['user', 'assistant'], value: 'system' },
      instead: () => l10n.t('Move it to the "system" member.'),
    },
  ];
}
