import { parseOutputLine } from '../../core/results/outputLine.js';
import type { SkipMemory } from './memory.js';

/** What a line is, as stored in one byte a row. */
export const lineStatus = { success: 0, error: 1, missing: 2 } as const;

/** What the scanner found in a line; one object is reused for a whole file. */
export interface ScannedLine {
  /** One of `lineStatus`. */
  status: number;
  /** -1 where there is none. */
  errorCode: number;
  /** Two independent 32-bit hashes of the record id's UTF-8 bytes; both 0 where it has none. */
  hashLow: number;
  hashHigh: number;
}

const quote = 0x22;
const backslash = 0x5c;
/** Strings longer than this are skipped by the runtime's own search, which costs about 100 ns a call. */
const nativeFrom = 24;

/**
 * Finds `recordId`, `modelOutput` and `error` at the top level of the JSON object in
 * `bytes[start, end)` without building it. The answer is the one JSON.parse would lead to for every
 * line that is valid JSON; whatever does not look like `{"key":value,…}` is given to JSON.parse.
 */
export function scanOutputLine(
  memory: SkipMemory,
  start: number,
  end: number,
  out: ScannedLine,
): void {
  out.status = lineStatus.missing;
  out.errorCode = -1;
  out.hashLow = 0;
  out.hashHigh = 0;
  if (scanMembers(memory, start, end, out)) return;
  parseSlowly(memory.bytes.toString('utf8', start, end), out);
}

/**
 * Finds the record id of an input line. Stops at the first member where that is the id: the dataset
 * check has parsed the file before, and what follows is the bulk of the bytes.
 */
export function scanInputLine(
  memory: SkipMemory,
  start: number,
  end: number,
  out: ScannedLine,
): void {
  const { bytes } = memory;
  const value = start + inputPrefix.length;
  if (value < end && isKey(bytes, start, inputPrefix) && bytes[value] === quote) {
    const close = skipString(bytes, value, end);
    if (close > 0 && hashRecordId(bytes, value, close, out)) return;
  }
  scanOutputLine(memory, start, end, out);
}

const inputPrefix = Buffer.from('{"recordId":');

/** True where every member was understood. */
function scanMembers(memory: SkipMemory, start: number, end: number, out: ScannedLine): boolean {
  const { bytes } = memory;
  let at = start;
  let last = end - 1;
  while (last > at && isSpace(bytes[last])) last--;
  if (bytes[at] !== 0x7b || bytes[last] !== 0x7d) return false;
  let hasOutput = false;
  let errorAt = -1;
  let errorEnd = -1;
  at++;
  for (;;) {
    while (bytes[at] === 0x20) at++;
    if (bytes[at] !== quote) return false;
    const key = at + 1;
    at = key;
    for (let byte = bytes[at]; byte !== quote; byte = bytes[++at]) {
      if (byte === backslash || at >= last) return false;
    }
    const keyLength = at - key;
    at++;
    while (bytes[at] === 0x20) at++;
    if (bytes[at] !== 0x3a) return false;
    at++;
    while (bytes[at] === 0x20) at++;
    const value = at;
    at = skipValue(memory, value, last);
    if (at < 0) return false;
    if (keyLength === 8 && isKey(bytes, key, recordIdKey)) {
      if (!hashRecordId(bytes, value, at, out)) return false;
    } else if (keyLength === 11 && isKey(bytes, key, modelOutputKey)) {
      hasOutput = bytes[value] !== 0x6e;
    } else if (keyLength === 5 && isKey(bytes, key, errorKey)) {
      errorAt = bytes[value] === 0x6e ? -1 : value;
      errorEnd = at;
    }
    while (bytes[at] === 0x20) at++;
    if (at === last) break;
    if (bytes[at] !== 0x2c) return false;
    at++;
  }
  if (errorAt >= 0) {
    out.status = lineStatus.error;
    out.errorCode = readErrorCode(bytes.toString('utf8', errorAt, errorEnd));
  } else if (hasOutput) out.status = lineStatus.success;
  return true;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0d || byte === 0x09;
}

const recordIdKey = Buffer.from('recordId');
const modelOutputKey = Buffer.from('modelOutput');
const errorKey = Buffer.from('error');

function isKey(bytes: Buffer, at: number, key: Buffer): boolean {
  for (let index = 0; index < key.length; index++) {
    if (bytes[at + index] !== key[index]) return false;
  }
  return true;
}

/** The offset after the value, or -1 where it does not end before `last`. */
function skipValue(memory: SkipMemory, start: number, last: number): number {
  const { bytes } = memory;
  const first = bytes[start];
  if (first === quote) return skipString(bytes, start, last);
  if (first === 0x7b || first === 0x5b) return memory.skipNested(start + 1, last);
  let at = start;
  for (let byte = first; at < last && byte !== 0x2c && byte !== 0x20; byte = bytes[++at]);
  return at > start ? at : -1;
}

/** The offset after the closing quote of the string that opens at `start`, or -1. */
function skipString(bytes: Buffer, start: number, last: number): number {
  let at = start + 1;
  for (;;) {
    const near = Math.min(at + nativeFrom, last);
    while (at < near) {
      const byte = bytes[at] as number;
      if (byte === quote) return at + 1;
      at += byte === backslash ? 2 : 1;
    }
    if (at >= last) return -1;
    const found = bytes.indexOf(quote, at);
    if (found < 0 || found >= last) return -1;
    let escapes = 0;
    while (found - 1 - escapes >= at && bytes[found - 1 - escapes] === backslash) escapes++;
    if ((escapes & 1) === 0) return found + 1;
    at = found + 1;
  }
}

/** False where the id must be decoded first: no string, or one with escapes. */
function hashRecordId(bytes: Buffer, start: number, end: number, out: ScannedLine): boolean {
  if (bytes[start] !== quote) return false;
  const close = end - 1;
  for (let at = start + 1; at < close; at++) if (bytes[at] === backslash) return false;
  hashBytes(bytes, start + 1, close, out);
  return true;
}

/** FNV-1a and a second, independent multiplicative hash. */
function hashBytes(bytes: Uint8Array, start: number, end: number, out: ScannedLine): void {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high + byte, 0x85ebca6b);
    high ^= high >>> 15;
  }
  if (end === start) low = high = 0;
  out.hashLow = low;
  out.hashHigh = high;
}

/** Hashes an id the way the scanner does. */
export function hashText(text: string, out: ScannedLine): void {
  const bytes = Buffer.from(text, 'utf8');
  hashBytes(bytes, 0, bytes.length, out);
}

/** Code of the error that was read last: a job's errors are mostly alike. */
let lastError = { json: '', code: -1 };

function readErrorCode(json: string): number {
  if (json !== lastError.json) {
    // The line was scanned, not parsed: through the one reader of errors, which never throws.
    lastError = { json, code: parseOutputLine(`{"error":${json}}`).errorCode ?? -1 };
  }
  return lastError.code;
}

function parseSlowly(text: string, out: ScannedLine): void {
  const line = parseOutputLine(text);
  out.status = lineStatus[line.status];
  out.errorCode = line.errorCode ?? -1;
  hashText(line.recordId, out);
}
