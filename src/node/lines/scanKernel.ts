/** Bytes before the lines in the scanner's memory, where templates keep their pieces. */
export const pieceAreaBytes = 65_536;

/*
 * Two loops as WebAssembly, because 90 % of a dataset is text, and sixteen bytes at a time are passed
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
const again: Code = [0x0c, 0];
const againIf: Code = [0x0d, 0];
const leave: Code = [0x0f];
const add: Code = [0x6a];
const xor: Code = [0x73];
const lessThan: Code = [0x49];
const notLess: Code = [0x4f];
const trailingZeros: Code = [0x68];
const sixteen: Code = [0x41, 16];
const allLanes: Code = [0x41, 0xff, 0xff, 0x03];
const load = (offset: number): Code => [...simd(0), 0, ...leb(offset)];
const sixteenOf = (byte: number): Code => [...simd(12), ...new Array<number>(16).fill(byte)];
const lanesEqual = simd(35);
const lanesBelow = simd(38);
const lanesOr = simd(80);
const lanesMask = simd(100);

/** (0 at, 1 end) → index of the next `"`, `\` or control character, at least `end` where there is none. */
const skipPlain: Code = [
  ...[2, 1, v128, 1, i32], // locals: 2 vector, 3 mask
  ...loop(
    [...get(0), ...get(1), ...notLess, ...when(get(1), leave)],
    [...get(0), ...load(pieceAreaBytes), ...set(2)],
    [...get(2), ...sixteenOf(0x22), ...lanesEqual],
    [...get(2), ...sixteenOf(0x5c), ...lanesEqual, ...lanesOr],
    [...get(2), ...sixteenOf(0x20), ...lanesBelow, ...lanesOr],
    [...lanesMask, ...tee(3), ...when(get(0), get(3), trailingZeros, add, leave)],
    [...get(0), ...sixteen, ...add, ...set(0), ...again],
  ),
  ...get(1),
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
    [...get(3), ...sixteen, ...add, ...tee(3), ...get(2), ...lessThan, ...againIf],
  ),
  ...get(2),
  0x0b,
];

/** The module: imports its memory as `e.m`, exports `skipPlain` and `equalBytes`. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  const sized = (content: Code) => [...leb(content.length), ...content];
  const section = (id: number, content: Code) => [id, ...sized(content)];
  const name = (text: string) => sized([...Buffer.from(text)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [2, 0x60, 2, i32, i32, 1, i32, 0x60, 3, i32, i32, i32, 1, i32]),
    ...section(2, [1, ...name('e'), ...name('m'), 2, 0, 1]),
    ...section(3, [2, 0, 1]),
    ...section(7, [2, ...name('skipPlain'), 0, 0, ...name('equalBytes'), 0, 1]),
    ...section(10, [2, ...sized(skipPlain), ...sized(equalBytes)]),
  ]);
}
