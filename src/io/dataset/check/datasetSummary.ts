import { planMarks, type ShardMark } from '../../../core/batch/plan.js';
import { duplicateRecordId, problem, tooFewRecords } from '../../../core/batch/problems.js';
import type { RecordTarget } from '../../../core/batch/record.js';
import {
  batchLimits,
  type DatasetCheck,
  type DatasetFormat,
  type Fingerprint,
  type Shard,
} from '../../../core/batch/types.js';
import type { DuplicateSearch } from './checkTasks.js';
import type { Duplicates } from '../ids/duplicates.js';
import { GeneratedIds } from '../ids/generatedIds.js';
import { IdStore } from '../ids/idStore.js';
import { ProblemList } from './problemList.js';
import type { RangeResult } from './rangeChecker.js';

/** What an added record id takes: `"recordId":"line999-000000001",` with room to spare. */
const generatedIdBytes = 40;

/** Puts the results of the ranges together, in file order. */
export class DatasetSummary {
  readonly problems: ProblemList;
  private readonly ids = new IdStore();
  private readonly generated = new GeneratedIds();
  private readonly cuts = { records: [0], offsets: [0], lines: [0] };
  private lines = 0;
  private records = 0;
  private missingIds = 0;
  private failingRecords = 0;
  private needsRewrite = false;
  private carriageReturnLine = 0;

  constructor(
    private readonly format: DatasetFormat,
    private readonly problemLimit: number,
  ) {
    this.problems = new ProblemList(problemLimit);
  }

  /** Adds the next range. */
  async addRange(range: RangeResult): Promise<void> {
    const { cuts } = range;
    for (let index = 0; index < cuts.length; index += 3) {
      const records = this.records + (cuts[index] ?? 0);
      if (records === 0) continue;
      this.cuts.records.push(records);
      this.cuts.offsets.push(cuts[index + 1] ?? 0);
      this.cuts.lines.push(this.lines + (cuts[index + 2] ?? 0));
    }
    this.problems.append(range.problems, this.lines);
    this.generated.merge(range.takenPrefixes);
    if (range.carriageReturnLine > 0 && this.carriageReturnLine === 0) {
      this.carriageReturnLine = this.lines + range.carriageReturnLine;
    }
    const linesBefore = this.lines;
    this.lines += range.lines;
    this.records += range.records;
    this.missingIds += range.missingIds;
    this.failingRecords += range.failingRecords;
    this.needsRewrite ||= range.needsRewrite || range.carriageReturnLine > 0;
    await this.ids.add({ ...range.ids, linesBefore });
  }

  /** Adds a CSV file's counts: it is converted before anything else is checked. */
  addCsv(counts: { readonly lines: number; readonly rows: number }): void {
    this.lines = counts.lines;
    this.records = counts.rows;
  }

  /** The search for duplicate record ids, for one of the threads. */
  duplicateTask(): DuplicateSearch {
    const { blocks, spillPath } = this.ids;
    return { blocks, limit: this.problemLimit, ...(spillPath !== undefined && { spillPath }) };
  }

  addDuplicates({ count, first }: Duplicates): void {
    for (const { line, firstLine, id } of first) {
      this.problems.add(duplicateRecordId(line, firstLine, id));
    }
    this.problems.note('duplicateRecordId', true, count - first.length);
  }

  /** Where the shards begin and end; to be located exactly in the file. */
  planMarks(fileBytes: number): ShardMark[] {
    if (this.format !== 'bedrock') return [];
    const { records, offsets, lines } = this.cuts;
    return planMarks(
      {
        records: [...records, this.records],
        offsets: [...offsets, fileBytes],
        lines: [...lines, this.lines],
      },
      { extraBytesPerRecord: this.missingIds > 0 ? generatedIdBytes : 0 },
    );
  }

  /** The whole check. */
  finish(
    fingerprint: Fingerprint,
    target: RecordTarget,
    shards: readonly Shard[] = [],
  ): DatasetCheck {
    this.addFileProblems();
    const { problems } = this;
    const prefix = this.missingIds > 0 ? this.generated.freePrefix() : undefined;
    return {
      format: this.format,
      ...(target.invocationType !== undefined && { invocationType: target.invocationType }),
      bytes: fingerprint.bytes,
      lines: this.lines,
      records: this.records,
      problems: problems.first(),
      problemCount: problems.count,
      byCode: problems.byCode,
      errorCount: problems.errorCount,
      failingRecords: this.failingRecords,
      shards,
      rewrite: this.needsRewrite ? 'normalise' : 'none',
      ...(prefix !== undefined && { generatedIdPrefix: prefix }),
      fingerprint,
    };
  }

  /** Ends the temporary file of ids. */
  dispose(): Promise<void> {
    return this.ids.dispose();
  }

  /** What is wrong with the file as a whole. */
  private addFileProblems(): void {
    const { problems, format, records } = this;
    if (this.carriageReturnLine > 0 && format === 'bedrock') {
      problems.add(problem('carriageReturn', this.carriageReturnLine));
    }
    if (format === 'empty') problems.add(problem('emptyFile', 0));
    else if (format === 'openai-batch') problems.add(problem('openAiBatch', 0));
    else if (format === 'anthropic-batch') problems.add(problem('anthropicBatch', 0));
    else if (format === 'json-array') problems.add(problem('jsonArray', 0));
    else if (format === 'rows' || format === 'csv') problems.add(problem('plainRows', 0));
    else if (format === 'bedrock' && records < batchLimits.minRecordsPerJob) {
      problems.add(tooFewRecords(records));
    }
  }
}
