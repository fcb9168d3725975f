/** Index of the next byte at or after `at` that ends a run of plain string bytes: `"`, `\` or below 0x20. */
type SkipPlain = (at: number, end: number) => number;

const page = 65_536;
/** The vector loop reads 16 bytes at a time, so it may look past the end. */
const slack = page;

/**
 * `skipPlain` as WebAssembly, because 90 % of a dataset is string content and a vector comparison
 * passes over it ten times faster than a byte loop. In text form (param 0 = at, 1 = end, 2 = vector,
 * 3 = mask; the memory is imported as e.m):
 *
 *     loop
 *       if (at >= end) return end
 *       vector = load 16 bytes at `at`
 *       mask = bitmask(vector == '"' | vector == '\' | vector < 0x20)
 *       if (mask) return at + count trailing zeros(mask)
 *       at += 16
 *       continue
 *
 * The opcodes: https://webassembly.github.io/spec/core/binary/instructions.html
 */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const i32 = 0x7f;
  const v128 = 0x7b;
  const section = (id: number, content: number[]) => [id, content.length, ...content];
  const text = (name: string) => [name.length, ...Buffer.from(name)];
  const getLocal = (index: number) => [0x20, index];
  const setLocal = (index: number) => [0x21, index];
  const teeLocal = (index: number) => [0x22, index];
  const simd = (opcode: number) =>
    opcode < 128 ? [0xfd, opcode] : [0xfd, (opcode & 127) | 128, opcode >> 7];
  const splat = (byte: number) => [...simd(12), ...new Array<number>(16).fill(byte)];
  const equal = simd(35);
  const lessThan = simd(38);
  const or = simd(80);
  const bitmask = simd(100);
  const body = [
    ...[0x03, 0x40], // loop
    ...[...getLocal(0), ...getLocal(1), 0x4f], // at >= end
    ...[0x04, 0x40, ...getLocal(1), 0x0f, 0x0b], // if: return end
    ...[...getLocal(0), ...simd(0), 0, 0, ...setLocal(2)], // load
    ...[...getLocal(2), ...splat(0x22), ...equal],
    ...[...getLocal(2), ...splat(0x5c), ...equal, ...or],
    ...[...getLocal(2), ...splat(0x20), ...lessThan, ...or],
    ...[...bitmask, ...teeLocal(3)],
    ...[0x04, 0x40, ...getLocal(0), ...getLocal(3), 0x68, 0x6a, 0x0f, 0x0b], // if: return at + ctz
    ...[...getLocal(0), 0x41, 16, 0x6a, ...setLocal(0)], // at += 16
    ...[0x0c, 0, 0x0b], // continue; end loop
    ...getLocal(1),
    0x0b,
  ];
  const locals = [2, 1, v128, 1, i32];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 2, i32, i32, 1, i32]),
    ...section(2, [1, ...text('e'), ...text('m'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('skip'), 0, 0]),
    ...codeSection([...locals, ...body]),
  ]);
}

/** The code section is longer than 127 bytes: its sizes take two bytes each. */
function codeSection(code: number[]): number[] {
  const size = (value: number) => [(value & 127) | 128, value >> 7];
  const entry = [1, ...size(code.length), ...code];
  return [10, ...size(entry.length), ...entry];
}

/** What of WebAssembly is used here: Node has it, its type package does not. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { readonly skip: SkipPlain } };
  readonly Memory: new (limits: { initial: number }) => WasmMemory;
}
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The same in plain JavaScript, for hosts that run without a compiler (`--jitless`). */
export function skipPlainSlowly(bytes: Uint8Array, at: number, end: number): number {
  let here = at;
  while (here < end) {
    const byte = bytes[here] as number;
    if (byte === 0x22 || byte === 0x5c || byte < 0x20) return here;
    here++;
  }
  return end;
}

/** The buffer lines are read into and scanned in. `bytes` is replaced when it grows. */
export interface ScanMemory {
  readonly bytes: Buffer;
  readonly skipPlain: SkipPlain;
  /** Makes room for this many bytes; keeps the content. */
  grow(capacity: number): void;
}

/** A scan buffer of the given capacity. Throws nothing: falls back to JavaScript. */
export function createScanMemory(
  capacity: number,
  wasm: Wasm | null | undefined = (globalThis as { WebAssembly?: Wasm }).WebAssembly,
): ScanMemory {
  return wasm ? wasmMemory(capacity, wasm) : plainMemory(capacity);
}

function wasmMemory(capacity: number, wasm: Wasm): ScanMemory {
  const pages = (bytes: number) => Math.ceil((bytes + slack) / page);
  const memory = new wasm.Memory({ initial: pages(capacity) });
  const instance = new wasm.Instance(new wasm.Module(moduleBytes()), { e: { m: memory } });
  let bytes = Buffer.from(memory.buffer);
  return {
    get bytes() {
      return bytes;
    },
    skipPlain: instance.exports.skip,
    grow(wanted) {
      const missing = pages(wanted) - memory.buffer.byteLength / page;
      if (missing <= 0) return;
      memory.grow(missing);
      bytes = Buffer.from(memory.buffer);
    },
  };
}

function plainMemory(capacity: number): ScanMemory {
  let bytes = Buffer.alloc(capacity + slack);
  return {
    get bytes() {
      return bytes;
    },
    skipPlain: (at, end) => skipPlainSlowly(bytes, at, end),
    grow(wanted) {
      if (bytes.length >= wanted + slack) return;
      const larger = Buffer.alloc(wanted + slack);
      bytes.copy(larger);
      bytes = larger;
    },
  };
}
