import { costOf, tokensPerSecond } from '../../core/converse/cost.js';
import type { Answer } from '../../core/converse/types.js';
import { fill, formatCount, formatDuration, formatMoney, formatRate, strings } from './page.js';
import { connection, factsOf } from './store.js';

/** How an answer came about: stop reason, tokens, times, cost. What is not known says so. */
export function Footer({ answer }: { answer: Answer }) {
  const { usage, timing, stopReason } = answer;
  const rate = tokensPerSecond(usage, timing);
  const count = (tokens: number | undefined) =>
    tokens === undefined ? strings.unknown : formatCount(tokens);
  const time = (milliseconds: number | undefined) =>
    milliseconds === undefined ? strings.unknown : formatDuration(milliseconds);
  const cached = (usage?.cacheReadTokens ?? 0) + (usage?.cacheWriteTokens ?? 0);
  const facts: readonly [string, string][] = [
    [
      strings.stopReason,
      answer.status === 'stopped' ? strings.stopped : (stopReason ?? strings.unknown),
    ],
    [strings.tokensIn, count(usage?.inputTokens)],
    [strings.tokensOut, count(usage?.outputTokens)],
    ...(cached > 0
      ? ([
          [strings.cacheRead, count(usage?.cacheReadTokens)],
          [strings.cacheWritten, count(usage?.cacheWriteTokens)],
        ] as [string, string][])
      : []),
    [strings.firstToken, time(timing?.firstTokenMs)],
    [strings.total, time(timing?.totalMs)],
    ...(rate === undefined
      ? []
      : ([[strings.speed, fill(strings.perSecond, formatRate(rate))]] as [string, string][])),
  ];
  return (
    <dl class="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <CostFact answer={answer} />
    </dl>
  );
}

function CostFact({ answer }: { answer: Answer }) {
  const rates = factsOf(answer.modelId)?.rates;
  const cost = costOf(answer.usage, rates);
  const isSandbox = connection.value?.kind === 'sandbox';
  const source = cost && fill(strings.costSource, cost.date, cost.source);
  return (
    <div title={source ?? strings.costUnknown}>
      <dt>{isSandbox ? strings.costOnAws : strings.cost}</dt>
      <dd>
        {cost ? formatMoney(cost.amount) : strings.unknown}
        {source !== undefined && <span class="visually-hidden"> {source}</span>}
      </dd>
    </div>
  );
}
