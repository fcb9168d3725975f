import { kernelBytes, pieceAreaBytes } from './scanKernel.js';

const page = 65_536;
/** The vector loops read 16 bytes at a time, so they may look past the end. */
const slack = page;

/** The loops of `scanKernel.ts`; indexes count from the start of `bytes`, and of `pieces`. */
interface ScanLoops {
  /** Index of the next `"`, `\` or byte below 0x20 at or after `at`; at least `end` where there is none. */
  readonly skipPlain: (at: number, end: number) => number;
  /**
   * From the first byte inside a `{` or `[` to the index after its closing bracket; -1 where that is
   * not before `end`. Brackets in strings do not count, nor quotes behind a backslash; nothing is checked.
   */
  readonly skipNested: (at: number, end: number) => number;
  /** Bytes that the line at `at` and the piece have in common, at least `length` where all are equal. */
  readonly equalBytes: (at: number, piece: number, length: number) => number;
}

/** The buffer lines are read into and scanned in. The buffers are replaced when it grows. */
export interface ScanMemory extends ScanLoops {
  readonly bytes: Buffer;
  /** A fixed area for what lines are compared with. */
  readonly pieces: Buffer;
  /** Makes room for this many bytes; keeps the content. */
  grow(capacity: number): void;
}

/** What of WebAssembly is used here: Node has it, its type package does not. */
interface Wasm {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: ScanLoops };
  readonly Memory: new (limits: { initial: number }) => {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  };
}

/** A scan buffer of the given capacity; in plain JavaScript where the host has no compiler. */
export function createScanMemory(
  capacity: number,
  wasm: Wasm | null | undefined = (globalThis as { WebAssembly?: Wasm }).WebAssembly,
): ScanMemory {
  return wasm ? wasmMemory(capacity, wasm) : plainMemory(capacity);
}

/** Compiled once: the engine optimises a module after it has run for a while. */
let compiled: object | undefined;

function wasmMemory(capacity: number, wasm: Wasm): ScanMemory {
  const pages = (bytes: number) => Math.ceil((pieceAreaBytes + bytes + slack) / page);
  const memory = new wasm.Memory({ initial: pages(capacity) });
  compiled ??= new wasm.Module(kernelBytes());
  const { exports } = new wasm.Instance(compiled, { e: { m: memory } });
  let bytes = Buffer.from(memory.buffer, pieceAreaBytes);
  let pieces = Buffer.from(memory.buffer, 0, pieceAreaBytes);
  return {
    get bytes() {
      return bytes;
    },
    get pieces() {
      return pieces;
    },
    skipPlain: exports.skipPlain,
    skipNested: exports.skipNested,
    equalBytes: exports.equalBytes,
    grow(wanted) {
      const missing = pages(wanted) - memory.buffer.byteLength / page;
      if (missing <= 0) return;
      memory.grow(missing);
      bytes = Buffer.from(memory.buffer, pieceAreaBytes);
      pieces = Buffer.from(memory.buffer, 0, pieceAreaBytes);
    },
  };
}

function plainMemory(capacity: number): ScanMemory {
  let bytes = Buffer.alloc(capacity + slack);
  const pieces = Buffer.alloc(pieceAreaBytes);
  return {
    get bytes() {
      return bytes;
    },
    pieces,
    skipPlain: (at, end) => skipPlainSlowly(bytes, at, end),
    skipNested: (at, end) => skipNestedSlowly(bytes, at, end),
    equalBytes(at, piece, length) {
      let count = 0;
      while (count < length && bytes[at + count] === pieces[piece + count]) count++;
      return count;
    },
    grow(wanted) {
      if (bytes.length >= wanted + slack) return;
      const larger = Buffer.alloc(wanted + slack);
      bytes.copy(larger);
      bytes = larger;
    },
  };
}

/** `skipPlain` byte by byte: the fallback, and what the fast one is tested against. */
export function skipPlainSlowly(bytes: Uint8Array, at: number, end: number): number {
  let here = at;
  while (here < end) {
    const byte = bytes[here] as number;
    if (byte === 0x22 || byte === 0x5c || byte < 0x20) return here;
    here++;
  }
  return end;
}

/** `skipNested` byte by byte, as above. */
export function skipNestedSlowly(bytes: Uint8Array, start: number, end: number): number {
  let depth = 1;
  let isInString = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === 0x5c) {
      const next = bytes[at + 1];
      if (next === 0x22 || next === 0x5c) at++;
    } else if (byte === 0x22) isInString = !isInString;
    else if (!isInString && (byte === 0x7b || byte === 0x5b)) depth++;
    else if (!isInString && (byte === 0x7d || byte === 0x5d) && --depth === 0) return at + 1;
  }
  return -1;
}
