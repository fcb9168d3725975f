import * as l10n from '@vscode/l10n';
import { maxLineBytes } from '../../../core/batch/problems.js';
import type { Shard } from '../../../core/batch/types.js';
import { AppError } from '../../../core/errors.js';
import { generatedId } from '../ids/generatedIds.js';
import { readBytes } from '../../../node/lines/rangeReader.js';
import { RecordScanner } from '../check/recordScanner.js';
import { createScanMemory } from '../../../node/lines/scanMemory.js';

const newline = 0x0a;
const carriageReturn = 0x0d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const lineEnd = Buffer.from('\n');

/** Turns the bytes of a shard into what Bedrock wants, line by line through a fixed buffer. */
export class ShardNormaliser {
  private readonly memory = createScanMemory(readBytes);
  private readonly scanner = new RecordScanner(this.memory);
  private capacity = readBytes;
  private filled = 0;
  private line: number;
  private isFileStart: boolean;
  private parts: Buffer[] = [];
  /** Start of the bytes that go out unchanged. */
  private runStart = 0;

  /** Without a prefix, records without an id stay so: the check found none. */
  constructor(
    shard: Shard,
    private readonly idPrefix: string | undefined,
  ) {
    this.line = shard.firstLine;
    this.isFileStart = shard.start === 0;
  }

  /** Where to put the next bytes of the shard. Never empty. */
  room(): Buffer {
    if (this.filled === this.capacity) {
      if (this.capacity >= maxLineBytes) {
        throw new AppError(
          'invalidInput',
          l10n.t('Line {0} is too long. Check the file again.', this.line),
        );
      }
      this.capacity = Math.min(this.capacity * 4, maxLineBytes);
      this.memory.grow(this.capacity + 1);
    }
    return this.memory.bytes.subarray(this.filled, this.capacity);
  }

  /** The normalised lines that are whole now; `isLast` ends the last one. */
  take(added: number, isLast: boolean): Buffer {
    this.filled += added;
    const { bytes } = this.memory;
    let end = bytes.subarray(0, this.filled).lastIndexOf(newline) + 1;
    if (isLast && end < this.filled) {
      bytes[this.filled++] = newline;
      end = this.filled;
    }
    this.runStart = 0;
    for (let start = 0; start < end;) {
      const stop = bytes.indexOf(newline, start);
      this.takeLine(start, stop);
      this.line++;
      start = stop + 1;
    }
    this.flush(end, end);
    const chunk = Buffer.concat(this.parts);
    this.parts = [];
    bytes.copyWithin(0, end, this.filled);
    this.filled -= end;
    return chunk;
  }

  private takeLine(start: number, stop: number): void {
    const { bytes } = this.memory;
    let first = start;
    if (this.isFileStart) {
      this.isFileStart = false;
      if (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) {
        first += 3;
        this.flush(start, first);
      }
    }
    if (this.scanner.isBlank(first, stop)) {
      this.flush(first, stop + 1);
      return;
    }
    if (this.idPrefix !== undefined) this.addId(first, stop, this.idPrefix);
    let last = stop;
    while (bytes[last - 1] === carriageReturn) last--;
    if (last < stop) {
      this.flush(last, stop + 1);
      this.parts.push(lineEnd);
    }
  }

  /** Writes an id as the first member of a record that has none. */
  private addId(first: number, stop: number, prefix: string): void {
    const { scanner } = this;
    if (scanner.scan(first, stop) !== 'object' || scanner.id !== 'missing') return;
    const { bytes } = this.memory;
    const after = bytes.indexOf(openBrace, first) + 1;
    let next = after;
    while ((bytes[next] as number) <= 0x20) next++;
    const isEmpty = bytes[next] === closeBrace;
    this.flush(after, after);
    const member = `"recordId":"${generatedId(prefix, this.line)}"`;
    this.parts.push(Buffer.from(isEmpty ? member : `${member},`));
  }

  /** Sends out the run up to `end`; the next one starts at `next`. */
  private flush(end: number, next: number): void {
    if (end > this.runStart) this.parts.push(this.memory.bytes.subarray(this.runStart, end));
    this.runStart = next;
  }
}
