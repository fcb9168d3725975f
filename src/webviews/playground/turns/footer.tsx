import { costOf, tokensPerSecond } from '../../../core/converse/cost.js';
import { readGuardrailTrace } from '../../../core/converse/guardrailTrace.js';
import type { Answer } from '../../../core/converse/types.js';
import { formatCount, formatMilliseconds, formatMoney, formatRate } from '../../../core/format.js';
import { fill } from '../../kit/page.js';
import { strings } from '../page.js';
import { connection, factsOf } from '../store.js';

/** How an answer came about: stop reason, tokens, times, cost. What is not known says so. */
export function Footer({ answer }: { answer: Answer }) {
  const { usage, timing, stopReason } = answer;
  const rate = tokensPerSecond(usage, timing);
  const count = (tokens: number | undefined) =>
    tokens === undefined ? strings.unknown : formatCount(tokens);
  const time = (milliseconds: number | undefined) =>
    milliseconds === undefined ? strings.unknown : formatMilliseconds(milliseconds);
  const cached = (usage?.cacheReadTokens ?? 0) + (usage?.cacheWriteTokens ?? 0);
  const { latencyMs } = timing ?? {};
  const facts: readonly (Fact | false)[] = [
    [
      strings.stopReason,
      answer.status === 'stopped' ? strings.stopped : (stopReason ?? strings.unknown),
    ],
    [strings.tokensIn, count(usage?.inputTokens)],
    [strings.tokensOut, count(usage?.outputTokens)],
    cached > 0 && [strings.cacheRead, count(usage?.cacheReadTokens)],
    cached > 0 && [strings.cacheWritten, count(usage?.cacheWriteTokens)],
    [strings.firstToken, time(timing?.firstTokenMs)],
    [strings.total, time(timing?.totalMs)],
    latencyMs !== undefined && [strings.latencyOfAws, time(latencyMs)],
    rate !== undefined && [strings.speed, fill(strings.perSecond, formatRate(rate))],
  ];
  return (
    <dl class="facts">
      {facts.filter(isFact).map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <CostFact answer={answer} />
    </dl>
  );
}

type Fact = readonly [label: string, value: string];

function isFact(fact: Fact | false): fact is Fact {
  return fact !== false;
}

function CostFact({ answer }: { answer: Answer }) {
  const rates = factsOf(answer.modelId)?.rates;
  const cost = costOf(answer.usage, rates);
  const isSandbox = connection.value?.kind === 'sandbox';
  const parts = [
    cost ? fill(strings.costSource, cost.date, cost.source) : strings.costUnknown,
    ...(isGuarded(answer) ? [strings.guardrailBilled] : []),
  ];
  const source = parts.join(' ');
  return (
    <div title={source}>
      <dt>{isSandbox ? strings.costOnAws : strings.cost}</dt>
      <dd>
        {cost ? formatMoney(cost.amount) : strings.unknown}
        {isGuarded(answer) && ` ${strings.plusGuardrail}`}
        <span class="visually-hidden"> {source}</span>
      </dd>
    </div>
  );
}

/** AWS bills a guardrail by the text it reads, and does not say how much with the answer. */
function isGuarded({ trace, stopReason }: Answer): boolean {
  return readGuardrailTrace(trace) !== undefined || stopReason === 'guardrail_intervened';
}
