/*
 * WebAssembly as lists of bytes. The opcodes:
 * https://webassembly.github.io/spec/core/binary/instructions.html
 */
export type Code = readonly number[];

export const i32 = 0x7f;
export const i64 = 0x7e;
export const v128 = 0x7b;
const noResult = 0x40;

/** An unsigned number in LEB128. */
export function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

/** A small signed number in LEB128. */
function signedLeb(value: number): number[] {
  const isLast = value >= -64 && value < 64;
  return isLast ? [value & 127] : [(value & 127) | 128, ...signedLeb(value >> 7)];
}

const simd = (opcode: number): Code => [0xfd, ...leb(opcode)];
export const get = (local: number): Code => [0x20, local];
export const set = (local: number): Code => [0x21, local];
export const tee = (local: number): Code => [0x22, local];
export const loop = (...body: Code[]): Code => [0x03, noResult, ...body.flat(), end];
export const when = (...body: Code[]): Code => [0x04, noResult, ...body.flat(), end];
/** To the start of the loop that is `levels` blocks further out. */
export const again = (levels = 0): Code => [0x0c, levels];
export const againIf: Code = [0x0d, 0];
export const leave: Code = [0x0f];
export const unreachable: Code = [0x00];
/** The first of two values where the third is not 0. */
export const select: Code = [0x1b];
export const end = 0x0b;

export const constant = (value: number): Code => [0x41, ...signedLeb(value)];
export const isZero: Code = [0x45];
export const lessThan: Code = [0x49];
export const greater: Code = [0x4b];
export const notLess: Code = [0x4f];
export const trailingZeros: Code = [0x68];
export const add: Code = [0x6a];
export const subtract: Code = [0x6b];
export const and: Code = [0x71];
export const xor: Code = [0x73];
export const shiftLeft: Code = [0x74];

/** The same for 64 bits. */
export const wide = {
  constant: (value: number): Code => [0x42, ...signedLeb(value)],
  isZero: [0x50],
  trailingZeros: [0x7a],
  add: [0x7c],
  subtract: [0x7d],
  and: [0x83],
  or: [0x84],
  xor: [0x85],
  shiftLeft: [0x86],
  shiftRightSigned: [0x87],
  shiftRight: [0x88],
  to32: [0xa7],
  from32: [0xad],
} as const;

/** 16 bytes at the address plus `offset`. */
export const load = (offset: number): Code => [...simd(0), 0, ...leb(offset)];
export const sixteenOf = (byte: number): Code => [...simd(12), ...new Array<number>(16).fill(byte)];
export const lanesEqual = simd(35);
export const lanesBelow = simd(38);
export const lanesOr = simd(80);
/** One bit a lane, as 32 bits. */
export const lanesMask = simd(100);

/** A function that is exported under its name. */
export interface WasmFunction {
  readonly name: string;
  /** How many 32-bit integers it takes; it gives one. */
  readonly inputs: number;
  /** Locals and instructions. */
  readonly code: Code;
}

/** A module of functions over the memory it imports as `e.m`. */
export function moduleOf(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const sized = (content: Code) => [...leb(content.length), ...content];
  const section = (id: number, content: Code) => [id, ...sized(content)];
  const list = (items: readonly Code[]) => [...leb(items.length), ...items.flat()];
  const name = (text: string) => sized([...Buffer.from(text)]);
  const typeOf = ({ inputs }: WasmFunction) => [
    ...[0x60, ...list(new Array<Code>(inputs).fill([i32]))],
    ...list([[i32]]),
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(functions.map(typeOf))),
    ...section(2, [1, ...name('e'), ...name('m'), 2, 0, 1]),
    ...section(3, list(functions.map((_, index) => [index]))),
    ...section(7, list(functions.map((each, index) => [...name(each.name), 0, index]))),
    ...section(10, list(functions.map(({ code }) => sized(code)))),
  ]);
}
