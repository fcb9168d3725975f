import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { isRequest, toBedrockRecord } from '../../core/batch/foreignRecord.js';
import type { InvocationType } from '../../core/batch/types.js';
import { AppError, toAppError } from '../../core/errors.js';
import { compactJson } from '../../core/json/exactMembers.js';
import { isObject } from '../../core/models/bodies/json.js';
import { atomicWriteStream, isThere } from '../../node/files/atomicWrite.js';
import { textPieces } from '../../node/lines/textPieces.js';
import { arrayElements, type ArrayElement } from '../table/jsonArray.js';

/** Requests that are no lines of Bedrock records yet, and where the records go. */
export interface RequestsJob {
  readonly path: string;
  /** True for one JSON array; otherwise each line is a request. */
  readonly isArray: boolean;
  readonly output: string;
  readonly isReplacing: boolean;
  readonly signal?: AbortSignal;
}

/** What became of them. */
export interface ConvertedRequests {
  readonly records: number;
  readonly invocationType?: InvocationType;
  readonly dropped: readonly string[];
}

/**
 * Writes a Bedrock record a line: of a JSON array of records, of an OpenAI batch file, of Anthropic's
 * Message Batches. Constant memory; the output appears whole or not at all.
 * @throws AppError with the line that cannot be converted.
 */
export async function convertRequests(job: RequestsJob): Promise<ConvertedRequests> {
  const { path, output, isReplacing } = job;
  if (resolve(path) === resolve(output) || (!isReplacing && (await isThere(output)))) {
    throw new AppError('conflict', l10n.t('{0} exists already. Choose another name.', output));
  }
  const dropped = new Set<string>();
  let records = 0;
  let invocationType: InvocationType | undefined;
  const pieces = async function* () {
    for await (const some of readElements(job)) {
      let piece = '';
      for (const element of some) {
        for (const converted of convert(element)) {
          records++;
          invocationType ??= converted.invocationType;
          for (const name of converted.dropped) dropped.add(name);
          piece += `${converted.text}\n`;
        }
      }
      yield piece;
    }
  };
  await atomicWriteStream(output, pieces());
  return { records, ...(invocationType && { invocationType }), dropped: [...dropped] };
}

async function* readElements(job: RequestsJob): AsyncGenerator<readonly ArrayElement[]> {
  const file = await open(job.path, 'r');
  const options = job.signal ? { signal: job.signal } : {};
  try {
    if (job.isArray) {
      for await (const some of arrayElements(file, options)) yield some;
      return;
    }
    for await (const { text, line } of textPieces(file, options)) {
      const lines = text.split('\n').map((each, index) => ({ text: each, line: line + index }));
      yield lines.filter((each) => each.text.trim() !== '');
    }
  } finally {
    await file.close();
  }
}

function* convert({ text, line }: ArrayElement) {
  try {
    const value: unknown = JSON.parse(text);
    // The body of Anthropic's whole call has its requests in a list.
    const list: readonly unknown[] =
      isObject(value) && Array.isArray(value['requests']) ? value['requests'] : [value];
    for (const request of list) {
      if (!isRequest(request)) {
        throw new AppError('invalidInput', l10n.t('This is no request. Correct or remove it.'));
      }
      const { record, dropped, invocationType } = toBedrockRecord(request);
      // As it is written, with all digits, where nothing changes.
      const written = record === value ? compactJson(text) : JSON.stringify(record);
      yield { text: written, dropped, invocationType };
    }
  } catch (error) {
    const { message } = toAppError(error);
    throw new AppError('invalidInput', l10n.t('Line {0}: {1}', line, message), { cause: error });
  }
}
