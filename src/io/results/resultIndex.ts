import { stat } from 'node:fs/promises';
import { mapConcurrent } from '../../core/async.js';
import { isCancelled, toAppError } from '../../core/errors.js';
import { type Disposable, Emitter } from '../../core/lifecycle.js';
import { type OutputLine, parseOutputLine, toResultRow } from '../../core/results/outputLine.js';
import type { OutputReader, ResultCounts, ResultRow } from '../../core/results/types.js';
import { generatedId } from '../dataset/ids/generatedIds.js';
import { ResultColumns } from './columns.js';
import { countRows } from './counts.js';
import { extra, type Join, joinRows } from './join.js';
import { orderKeys, type ResultView } from './order.js';
import { scanSegments, type StartWorker } from './pool.js';
import { hashText, type ScannedLine } from './scan.js';
import { LineReader } from './lineReader.js';
import type { Segment, SegmentRows } from './segment.js';
import { SegmentMerger } from './merge.js';

export interface ResultIndexOptions {
  /** The `.jsonl.out` files, in the order of `file`. */
  readonly outputs: readonly string[];
  /** The dataset the run was made from; without it nothing can be missing. */
  readonly input?: string | undefined;
  /** Set where records of the dataset had no id and were given one from this on the way to S3. */
  readonly generatedIdPrefix?: string | undefined;
  readonly readOutput: OutputReader;
  /** Absent: everything is indexed on this thread. */
  readonly startWorker?: StartWorker | undefined;
}

/** How far the indexing is. Rows so far can be shown in file order. */
export interface IndexProgress {
  readonly isDone: boolean;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Set where indexing failed; the rows so far stay usable. */
  readonly error?: Error;
}

/** One result in full. */
export interface ResultDetail {
  readonly row: ResultRow;
  readonly modelInput?: unknown;
  /** The line as it is on disk: of the output, or of the input where there is no output. */
  readonly raw: string;
}

const segmentBytes = 8 << 20;

/** Answers longer than this are cut in pages; `detail` has the whole. */
const previewLength = 400;

/**
 * The results of a run without keeping them in memory: where each row is, what it is, and which
 * record of the input it answers. Indexing begins at once; `page` and `counts` work from then on.
 */
export class ResultIndex implements Disposable {
  /** Resolves when indexing ended, well or not. */
  readonly done: Promise<void>;
  private readonly output = new ResultColumns();
  private readonly input = new ResultColumns();
  private readonly reader = new LineReader();
  private readonly controller = new AbortController();
  private readonly changed = new Emitter<IndexProgress>();
  private readonly orders = new Map<string, Uint32Array>();
  private state: IndexProgress = { isDone: false, bytes: 0, totalBytes: 0 };
  private join: Join | undefined;

  /** Fires after each batch of rows and at the end. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: ResultIndexOptions) {
    this.done = this.run();
  }

  get progress(): IndexProgress {
    return this.state;
  }

  /** Rows of a view so far. */
  rowCount(view: ResultView): number {
    return this.keysOf(view).length;
  }

  counts(): ResultCounts {
    return countRows(this.output, this.join);
  }

  /** Rows `from` to `from + count` of a view; answers are cut to a preview. */
  async page(from: number, count: number, view: ResultView): Promise<ResultRow[]> {
    const keys = [...this.keysOf(view).subarray(from, from + count)];
    return mapConcurrent(keys, 16, async (key) => {
      const row = this.toRow(key, parseOutputLine(await this.rawLine(key)));
      if (row.text === undefined || row.text.length <= previewLength) return row;
      return { ...row, text: row.text.slice(0, previewLength) };
    });
  }

  /** One row in full, by its key. */
  async detail(key: number): Promise<ResultDetail | undefined> {
    if (key < 0 || key >= this.output.count + this.input.count) return undefined;
    const raw = await this.rawLine(key);
    const line = parseOutputLine(raw);
    return { row: this.toRow(key, line), modelInput: line.modelInput, raw };
  }

  dispose(): void {
    this.controller.abort();
    this.changed.dispose();
    void this.reader.close();
  }

  private async run(): Promise<void> {
    try {
      await this.index();
    } catch (error) {
      if (!isCancelled(error)) this.state = { ...this.state, error: toAppError(error) };
    }
    this.state = { ...this.state, isDone: true };
    this.orders.clear();
    this.changed.fire(this.state);
  }

  private async index(): Promise<void> {
    const { outputs, input, startWorker } = this.options;
    const segments: Segment[] = [];
    const merger = new SegmentMerger();
    for (const [file, path] of outputs.entries()) {
      merger.addFile(this.output, file, await addSegments(segments, path, 'output'));
    }
    if (input !== undefined) {
      merger.addFile(this.input, 0, await addSegments(segments, input, 'input'));
    }
    const totalBytes = segments.reduce((sum, { start, end }) => sum + end - start, 0);
    this.state = { ...this.state, totalBytes };
    const bytes = new Float64Array(segments.length);
    await scanSegments(segments, {
      startWorker,
      signal: this.controller.signal,
      onRows: (segment, rows: SegmentRows) => {
        bytes[segment] = rows.bytesSoFar;
        if (!merger.add(segment, rows)) return;
        this.orders.clear();
        this.state = { ...this.state, bytes: bytes.reduce((sum, each) => sum + each, 0) };
        this.changed.fire(this.state);
      },
      onSegment: (segment) => {
        merger.finish(segment);
      },
    });
    if (input !== undefined) {
      this.nameInput();
      this.join = joinRows(this.input, this.output);
    }
    this.state = { ...this.state, bytes: totalBytes };
  }

  /** Input rows without an id take part in the join under the id they were sent with. */
  private nameInput(): void {
    const { generatedIdPrefix } = this.options;
    if (generatedIdPrefix === undefined) return;
    const { input } = this;
    const hash: ScannedLine = { status: 0, errorCode: 0, hashLow: 0, hashHigh: 0 };
    for (let row = 0; row < input.count; row++) {
      if (input.hashLow[row] !== 0 || input.hashHigh[row] !== 0) continue;
      hashText(generatedId(generatedIdPrefix, input.lines[row] as number), hash);
      input.hashLow[row] = hash.hashLow;
      input.hashHigh[row] = hash.hashHigh;
    }
  }

  private keysOf(view: ResultView): Uint32Array {
    const name = `${view.order}/${view.filter ?? 'all'}`;
    let keys = this.orders.get(name);
    if (!keys) {
      keys = orderKeys(view, this.output, this.join);
      this.orders.set(name, keys);
    }
    return keys;
  }

  private rawLine(key: number): Promise<string> {
    const { outputs, input } = this.options;
    const { output } = this;
    if (key < output.count) {
      return this.reader.line(outputs[output.files[key] as number] as string, output, key);
    }
    return this.reader.line(input as string, this.input, key - output.count);
  }

  private sentId({ recordId }: OutputLine, inputRow: number): string {
    const { generatedIdPrefix } = this.options;
    if (recordId !== '' || generatedIdPrefix === undefined) return recordId;
    return generatedId(generatedIdPrefix, this.input.lines[inputRow] as number);
  }

  private toRow(key: number, line: OutputLine): ResultRow {
    const isMissing = key >= this.output.count;
    const inputRow = isMissing ? key - this.output.count : (this.join?.inputOf[key] ?? extra);
    return toResultRow(
      isMissing ? { recordId: this.sentId(line, inputRow), status: 'missing' } : line,
      {
        key,
        ...(inputRow >= 0 && { line: this.input.lines[inputRow] as number }),
        isExtra: this.join !== undefined && inputRow === extra,
      },
      this.options.readOutput,
    );
  }
}

/** Cuts a file into segments; returns their indexes. */
async function addSegments(
  segments: Segment[],
  path: string,
  kind: Segment['kind'],
): Promise<number[]> {
  const { size } = await stat(path);
  const own: number[] = [];
  for (let start = 0; start < size; start += segmentBytes) {
    own.push(segments.push({ path, start, end: Math.min(size, start + segmentBytes), kind }) - 1);
  }
  return own;
}
