import { isObject } from '../models/bodies/json.js';
import { detectBody } from '../models/bodies/registry.js';
import { familyOf, isEmbedding } from '../models/families.js';
import type { RecordTarget } from './record.js';
import type { DatasetFormat, InvocationType } from './types.js';

/**
 * What a file holds, from its first lines and its extension. One record-like line among the first is
 * enough: a file with a broken first line is still a Bedrock file.
 */
export function detectFormat(lines: readonly string[], extension: string): DatasetFormat {
  const texts = lines.map((line) => line.trim()).filter((line) => line !== '');
  const [first] = texts;
  if (first === undefined) return 'empty';
  if (first.startsWith('[')) return 'json-array';
  const values = texts.map(parseOrUndefined);
  const objects = values.filter(isObject);
  if (objects.some((row) => 'modelInput' in row || 'recordId' in row)) return 'bedrock';
  if (objects.some((row) => 'custom_id' in row && 'body' in row)) return 'openai-batch';
  if (objects.some(isAnthropicBatch)) return 'anthropic-batch';
  if (/^\.(csv|tsv)$/i.test(extension)) return 'csv';
  if (objects.length > 0) return 'rows';
  // Every line is broken: what they were meant to be still shows.
  if (texts.some((text) => text.includes('"modelInput"'))) return 'bedrock';
  if (texts.some((text) => text.includes('"custom_id"'))) {
    return texts.some((text) => text.includes('"params"')) ? 'anthropic-batch' : 'openai-batch';
  }
  if (looksDelimited(texts)) return 'csv';
  return 'unknown';
}

/** One request of a Message Batch, or the body of the whole call with its list of requests. */
function isAnthropicBatch(row: Readonly<Record<string, unknown>>): boolean {
  if ('custom_id' in row) return isObject(row['params']);
  const { requests } = row;
  const first: unknown = Array.isArray(requests) ? requests[0] : undefined;
  return isObject(first) && 'custom_id' in first && isObject(first['params']);
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON is an answer here, not a failure.
    return undefined;
  }
}

/** The same number of commas, tabs or semicolons on the first lines, and no JSON in sight. */
function looksDelimited(texts: readonly string[]): boolean {
  const [header, row] = texts;
  if (header === undefined || row === undefined || /^[[{]/.test(header)) return false;
  return [',', '\t', ';'].some((mark) => {
    const columns = header.split(mark).length;
    return columns > 1 && row.split(mark).length >= columns;
  });
}

/**
 * What records are checked against: what the caller says, else what the first records say beyond
 * doubt.
 */
export function targetOf(
  lines: readonly string[],
  options: { readonly modelId?: string; readonly invocationType?: InvocationType },
): RecordTarget {
  const inputs = lines
    .map(parseOrUndefined)
    .map((record) => (isObject(record) ? record['modelInput'] : undefined));
  const detected = inputs.map(detectBody).find((body) => body !== undefined);
  const asked = options.modelId === undefined ? undefined : familyOf(options.modelId);
  const family = asked ?? (detected === 'converse' ? undefined : detected);
  const invocationType = options.invocationType ?? inferredType(detected, asked);
  return {
    ...(family !== undefined && invocationType !== 'Converse' && { family }),
    ...(family !== undefined && isEmbedding(family) && { family }),
    ...(invocationType !== undefined && { invocationType }),
  };
}

function inferredType(
  detected: ReturnType<typeof detectBody>,
  asked: ReturnType<typeof familyOf>,
): InvocationType | undefined {
  if (detected === 'converse') return asked === 'nova' ? 'InvokeModel' : 'Converse';
  return detected === undefined ? undefined : 'InvokeModel';
}
