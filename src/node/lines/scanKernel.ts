import {
  add,
  again,
  againIf,
  and,
  type Code,
  constant,
  end,
  get,
  greater,
  i32,
  i64,
  isZero,
  lanesBelow,
  lanesEqual,
  lanesMask,
  lanesOr,
  leave,
  lessThan,
  load,
  loop,
  moduleOf,
  notLess,
  select,
  set,
  shiftLeft,
  sixteenOf,
  subtract,
  tee,
  trailingZeros,
  unreachable,
  v128,
  when,
  wide,
  xor,
} from './wasmCode.js';

/** Bytes before the lines in the scanner's memory, where templates keep their pieces. */
export const pieceAreaBytes = 65_536;

const quote = 0x22;
const backslash = 0x5c;

/** The lanes of a vector that are this byte. */
const lanesOf = (local: number, byte: number): Code => [
  ...[...get(local), ...sixteenOf(byte), ...lanesEqual],
];

/** The same where bit 5 does not count: `[` is then `{`, and `]` is `}`. */
const loweredLanesOf = (local: number, byte: number): Code => [
  ...[...get(local), ...sixteenOf(0x20), ...lanesOr, ...sixteenOf(byte), ...lanesEqual],
];

const advance = (by: number): Code => [...get(0), ...constant(by), ...add, ...set(0)];

/*
 * 90 % of a dataset is text, and sixteen bytes at a time are passed over ten times faster than one.
 */

/** (0 at, 1 end) → index of the next `"`, `\` or control character, at least `end` where there is none. */
const skipPlain: Code = [
  ...[2, 1, v128, 1, i32], // locals: 2 vector, 3 mask
  ...loop(
    [...get(0), ...get(1), ...notLess, ...when(get(1), leave)],
    [...get(0), ...load(pieceAreaBytes), ...set(2)],
    [...lanesOf(2, quote), ...lanesOf(2, backslash), ...lanesOr],
    [...get(2), ...sixteenOf(0x20), ...lanesBelow, ...lanesOr],
    [...lanesMask, ...tee(3), ...when(get(0), get(3), trailingZeros, add, leave)],
    [...advance(16), ...again()],
  ),
  ...[...get(1), end],
];

/** (0 at, 1 piece, 2 length) → number of equal bytes of line and piece, at least `length` if all are. */
const equalBytes: Code = [
  ...[1, 2, i32], // locals: 3 index, 4 mask of unequal lanes
  ...loop(
    [...get(0), ...get(3), ...add, ...load(pieceAreaBytes)],
    [...get(1), ...get(3), ...add, ...load(0)],
    [...lanesEqual, ...lanesMask, ...constant(0xffff), ...xor, ...tee(4)],
    when(get(3), get(4), trailingZeros, add, leave),
    [...get(3), ...constant(16), ...add, ...tee(3), ...get(2), ...lessThan, ...againIf],
  ),
  ...[...get(2), end],
];

/*
 * Nested values have a quote or bracket every few bytes: finding one after the other waits for each.
 * Here 64 bytes become words of a bit a byte, and strings are found by arithmetic on those, as
 * simdjson does (https://arxiv.org/abs/1902.08318).
 */
const blockBytes = 64;
const vectors = [2, 3, 4, 5];
const [depth, quotes, escapes, strings, opening, brackets] = [6, 7, 8, 9, 10, 11] as const;
/** All ones where the block before ended inside a string; 1 where its last byte escapes the next. */
const [inString, isEscaped] = [12, 13] as const;
/** Used while escapes are resolved, before the brackets are known. */
const [escape, escaped] = [opening, brackets] as const;

/** The word of the bytes whose lanes are set. */
const wordOf = (lanesIn: (local: number, byte: number) => Code, byte: number): Code =>
  vectors.flatMap((local, index) => [
    ...[...lanesIn(local, byte), ...lanesMask, ...wide.from32],
    ...(index === 0 ? [] : [...wide.constant(index * 16), ...wide.shiftLeft, ...wide.or]),
  ]);

const isSet = (local: number): Code => [...get(local), ...wide.isZero, ...isZero];
/** Takes the bits on the stack away from a word. */
const without = (local: number, ...bits: Code[]): Code => [
  ...[...bits.flat(), ...wide.constant(-1), ...wide.xor],
  ...[...get(local), ...wide.and, ...set(local)],
];

/** Takes what is escaped from the quotes: each backslash, in order, spends the byte behind it. */
const resolveEscapes: Code = [
  ...isSet(isEscaped),
  ...when(without(quotes, wide.constant(1)), without(escapes, wide.constant(1)), [
    ...wide.constant(0),
    ...set(isEscaped),
  ]),
  ...loop(
    isSet(escapes),
    when(
      [...get(escapes), ...wide.constant(0), ...get(escapes), ...wide.subtract],
      [...wide.and, ...tee(escape), ...get(escape), ...wide.add, ...tee(escaped)],
      [...wide.isZero, ...when(wide.constant(1), set(isEscaped))],
      without(quotes, get(escaped)),
      without(escapes, get(escape), get(escaped), wide.or),
      again(1),
    ),
  ),
];

/** Each bit becomes the exclusive or of itself and all before: ones from a quote to the next. */
const findStrings: Code = [
  ...[...get(quotes), ...set(strings)],
  ...[1, 2, 4, 8, 16, 32].flatMap((by) => [
    ...[...get(strings), ...get(strings), ...wide.constant(by), ...wide.shiftLeft],
    ...[...wide.xor, ...set(strings)],
  ]),
  ...[...get(strings), ...get(inString), ...wide.xor, ...tee(strings)],
  ...[...wide.constant(63), ...wide.shiftRightSigned, ...set(inString)],
];

/** Goes through the brackets; leaves the function with the index after the one that closes. */
const countBrackets: Code = loop(
  isSet(brackets),
  when(
    // Twice the bit of `opening` at the bracket, less one.
    [...get(opening), ...get(brackets), ...wide.trailingZeros, ...wide.shiftRight, ...wide.to32],
    [...constant(1), ...and, ...constant(1), ...shiftLeft, ...constant(1), ...subtract],
    [...get(depth), ...add, ...tee(depth), ...isZero],
    when(
      [...constant(-1), ...get(0), ...get(brackets), ...wide.trailingZeros, ...wide.to32, ...add],
      [...constant(1), ...add, ...tee(0), ...get(0), ...get(1), ...greater, ...select, ...leave],
    ),
    [...get(brackets), ...get(brackets), ...wide.constant(1), ...wide.subtract],
    [...wide.and, ...set(brackets), ...again(1)],
  ),
);

/** (0 at, 1 end) → index after the bracket that closes the value `at` is in; -1 where not before `end`. */
const skipNested: Code = [
  ...[3, 4, v128, 1, i32, 7, i64],
  ...[...constant(1), ...set(depth)],
  ...loop(
    [...get(0), ...get(1), ...notLess, ...when(constant(-1), leave)],
    vectors.flatMap((local, index) => [
      ...[...get(0), ...load(pieceAreaBytes + index * 16), ...set(local)],
    ]),
    [...wordOf(lanesOf, quote), ...set(quotes), ...wordOf(lanesOf, backslash), ...set(escapes)],
    // Most blocks: a text that goes on.
    [...get(quotes), ...get(escapes), ...wide.or, ...get(isEscaped), ...wide.or, ...wide.isZero],
    [...isSet(inString), ...and, ...when(advance(blockBytes), again(1))],
    resolveEscapes,
    findStrings,
    [...wordOf(loweredLanesOf, 0x7b), ...set(opening)],
    [...get(opening), ...wordOf(loweredLanesOf, 0x7d), ...wide.or, ...set(brackets)],
    without(brackets, get(strings)),
    countBrackets,
    [...advance(blockBytes), ...again()],
  ),
  ...[...unreachable, end],
];

/** The module that `scanMemory.ts` runs. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return moduleOf([
    { name: 'skipPlain', inputs: 2, code: skipPlain },
    { name: 'equalBytes', inputs: 3, code: equalBytes },
    { name: 'skipNested', inputs: 2, code: skipNested },
  ]);
}
