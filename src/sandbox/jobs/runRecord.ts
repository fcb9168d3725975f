import { linksMedia } from '../../core/models/bodies/batchLimits.js';
import { awsFaultOf, validationError } from '../awsError.js';
import { isObject } from '../http/body.js';
import type { CatalogueModel } from '../models/catalogue.js';
import type { Json } from '../runtime/bodyCheck.js';
import type { Responder } from '../runtime/chat.js';
import { readConverse, writeConverse } from '../runtime/converse.js';
import { type Invocation, invokeNative } from '../runtime/invoke.js';
import { hashText, seededRandom } from '../runtime/random.js';

/** How the records of one job are run. */
export interface RecordRunner {
  readonly model: CatalogueModel;
  readonly isConverse: boolean;
  /** True where the job's input is one file, beside which Bedrock reads no media. */
  readonly isSingleFile: boolean;
  readonly respond: Responder;
  readonly signal: AbortSignal;
  /** An error a test asked for, for the record with this number; undefined runs it. */
  readonly faultFor: (number: number) => RecordError | undefined;
}

export interface RecordError {
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** One line of the output file and what it adds to the counters. */
export interface RecordResult {
  readonly line: string;
  readonly isSuccess: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Runs one input line; `number` is its place in the job and seeds a missing recordId. */
export async function runRecord(
  runner: RecordRunner,
  text: string,
  number: number,
): Promise<RecordResult> {
  const record = JSON.parse(text) as { recordId?: unknown; modelInput: Json };
  const { modelInput } = record;
  const recordId =
    typeof record.recordId === 'string' && record.recordId !== ''
      ? record.recordId
      : madeId(text, number);
  const fault = runner.faultFor(number);
  if (fault !== undefined) return failed(recordId, modelInput, fault);
  try {
    refuseLinkedMedia(runner, modelInput);
    const done = runner.isConverse
      ? await runConverse(runner, modelInput)
      : await invokeNative(runner.model, modelInput, runner.respond, runner.signal);
    return {
      line: JSON.stringify({ modelInput, modelOutput: done.output, recordId }),
      isSuccess: true,
      inputTokens: done.inputTokens,
      outputTokens: done.outputTokens,
    };
  } catch (error) {
    const known = awsFaultOf(error);
    if (known === undefined) throw error;
    return failed(recordId, modelInput, { errorCode: known.status, errorMessage: known.message });
  }
}

async function runConverse(
  { model, respond, signal }: RecordRunner,
  modelInput: Json,
): Promise<Invocation> {
  if (isObject(modelInput['toolConfig'])) {
    throw validationError('Tool use is not supported for batch inference Converse requests.');
  }
  const reply = await respond(readConverse(modelInput, model), signal);
  return {
    output: writeConverse(reply, 300 + reply.outputTokens * 8),
    inputTokens: reply.inputTokens,
    outputTokens: reply.outputTokens,
  };
}

/**
 * https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-data.html (2026-11): media have to lie
 * in the folder that the job's input names.
 */
function refuseLinkedMedia({ isSingleFile }: RecordRunner, modelInput: Json): void {
  if (!isSingleFile || !linksMedia(modelInput)) return;
  throw validationError(
    'The S3 location of the media is not in the input folder of the job. Provide the S3 URI of a folder that holds the JSONL file and all media as s3InputDataConfig.s3Uri.',
  );
}

function failed(recordId: string, modelInput: Json, error: RecordError): RecordResult {
  const line = JSON.stringify({ modelInput, error, recordId });
  return { line, isSuccess: false, inputTokens: 0, outputTokens: 0 };
}

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The id Bedrock gives a record that has none: 11 alphanumeric characters. */
function madeId(text: string, number: number): string {
  const random = seededRandom(hashText(text) ^ number);
  const pick = () => alphanumerics[Math.floor(random() * alphanumerics.length)] ?? 'A';
  return Array.from({ length: 11 }, pick).join('');
}
