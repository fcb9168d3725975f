import { checkModelInput, type RecordTarget } from '../../../core/batch/record.js';
import { isObject } from '../../../core/models/bodies/json.js';
import type { BodyProblem } from '../../../core/models/bodies/types.js';
import { isBlankText } from '../../../node/lines/blankText.js';
import { JsonScanner } from '../../../node/lines/jsonScanner.js';
import type { RecordScanner } from './recordScanner.js';
import type { ScanMemory } from '../../../node/lines/scanMemory.js';
import { isLongText } from '../../../node/lines/variableText.js';

const quote = 0x22;
const colon = 0x3a;
/** Shapes remembered at most; files have a handful, unless numbers or short texts differ. */
const capacity = 4096;

/**
 * Body checks by shape: a `modelInput` is parsed and checked the first time its shape is seen, and
 * its verdict holds for every record of that shape (see `JsonScanner` and `BodyForm`).
 */
export class ShapeChecks {
  private readonly known = new Map<number, readonly BodyProblem[]>();
  private lastKey = Number.NaN;
  private lastProblems: readonly BodyProblem[] = [];

  private readonly json: JsonScanner;

  constructor(
    private readonly target: RecordTarget,
    private readonly memory: ScanMemory,
  ) {
    this.json = new JsonScanner(memory);
  }

  /** The problems of the `modelInput` the scanner has just read. */
  check(scanner: RecordScanner): readonly BodyProblem[] {
    const key = scanner.shape;
    if (key === this.lastKey) return this.lastProblems;
    const problems = this.known.get(key) ?? this.parse(scanner);
    if (this.known.size >= capacity) this.known.clear();
    this.known.set(key, problems);
    this.lastKey = key;
    this.lastProblems = problems;
    return problems;
  }

  private parse(scanner: RecordScanner): readonly BodyProblem[] {
    scanner.locateInput();
    const input: unknown = JSON.parse(this.skeleton(scanner.inputStart, scanner.inputEnd));
    return isObject(input) ? checkModelInput(input, this.target) : [];
  }

  /** The value with every long text replaced by an ellipsis: what a shape stands for, and small. */
  private skeleton(start: number, end: number): string {
    const { json } = this;
    const { bytes } = this.memory;
    json.refresh();
    const parts: string[] = [];
    let from = start;
    for (let open = start; ;) {
      open = bytes.indexOf(quote, open);
      if (open < 0 || open >= end) break;
      const close = json.endOfString(open + 1, end);
      const isText = isLongText(close - open - 1, json.hasEscape);
      // The name of a member stays, however long: it is part of the shape.
      if (isText && bytes[json.skipSpace(close + 1)] !== colon) {
        const shown = isBlankText(bytes, open + 1, close) ? ' ' : '…';
        parts.push(bytes.toString('utf8', from, open + 1), shown);
        from = close;
      }
      open = close + 1;
    }
    parts.push(bytes.toString('utf8', from, end));
    return parts.join('');
  }
}
