import './guardrailTrace.css';
import {
  type GuardrailFinding,
  guardrailOutcome,
  type GuardrailTrace,
  readGuardrailTrace,
} from '../../../core/converse/guardrailTrace.js';
import type { Answer } from '../../../core/converse/types.js';
import { Icon } from '../../ui/icon.js';
import { strings } from '../page.js';

/** What a guardrail did to an answer, and what it found, policy by policy. */
export function GuardrailReport({ answer }: { answer: Answer }) {
  const trace = readGuardrailTrace(answer.trace);
  const outcome = trace && guardrailOutcome(trace);
  const intervened = answer.stopReason === 'guardrail_intervened';
  const isActing = intervened || outcome === 'masked';
  return (
    <>
      {isActing && (
        <p class="guardrail-outcome">
          <Icon name="shield" />
          <span>{outcomeWords(outcome)}</span>
        </p>
      )}
      {answer.trace && (
        <details class="reasoning" open={isActing}>
          <summary>{trace ? strings.trace : strings.otherTrace}</summary>
          {trace && <Findings trace={trace} />}
          {trace && trace.modelOutput.length > 0 && (
            <>
              <h3 class="trace-title">{strings.modelSaid}</h3>
              <p class="plain">{trace.modelOutput.join('\n')}</p>
            </>
          )}
          <details class="trace-json">
            <summary>{strings.traceJson}</summary>
            <pre tabIndex={0}>{JSON.stringify(answer.trace, undefined, 2)}</pre>
          </details>
        </details>
      )}
    </>
  );
}

function outcomeWords(outcome: ReturnType<typeof guardrailOutcome> | undefined): string {
  switch (outcome) {
    case 'blockedPrompt':
      return strings.guardBlockedPrompt;
    case 'blockedAnswer':
      return strings.guardBlockedAnswer;
    case 'masked':
      return strings.guardMasked;
    default:
      return strings.guardIntervened;
  }
}

function Findings({ trace }: { trace: GuardrailTrace }) {
  const { findings } = trace;
  if (findings.length === 0) return <p class="trace-none">{strings.guardFoundNothing}</p>;
  return (
    <div class="trace-scroll" tabIndex={0} role="region" aria-label={strings.trace}>
      <table class="trace-table">
        <thead>
          <tr>
            <th scope="col">{strings.traceIn}</th>
            <th scope="col">{strings.tracePolicy}</th>
            <th scope="col">{strings.traceFound}</th>
            <th scope="col">{strings.traceAction}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding, index) => (
            <Finding key={index} finding={finding} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Finding({ finding }: { finding: GuardrailFinding }) {
  const { side, policy, rule, match, measure, action, isDetected } = finding;
  const policies: Record<GuardrailFinding['policy'], string> = {
    topic: strings.policyTopic,
    content: strings.policyContent,
    word: strings.policyWord,
    wordList: strings.policyWordList,
    personalData: strings.policyPersonalData,
    pattern: strings.policyPattern,
    grounding: strings.policyGrounding,
    reasoning: strings.policyReasoning,
  };
  const found = [rule, match === undefined ? '' : `“${match}”`].filter((text) => text !== '');
  return (
    <tr class={isDetected ? undefined : 'undetected'}>
      <td>{side === 'prompt' ? strings.tracePrompt : strings.traceAnswer}</td>
      <td>{policies[policy]}</td>
      <td>
        {found.join(' ')}
        {measure !== undefined && <span class="trace-measure"> {measure}</span>}
      </td>
      <td>{actionWord(action, isDetected)}</td>
    </tr>
  );
}

function actionWord(action: string, isDetected: boolean): string {
  if (!isDetected) return strings.actionNotFound;
  if (action === 'BLOCKED') return strings.actionBlocked;
  if (action === 'ANONYMIZED') return strings.actionMasked;
  return action === 'NONE' || action === '' ? strings.actionReported : action;
}
