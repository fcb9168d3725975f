import { stat } from 'node:fs/promises';
import { withExactInputs } from '../../core/answers/exactInputs.js';
import { mapConcurrent } from '../../core/async.js';
import { isCancelled, toAppError } from '../../core/errors.js';
import { type Disposable, Emitter } from '../../core/lifecycle.js';
import { type OutputLine, parseOutputLine, toResultRow } from '../../core/results/outputLine.js';
import type {
  OutputReader,
  OutputSummary,
  ResultCounts,
  ResultRow,
} from '../../core/results/types.js';
import { generatedId } from '../dataset/ids/generatedIds.js';
import { ResultColumns } from './columns.js';
import { countRows } from './counts.js';
import { breathe, rowsAtOnce } from './breathe.js';
import { extra, type Join, joinRows } from './join.js';
import { orderKeys, type ResultView } from './order.js';
import { hashId } from './scan.js';
import { LineReader } from './lineReader.js';
import { scanFiles } from './scanFiles.js';

export interface ResultIndexOptions {
  /** The `.jsonl.out` files, in the order of `file`. */
  readonly outputs: readonly string[];
  /** The dataset the run was made from; without it nothing can be missing. */
  readonly input?: string | undefined;
  /** Set where records of the dataset had no id and were given one from this on the way to S3. */
  readonly generatedIdPrefix?: string | undefined;
  readonly readOutput: OutputReader;
  /** The built program that scans in a thread; without it all stays in this one. */
  readonly worker?: URL | undefined;
  /** Worker threads; default one a processor, at most 4, and none for small files. */
  readonly workers?: number | undefined;
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
  /** Tool inputs as they are on disk, to the digit. */
  readonly answer: OutputSummary;
  readonly modelInput?: unknown;
  /** The line as it is on disk: of the output, or of the input where there is no output. */
  readonly raw: string;
}

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
      const { row } = await this.read(key);
      if (row.text === undefined || row.text.length <= previewLength) return row;
      return { ...row, text: row.text.slice(0, previewLength) };
    });
  }

  /** One row in full, by its key. */
  async detail(key: number): Promise<ResultDetail | undefined> {
    if (key < 0 || key >= this.output.count + this.input.count) return undefined;
    return this.read(key);
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
    const { outputs, input } = this.options;
    const { signal } = this.controller;
    const files = await mapConcurrent(
      [...outputs, ...(input === undefined ? [] : [input])],
      16,
      async (path) => ({ path, bytes: (await stat(path)).size }),
    );
    const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.state = { ...this.state, totalBytes };
    await scanFiles(files, {
      ...this.options,
      signal,
      onRows: (rows, { file, linesBefore, bytes }) => {
        const isOutput = file < outputs.length;
        (isOutput ? this.output : this.input).append(rows, isOutput ? file : 0, linesBefore);
        this.orders.clear();
        this.state = { ...this.state, bytes: this.state.bytes + bytes };
        this.changed.fire(this.state);
      },
    });
    if (input !== undefined) {
      await this.nameInput(signal);
      this.join = await joinRows(this.input, this.output, signal);
    }
  }

  /** Input rows without an id take part in the join under the id they were sent with. */
  private async nameInput(signal: AbortSignal): Promise<void> {
    const { generatedIdPrefix } = this.options;
    if (generatedIdPrefix === undefined) return;
    const { input } = this;
    const hash = { low: 0, high: 0 };
    for (let row = 0; row < input.count; row++) {
      if (row % rowsAtOnce === 0) await breathe(signal);
      if (input.hashLow[row] !== 0 || input.hashHigh[row] !== 0) continue;
      hashId(generatedId(generatedIdPrefix, input.lines[row] as number), hash);
      input.hashLow[row] = hash.low;
      input.hashHigh[row] = hash.high;
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

  private async read(key: number): Promise<ResultDetail> {
    const raw = await this.rawLine(key);
    const line = parseOutputLine(raw);
    const { status, modelOutput, modelInput } = line;
    const found = status === 'success' ? this.options.readOutput(modelOutput, modelInput) : {};
    const answer = await withExactInputs(found, raw, ['modelOutput']);
    return { row: this.toRow(key, line, answer), answer, modelInput, raw };
  }

  private sentId({ recordId }: OutputLine, inputRow: number): string {
    const { generatedIdPrefix } = this.options;
    if (recordId !== '' || generatedIdPrefix === undefined) return recordId;
    return generatedId(generatedIdPrefix, this.input.lines[inputRow] as number);
  }

  private toRow(key: number, line: OutputLine, answer: OutputSummary): ResultRow {
    const isMissing = key >= this.output.count;
    const inputRow = isMissing ? key - this.output.count : (this.join?.inputOf[key] ?? extra);
    return toResultRow(
      isMissing ? { recordId: this.sentId(line, inputRow), status: 'missing' } : line,
      {
        key,
        ...(inputRow >= 0 && { line: this.input.lines[inputRow] as number }),
        isExtra: this.join !== undefined && inputRow === extra,
      },
      answer,
    );
  }
}
