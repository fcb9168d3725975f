import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isThere } from '../../node/files/atomicWrite.js';
import { hashText, seededRandom, shuffle } from '../runtime/random.js';
import type { InputFile } from './inputFiles.js';
import { type JobRecord, countersOf, zeroCounters } from './jobRecord.js';
import { OutputFile } from './outputWriter.js';
import { type RecordRunner, runRecord } from './runRecord.js';

/** What the loop over the records needs from the engine. */
export interface ProcessOptions {
  readonly job: JobRecord;
  readonly files: readonly InputFile[];
  readonly runner: RecordRunner;
  readonly workFolder: string;
  /** Called after every record; awaits to keep the pace and throws to end the job. */
  readonly afterRecord: () => Promise<void>;
  /** Called where everything written so far is on disk. */
  readonly checkpoint: () => Promise<void>;
  readonly finishFile: (file: string, outputName: string) => Promise<void>;
}

/**
 * Runs the records block by block, blocks and the lines in them in a shuffled but repeatable order,
 * so that the output is out of order as Bedrock's is while memory holds one block only.
 */
export async function processRecords(options: ProcessOptions): Promise<void> {
  const { job, files, workFolder } = options;
  const from = await resumePoint(options);
  for (const [index, file] of files.entries()) {
    if (index < from.file) continue;
    const isResumed = index === from.file;
    const bytes = isResumed ? from.bytes : 0;
    const output = await OutputFile.open(workFolder, `${index}.out`, bytes);
    try {
      await processFile(options, { file, index, output, done: isResumed ? from.blocks : 0 });
    } finally {
      await output.close();
      // Also where the job ends early: what is done so far belongs to the person.
      await options.finishFile(output.file, file.outputName);
    }
    job.checkpoint = { file: index + 1, blocks: 0, bytes: 0, counters: countersOf(job) };
  }
}

/** Where to go on after a restart; the counters go back to what they were there. */
async function resumePoint({ job, files, workFolder }: ProcessOptions) {
  const total = job.totalRecordCount;
  const kept = job.checkpoint;
  const start = { file: 0, blocks: 0, bytes: 0 };
  if (kept === undefined) {
    Object.assign(job, zeroCounters, { totalRecordCount: total });
    return start;
  }
  const hasOutput = kept.bytes === 0 || (await isThere(join(workFolder, `${kept.file}.out`)));
  const isWhole = kept.blocks >= (files[kept.file]?.blocks.length ?? 0);
  // Missing work: either the finished file was published just before the crash, or it is gone.
  if (!hasOutput && !isWhole) {
    Object.assign(job, zeroCounters, { totalRecordCount: total });
    return start;
  }
  Object.assign(job, kept.counters, { totalRecordCount: total });
  return hasOutput ? kept : { file: kept.file + 1, blocks: 0, bytes: 0 };
}

interface FileRun {
  readonly file: InputFile;
  readonly index: number;
  readonly output: OutputFile;
  readonly done: number;
}

async function processFile(options: ProcessOptions, run: FileRun): Promise<void> {
  const { file, index, output, done } = run;
  const { job } = options;
  const order = shuffle([...file.blocks.keys()], seededRandom(hashText(file.key)));
  const source = await open(file.file, 'r');
  try {
    for (const [at, number] of order.entries()) {
      if (at < done) continue;
      const block = file.blocks[number];
      if (block === undefined) continue;
      const { buffer } = await source.read(
        Buffer.alloc(block.end - block.start),
        0,
        block.end - block.start,
        block.start,
      );
      // A number for every record of the job: files are at most 1 GB.
      const first = index * 1_000_000_007 + block.start;
      await processBlock(options, buffer.toString('utf8'), first, output);
      await output.flush();
      job.checkpoint = {
        file: index,
        blocks: at + 1,
        bytes: output.bytes,
        counters: countersOf(job),
      };
      await options.checkpoint();
    }
  } finally {
    await source.close();
  }
}

async function processBlock(
  { job, runner, afterRecord }: ProcessOptions,
  text: string,
  first: number,
  output: OutputFile,
): Promise<void> {
  const lines = text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [{ line, at }]));
  let sinceYield = 0;
  for (const { line, at } of shuffle(lines, seededRandom(first + 1))) {
    const result = await runRecord(runner, line, first + at);
    await output.add(result.line);
    job.processedRecordCount++;
    if (result.isSuccess) job.successRecordCount++;
    else job.errorRecordCount++;
    job.inputTokenCount += result.inputTokens;
    job.outputTokenCount += result.outputTokens;
    if (++sinceYield % 64 === 0) await setImmediate();
    await afterRecord();
  }
}
