/** Bytes before the lines in the scanner's memory, where templates keep their pieces. */
export const pieceAreaBytes = 65_536;

/*
 * Loops as WebAssembly, because 90 % of a dataset is text, and sixteen bytes at a time are passed
 * over ten times faster than one. Opcodes: https://webassembly.github.io/spec/core/binary/instructions.html
 */
type Code = readonly number[];

const i32 = 0x7f;
const v128 = 0x7b;
const noResult = 0x40;

/** An unsigned number in LEB128. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

const simd = (opcode: number): Code => [0xfd, ...leb(opcode)];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const loop = (...body: Code[]): Code => [0x03, noResult, ...body.flat(), 0x0b];
const when = (...body: Code[]): Code => [0x04, noResult, ...body.flat(), 0x0b];
/** To the start of the loop that is `levels` blocks further out. */
const again = (levels = 0): Code => [0x0c, levels];
const againIf: Code = [0x0d, 0];
const leave: Code = [0x0f];
const isZero: Code = [0x45];
const equals: Code = [0x46];
const greater: Code = [0x4b];
const add: Code = [0x6a];
const subtract: Code = [0x6b];
const and: Code = [0x71];
const shiftRight: Code = [0x76];
const select: Code = [0x1b];
const xor: Code = [0x73];
const lessThan: Code = [0x49];
const notLess: Code = [0x4f];
const trailingZeros: Code = [0x68];
/** A number below 64. */
const constant = (value: number): Code => [0x41, value];
const minusOne: Code = [0x41, 0x7f];
const allLanes: Code = [0x41, 0xff, 0xff, 0x03];
const load = (offset: number): Code => [...simd(0), 0, ...leb(offset)];
const loadByte: Code = [0x2d, 0, ...leb(pieceAreaBytes)];
const sixteenOf = (byte: number): Code => [...simd(12), ...new Array<number>(16).fill(byte)];
const lanesEqual = simd(35);
const lanesBelow = simd(38);
const lanesOr = simd(80);
const lanesMask = simd(100);
const quote = 0x22;
const backslash = 0x5c;

/** The lanes of the vector (local 2) that are this byte. */
const lanesOf = (byte: number): Code => [...get(2), ...sixteenOf(byte), ...lanesEqual];
/** The same where bit 5 does not count: `[` is then `{`, and `]` is `}`. */
const loweredLanesOf = (byte: number): Code => [
  ...[...get(2), ...sixteenOf(0x20), ...lanesOr],
  ...[...sixteenOf(byte), ...lanesEqual],
];
const advance = (...by: Code[]): Code => [...get(0), ...by.flat(), ...add, ...set(0)];

/** (0 at, 1 end) → index of the next `"`, `\` or control character, at least `end` where there is none. */
const skipPlain: Code = [
  ...[2, 1, v128, 1, i32], // locals: 2 vector, 3 mask
  ...loop(
    [...get(0), ...get(1), ...notLess, ...when(get(1), leave)],
    [...get(0), ...load(pieceAreaBytes), ...set(2)],
    [...lanesOf(quote), ...lanesOf(backslash), ...lanesOr],
    [...get(2), ...sixteenOf(0x20), ...lanesBelow, ...lanesOr],
    [...lanesMask, ...tee(3), ...when(get(0), get(3), trailingZeros, add, leave)],
    [...advance(constant(16)), ...again()],
  ),
  ...get(1),
  0x0b,
];

/** Loads at `at` and goes to the next byte whose lane is set; 16 bytes on and again where none is. */
const toNext = (...lanes: Code[]): Code => [
  ...[...get(0), ...get(1), ...notLess, ...when(minusOne, leave)],
  ...[...get(0), ...load(pieceAreaBytes), ...set(2)],
  ...[...lanes.flat(), ...lanesMask, ...tee(3), ...isZero],
  ...when(advance(constant(16)), again(1)),
  ...advance(get(3), trailingZeros),
];

/** (0 at, 1 end) → index after the bracket that closes the value `at` is in; -1 where not before `end`. */
const skipNested: Code = [
  ...[2, 1, v128, 3, i32], // locals: 2 vector, 3 mask, 4 brackets open beyond the first, 5 byte
  ...loop(
    toNext(
      [...lanesOf(quote), ...loweredLanesOf(0x7b), ...lanesOr],
      [...loweredLanesOf(0x7d), ...lanesOr],
    ),
    [...get(0), ...loadByte, ...set(5), ...advance(constant(1))],
    [...get(5), ...constant(quote), ...equals],
    when(
      loop(
        toNext([...lanesOf(quote), ...lanesOf(backslash), ...lanesOr]),
        [...get(0), ...loadByte, ...constant(quote), ...equals, ...isZero],
        when(advance(constant(2)), again(1)),
        advance(constant(1)),
      ),
      again(1),
    ),
    // An opening bracket adds one; a closing one has bit 2 set and takes one away.
    [...get(4), ...constant(1), ...add],
    [...get(5), ...constant(4), ...and, ...constant(1), ...shiftRight, ...subtract],
    [...tee(4), ...minusOne, ...equals, ...isZero, ...againIf],
  ),
  ...[...minusOne, ...get(0), ...get(0), ...get(1), ...greater, ...select],
  0x0b,
];

/** (0 at, 1 piece, 2 length) → number of equal bytes of line and piece, at least `length` if all are. */
const equalBytes: Code = [
  ...[1, 2, i32], // locals: 3 index, 4 mask of unequal lanes
  ...loop(
    [...get(0), ...get(3), ...add, ...load(pieceAreaBytes)],
    [...get(1), ...get(3), ...add, ...load(0)],
    [...lanesEqual, ...lanesMask, ...allLanes, ...xor, ...tee(4)],
    when(get(3), get(4), trailingZeros, add, leave),
    [...get(3), ...constant(16), ...add, ...tee(3), ...get(2), ...lessThan, ...againIf],
  ),
  ...get(2),
  0x0b,
];

const kernels: readonly { readonly name: string; readonly type: 0 | 1; readonly code: Code }[] = [
  { name: 'skipPlain', type: 0, code: skipPlain },
  { name: 'skipNested', type: 0, code: skipNested },
  { name: 'equalBytes', type: 1, code: equalBytes },
];

/** The module: imports its memory as `e.m`, exports the functions under their names. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const sized = (content: Code) => [...leb(content.length), ...content];
  const section = (id: number, content: Code) => [id, ...sized(content)];
  const list = (items: readonly Code[]) => [...leb(items.length), ...items.flat()];
  const name = (text: string) => sized([...Buffer.from(text)]);
  const types = [2, 3].map((inputs) => [
    ...[0x60, ...list(new Array<Code>(inputs).fill([i32]))],
    ...list([[i32]]),
  ]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, [1, ...name('e'), ...name('m'), 2, 0, 1]),
    ...section(3, list(kernels.map(({ type }) => [type]))),
    ...section(7, list(kernels.map((kernel, index) => [...name(kernel.name), 0, index]))),
    ...section(10, list(kernels.map(({ code }) => sized(code)))),
  ]);
}
