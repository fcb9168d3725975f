import * as l10n from '@vscode/l10n';
import { answerText } from '../answers/modelAnswer.js';
import { readBrokenLine } from './brokenLine.js';
import { readRecordError } from './recordError.js';
import type { OutputSummary, ResultRow, ResultStatus } from './types.js';

/** One line of an output file as far as its members can be trusted. */
export interface OutputLine {
  readonly recordId: string;
  /** `missing`: a record with neither `modelOutput` nor `error`. */
  readonly status: Exclude<ResultStatus, 'extra'>;
  readonly modelInput?: unknown;
  readonly modelOutput?: unknown;
  readonly errorCode?: number;
  readonly errorMessage?: string;
  /** True for a line that is no JSON object: an error of the file, whatever the input has. */
  readonly isBroken?: boolean;
}

/** Shown for a line of an output file that is not a JSON object. */
const brokenLineMessage = () => l10n.t('This line of the output file is not a JSON object.');

/** Shown for the beginning of a line. */
const cutLineMessage = () =>
  l10n.t('This line of the output file is cut off. Download the results again.');

/** A line of an output file; never throws, since a broken line is a result too. */
export function parseOutputLine(text: string): OutputLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The person sees the broken line as an error row with the raw text.
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return brokenLine(text);
  }
  const { recordId, modelInput, modelOutput, error } = value as Record<string, unknown>;
  const base = { recordId: recordIdText(recordId), modelInput };
  if (error !== undefined && error !== null) {
    return { ...base, status: 'error', ...readRecordError(error) };
  }
  if (modelOutput === undefined || modelOutput === null) return { ...base, status: 'missing' };
  return { ...base, status: 'success', modelOutput };
}

/** A record id as text: strings as they are, other values as JSON, nothing as ''. */
export function recordIdText(recordId: unknown): string {
  if (typeof recordId === 'string') return recordId;
  return recordId === undefined || recordId === null ? '' : JSON.stringify(recordId);
}

/** The record of a half-written line is known where its id was written before the cut. */
function brokenLine(text: string): OutputLine {
  const { isCut, recordId } = readBrokenLine(text);
  return {
    recordId: recordId === undefined ? '' : recordIdText(parsedId(recordId)),
    status: 'error',
    errorMessage: isCut ? cutLineMessage() : brokenLineMessage(),
    isBroken: true,
  };
}

function parsedId(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Half a number or word says nothing.
    return undefined;
  }
}

/** Joins an output line and the answer in it with its place in the input. */
export function toResultRow(
  output: OutputLine,
  place: { key: number; line?: number; isExtra: boolean },
  answer: OutputSummary,
): ResultRow {
  const { inputTokens, outputTokens, stopReason, toolCalls } = answer;
  const isOnlyTools = answer.text === undefined && toolCalls !== undefined;
  const text = isOnlyTools ? answerText(answer) : answer.text;
  return {
    key: place.key,
    ...(place.line !== undefined && { line: place.line }),
    recordId: output.recordId,
    status: place.isExtra && output.isBroken !== true ? 'extra' : output.status,
    ...(text !== undefined && { text }),
    ...(isOnlyTools && { toolNames: toolCalls.map(({ name }) => name) }),
    ...(output.errorCode !== undefined && { errorCode: output.errorCode }),
    ...(output.errorMessage !== undefined && { errorMessage: output.errorMessage }),
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(stopReason !== undefined && { stopReason }),
  };
}
