import type { ModelAnswer } from '../answers/modelAnswer.js';

/**
 * What became of a record. `missing`: the input has it and the output has no answer for it.
 * `extra`: the output has it and the input does not.
 */
export type ResultStatus = 'success' | 'error' | 'missing' | 'extra';

/** A record joined with its output or error. What is not known is absent, never 0. */
export interface ResultRow {
  /** Place in the whole result set, stable for its life: the handle of `detail`. */
  readonly key: number;
  /** 1-based line of the input file, where the input is known and has the record. */
  readonly line?: number;
  readonly recordId: string;
  readonly status: ResultStatus;
  /**
   * The model's answer, or its beginning where the caller asked for a preview; of an answer that only
   * calls tools, what it hands them.
   */
  readonly text?: string;
  /** The tools an answer without a text calls. */
  readonly toolNames?: readonly string[];
  readonly errorCode?: number;
  readonly errorMessage?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly stopReason?: string;
}

/** What can be read from a provider's output; nothing is there that the output does not say. */
export type OutputSummary = Partial<ModelAnswer>;

/** Reads `modelOutput`, which its `modelInput` may explain; must not throw on foreign shapes. */
export type OutputReader = (modelOutput: unknown, modelInput?: unknown) => OutputSummary;

/** Input order, errors before the rest, or the order of the output files. */
export type ResultOrder = 'input' | 'errorsFirst' | 'file';

/** Which rows: all of them, or those that need attention (errors and missing). */
export type ResultFilter = 'all' | 'errors';

export interface ResultCounts {
  readonly success: number;
  readonly errors: number;
  /** Absent while it cannot be known: no input file, or indexing not finished. */
  readonly missing?: number;
  readonly extra?: number;
  readonly total: number;
  /** `errorCode` → rows, for facets; errors without a code are under `unknown`. */
  readonly byErrorCode: Readonly<Record<string, number>>;
}
