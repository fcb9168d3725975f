import * as l10n from '@vscode/l10n';
import type { OutputReader, ResultRow, ResultStatus } from './types.js';

/** One line of an output file as far as its members can be trusted. */
export interface OutputLine {
  readonly recordId: string;
  /** `missing`: a record with neither `modelOutput` nor `error`. */
  readonly status: Exclude<ResultStatus, 'extra'>;
  readonly modelInput?: unknown;
  readonly modelOutput?: unknown;
  readonly errorCode?: number;
  readonly errorMessage?: string;
}

/** Shown for a line of an output file that is not a JSON object, for example a half-written one. */
const brokenLineMessage = () => l10n.t('This line of the output file is not a JSON object.');

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
    return { recordId: '', status: 'error', errorMessage: brokenLineMessage() };
  }
  const { recordId, modelInput, modelOutput, error } = value as Record<string, unknown>;
  const base = { recordId: recordIdText(recordId), modelInput };
  if (error !== undefined && error !== null) {
    return { ...base, status: 'error', ...readError(error) };
  }
  if (modelOutput === undefined || modelOutput === null) return { ...base, status: 'missing' };
  return { ...base, status: 'success', modelOutput };
}

/** A record id as text: strings as they are, other values as JSON, nothing as ''. */
export function recordIdText(recordId: unknown): string {
  if (typeof recordId === 'string') return recordId;
  return recordId === undefined || recordId === null ? '' : JSON.stringify(recordId);
}

function readError(error: unknown): { errorCode?: number; errorMessage?: string } {
  if (typeof error !== 'object' || error === null) return { errorMessage: JSON.stringify(error) };
  const { errorCode, errorMessage } = error as Record<string, unknown>;
  return {
    ...(typeof errorCode === 'number' && { errorCode }),
    ...(typeof errorMessage === 'string' && { errorMessage }),
  };
}

/** Joins an output line with its place in the input. */
export function toResultRow(
  output: OutputLine,
  place: { key: number; line?: number; isExtra: boolean },
  read: OutputReader,
): ResultRow {
  const { text, inputTokens, outputTokens, stopReason } =
    output.status === 'success' ? read(output.modelOutput) : {};
  return {
    key: place.key,
    ...(place.line !== undefined && { line: place.line }),
    recordId: output.recordId,
    status: place.isExtra ? 'extra' : output.status,
    ...(text !== undefined && { text }),
    ...(output.errorCode !== undefined && { errorCode: output.errorCode }),
    ...(output.errorMessage !== undefined && { errorMessage: output.errorMessage }),
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(stopReason !== undefined && { stopReason }),
  };
}
