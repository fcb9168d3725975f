import type { Citation, Usage } from '../converse/types.js';
import { numberOf, stringOf } from '../models/bodies/json.js';

/** What a model wants a tool to do. */
export interface ToolCall {
  readonly name: string;
  /** JSON as the model gave it. */
  readonly input: string;
  /** Where the input is in the answer's body. */
  readonly path: readonly (string | number)[];
}

/**
 * A model's answer, whichever provider's body or Converse response it came in. What the model did not
 * say is absent, never 0; an answer without a text has an empty one.
 */
export interface ModelAnswer extends Omit<Usage, 'totalTokens'> {
  /** What a person reads; of embeddings, how many numbers there are. */
  readonly text: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCall[];
  readonly citations?: readonly Citation[];
  readonly stopReason?: string;
}

/** Members of an answer as they were found, of any type. */
interface Parts extends Counts {
  readonly reasoning?: unknown;
  readonly toolCalls?: readonly ToolCall[];
  readonly citations?: readonly Citation[];
  readonly stopReason?: unknown;
}

const counts = [
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWriteOneHourTokens',
] as const;
type Count = (typeof counts)[number];
type Counts = Readonly<Partial<Record<Count, unknown>>>;

/** An answer that leaves out what is not a number or a text. */
export function modelAnswer(text: unknown, parts: Parts = {}): ModelAnswer {
  const { toolCalls = [], citations = [] } = parts;
  const reasoning = stringOf(parts.reasoning) ?? '';
  const stopReason = stringOf(parts.stopReason);
  return {
    text: stringOf(text) ?? '',
    ...(reasoning !== '' && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(citations.length > 0 && { citations }),
    ...countsOf(parts),
    ...(stopReason !== undefined && { stopReason }),
  };
}

function countsOf(parts: Counts): Partial<Record<Count, number>> {
  const known = counts.map((count) => [count, numberOf(parts[count])] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

/** A call with its input; none where the model did not say which tool. */
export function toolCall(name: unknown, input: unknown, path: ToolCall['path']): ToolCall[] {
  if (typeof name !== 'string' || name === '') return [];
  return [{ name, input: typeof input === 'string' ? input : JSON.stringify(input ?? {}), path }];
}

/** True where there is something for a person to see. */
export function hasAnswer({ text, reasoning, toolCalls, citations }: ModelAnswer): boolean {
  return text !== '' || [reasoning, toolCalls, citations].some((part) => part !== undefined);
}

/** The token counts among what was found; undefined where there are none. */
export function usageOf(found: Counts = {}): Usage | undefined {
  const usage = countsOf(found);
  return Object.keys(usage).length > 0 ? usage : undefined;
}

/** Counts from two places; where both have one, the later place is right. */
export function addUsage(first: Usage | undefined, later: Usage | undefined): Usage | undefined {
  return first && later ? { ...first, ...later } : (later ?? first);
}

/** What an answer has beside its text. */
export interface AnswerParts {
  readonly reasoning?: string;
  readonly toolCalls?: readonly Pick<ToolCall, 'name' | 'input'>[];
  readonly citations?: readonly Citation[];
}

/** An answer's parts beside its text, where it has them. */
export function answerParts({ reasoning, toolCalls, citations }: AnswerParts): AnswerParts {
  return {
    ...(reasoning !== undefined && { reasoning }),
    ...(toolCalls && { toolCalls: toolCalls.map(({ name, input }) => ({ name, input })) }),
    ...(citations && { citations }),
  };
}

/** What a person takes out of an answer: its text, and what it wants tools to do. */
export function answerText({
  text = '',
  toolCalls = [],
}: Partial<Pick<ModelAnswer, 'text' | 'toolCalls'>>): string {
  const inputs = toolCalls.map(({ input }) => input);
  return [text, ...inputs].filter((part) => part !== '').join('\n');
}
