/**
 * From the first byte inside a `{` or `[` to the index after its closing bracket; -1 where that is
 * not before `end`. Brackets inside strings do not count.
 */
type SkipNested = (at: number, end: number) => number;

const page = 65_536;
/** The vector loops read 16 bytes at a time, so they may look past the end. */
const slack = page;

/**
 * `SkipNested` as WebAssembly: most bytes of a result are inside strings of nested values, and a
 * vector comparison passes over them many times faster than a byte loop. In text form (param 0 = at,
 * 1 = end, 2 = vector, 3 = mask, 4 = depth, 5 = byte; the memory is imported as e.m):
 *
 *     depth = 1
 *     loop outer
 *       if (at >= end) return -1
 *       vector = load 16 bytes at `at`
 *       // 0x20 makes [ and ] look like { and }
 *       mask = bitmask(vector == '"' | (vector | 0x20) == '{' | (vector | 0x20) == '}')
 *       if (mask == 0) { at += 16; continue outer }
 *       at += count trailing zeros(mask)
 *       byte = load one byte at `at`
 *       at += 1
 *       if (byte == '"')
 *         loop string
 *           if (at >= end) return -1
 *           vector = load 16 bytes at `at`
 *           mask = bitmask(vector == '"' | vector == '\')
 *           if (mask == 0) { at += 16; continue string }
 *           at += count trailing zeros(mask)
 *           if (byte at `at` == '\') { at += 2; continue string }
 *           at += 1
 *         continue outer
 *       depth += 1 - ((byte & 4) >> 1)    // closing brackets have bit 2 set
 *       if (depth != 0) continue outer
 *     return at > end ? -1 : at
 *
 * The opcodes: https://webassembly.github.io/spec/core/binary/instructions.html
 */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const [at, end, vector, mask, depth, byte] = [0, 1, 2, 3, 4, 5] as const;
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const loop = [0x03, 0x40];
  const when = [0x04, 0x40];
  const close = 0x0b;
  const advance = (by: number[]) => [...get(at), ...by, add, ...set(at)];
  const failAtEnd = [...get(at), ...get(end), 0x4f, ...when, ...constant(-1), 0x0f, close];
  const load = [...get(at), 0xfd, 0, 0, 0, ...set(vector)];
  const loadByte = [...get(at), 0x2d, 0, 0];
  const lowered = [...get(vector), ...splat(0x20), ...or];
  const skipToMask = [
    ...[...bitmask, ...set(mask), ...get(mask), 0x45],
    ...[...when, ...advance(constant(16)), 0x0c, 1, close],
    ...advance([...get(mask), 0x68]),
  ];
  const string = [
    ...[...loop, ...failAtEnd, ...load],
    ...[...equals(get(vector), 0x22), ...equals(get(vector), 0x5c), ...or, ...skipToMask],
    ...[...loadByte, ...constant(0x5c), 0x46, ...when, ...advance(constant(2)), 0x0c, 1, close],
    ...[...advance(constant(1)), close],
  ];
  const change = [...get(byte), ...constant(4), 0x71, ...constant(1), 0x76];
  return assemble([
    ...[2, 1, 0x7b, 3, 0x7f], // locals: one vector, three integers
    ...[...constant(1), ...set(depth), ...loop, ...failAtEnd, ...load],
    ...[...equals(get(vector), 0x22), ...equals(lowered, 0x7b), ...or],
    ...[...equals(lowered, 0x7d), ...or, ...skipToMask],
    ...[...loadByte, ...set(byte), ...advance(constant(1))],
    ...[...get(byte), ...constant(0x22), 0x46, ...when, ...string, 0x0c, 1, close],
    ...[...get(depth), ...constant(1), add, ...change, 0x6b, ...set(depth)],
    ...[...get(depth), 0x0d, 0, close],
    ...[...constant(-1), ...get(at), ...get(at), ...get(end), 0x4b, 0x1b, close],
  ]);
}

const add = 0x6a;
const or = [0xfd, 80];
const bitmask = [0xfd, 100];
/** Signed LEB128 in one or two bytes. */
const constant = (value: number) =>
  value < 64 ? [0x41, value & 127] : [0x41, (value & 127) | 128, value >> 7];
const splat = (byte: number) => [0xfd, 12, ...new Array<number>(16).fill(byte)];
const equals = (from: readonly number[], byte: number) => [...from, ...splat(byte), 0xfd, 35];

/** A module that imports the memory `e.m` and exports `skip`: two integers to one. */
function assemble(code: readonly number[]): Uint8Array<ArrayBuffer> {
  const size = (value: number) => [(value & 127) | 128, value >> 7];
  const section = (id: number, content: readonly number[]) => [
    ...[id, ...size(content.length)],
    ...content,
  ];
  const text = (name: string) => [name.length, ...Buffer.from(name)];
  const i32 = 0x7f;
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 2, i32, i32, 1, i32]),
    ...section(2, [1, ...text('e'), ...text('m'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('skip'), 0, 0]),
    ...section(10, [1, ...size(code.length), ...code]),
  ]);
}

/** The same in plain JavaScript, for hosts that run without a compiler (`--jitless`). */
export function skipNestedSlowly(bytes: Uint8Array, start: number, end: number): number {
  let depth = 1;
  let at = start;
  while (at < end) {
    const byte = bytes[at++];
    if (byte === 0x22) {
      while (at < end && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
      if (at++ >= end) return -1;
    } else if (byte === 0x7b || byte === 0x5b) depth++;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at;
  }
  return -1;
}

/** What of WebAssembly is used here: Node has it, its type package does not. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { readonly skip: SkipNested } };
  readonly Memory: new (limits: { initial: number }) => {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  };
}

/** The buffer lines are read into and scanned in. `bytes` is replaced when it grows. */
export interface SkipMemory {
  readonly bytes: Buffer;
  /** Bytes that may be filled. */
  readonly capacity: number;
  readonly skipNested: SkipNested;
  /** Doubles the capacity; keeps the content. */
  grow(): void;
}

/** A scan buffer of the given capacity; plain JavaScript where there is no WebAssembly. */
export function createSkipMemory(
  capacity: number,
  wasm = (globalThis as { WebAssembly?: Wasm }).WebAssembly,
): SkipMemory {
  return wasm ? wasmMemory(capacity, wasm) : plainMemory(capacity);
}

/** Compiled once: the engine optimises a module after it has run for a while. */
let compiled: object | undefined;

function wasmMemory(wanted: number, wasm: Wasm): SkipMemory {
  const memory = new wasm.Memory({ initial: Math.ceil((wanted + slack) / page) });
  compiled ??= new wasm.Module(moduleBytes());
  const { exports } = new wasm.Instance(compiled, { e: { m: memory } });
  let bytes = Buffer.from(memory.buffer);
  return {
    get bytes() {
      return bytes;
    },
    get capacity() {
      return bytes.length - slack;
    },
    skipNested: exports.skip,
    grow() {
      memory.grow(bytes.length / page);
      bytes = Buffer.from(memory.buffer);
    },
  };
}

function plainMemory(capacity: number): SkipMemory {
  let bytes = Buffer.alloc(capacity);
  return {
    get bytes() {
      return bytes;
    },
    get capacity() {
      return bytes.length;
    },
    skipNested: (at, end) => skipNestedSlowly(bytes, at, end),
    grow() {
      const larger = Buffer.alloc(bytes.length * 2);
      bytes.copy(larger);
      bytes = larger;
    },
  };
}
