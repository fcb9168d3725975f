import assert from 'node:assert/strict';
import { parseOutputLine } from '../../../../src/core/results/outputLine.js';
import { hashId, lineStatus, ResultScanner } from '../../../../src/io/results/scan.js';
import type { Hash } from '../../../../src/node/lines/hash.js';
import { createScanMemory, skipNestedSlowly } from '../../../../src/node/lines/scanMemory.js';

const memory = createScanMemory(1 << 16);
const scanner = new ResultScanner(memory);

interface ScannedLine {
  readonly hash: Hash;
  readonly status: number;
  readonly errorCode: number;
}

function scanned(line: string): ScannedLine {
  const end = 3 + memory.bytes.write(`${line}\n`, 3) - 1;
  scanner.scan(3, end);
  const { hash, status, errorCode } = scanner;
  return { hash: { ...hash }, status, errorCode };
}

function hashOf(id: string): Hash {
  const hash = { low: 0, high: 0 };
  hashId(id, hash);
  return hash;
}

/** What JSON.parse leads to. */
function expected(line: string): ScannedLine {
  const { recordId, status, errorCode } = parseOutputLine(line);
  return { hash: hashOf(recordId), status: lineStatus[status], errorCode: errorCode ?? -1 };
}

/** A small deterministic random source. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const words = [
  'modelOutput',
  'error',
  'recordId',
  'modelInput',
  'errorCode',
  '"modelOutput":{',
  '\\',
  '\\"',
  '{[',
  ']}',
  'é',
  '漢字',
  '\u0000',
  '\n',
  ' ',
  'a plain text that is longer than one vector of sixteen bytes, "quoted", \\ and more',
];

function anyValue(next: () => number, depth: number): unknown {
  const pick = Math.floor(next() * (depth > 3 ? 6 : 9));
  const word = () => words[Math.floor(next() * words.length)] ?? '';
  if (pick === 0) return null;
  if (pick === 1) return next() < 0.5;
  if (pick === 2) return Math.floor(next() * 1e6) / 100;
  if (pick < 6) return word() + word();
  const size = Math.floor(next() * 4);
  if (pick === 6) return Array.from({ length: size }, () => anyValue(next, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [word(), anyValue(next, depth + 1)]),
  );
}

function anyLine(next: () => number): string {
  const members: string[] = [];
  for (let count = Math.floor(next() * 6); count >= 0; count--) {
    const key = words[Math.floor(next() * 6)] ?? 'other';
    const value =
      key === 'error' && next() < 0.5
        ? { errorCode: Math.floor(next() * 600), errorMessage: 'no' }
        : anyValue(next, 0);
    members.push(`${JSON.stringify(key)}${next() < 0.2 ? ' : ' : ':'}${JSON.stringify(value)}`);
  }
  return `{${members.join(next() < 0.2 ? ' ,\t' : ',')}}${next() < 0.1 ? '\r' : ''}`;
}

const lines: readonly [string, string][] = [
  ['a success', '{"recordId":"a","modelInput":{"x":"y"},"modelOutput":{"text":"z"}}'],
  ['another member order', '{"modelInput":{},"modelOutput":{"t":"}"},"recordId":"a"}'],
  ['an error', '{"recordId":"a","modelInput":{},"error":{"errorCode":429,"errorMessage":"slow"}}'],
  ['an error without a code', '{"recordId":"a","error":{"errorMessage":"?"}}'],
  ['an error that is text', '{"recordId":"a","error":"boom"}'],
  ['an error code beyond 16 bits', '{"recordId":"a","error":{"errorCode":400000}}'],
  ['neither output nor error', '{"recordId":"a","modelInput":{"modelOutput":1,"error":2}}'],
  ['a null error beside an output', '{"recordId":"a","error":null,"modelOutput":{"a":1}}'],
  ['a null output', '{"recordId":"a","modelOutput":null}'],
  ['an output that is a number', '{"recordId":"a","modelOutput":3}'],
  ['both', '{"recordId":"a","modelOutput":{"a":1},"error":{"errorCode":400}}'],
  ['members given twice', '{"recordId":"a","recordId":"b","modelOutput":null,"modelOutput":{}}'],
  ['an escaped member name', '{"recordId":"a","\\u0065rror":{"errorCode":500}}'],
  ['an escaped id', '{"recordId":"caf\\u00e9 \\"1\\"","modelOutput":{}}'],
  ['an id beyond ASCII', '{"recordId":"café 漢字","modelOutput":{}}'],
  ['a numeric id', '{"recordId":17,"modelOutput":{}}'],
  ['no id', '{"modelOutput":{}}'],
  ['an empty id', '{"recordId":"","modelOutput":{}}'],
  ['white space', ' { "recordId" : "a" , "modelOutput" : { "a" : [ ] } } \r'],
  ['an empty object', '{}'],
  ['an array', '[{"recordId":"a"}]'],
  ['a cut line', '{"recordId":"a","modelOutput":{"text":"half'],
  ['no JSON', "{'recordId': 'a'}"],
  ['text after the object', '{"recordId":"a"} x}'],
  ['a trailing comma', '{"recordId":"a",}'],
];

describe('the scanner of output lines', () => {
  for (const [what, line] of lines) {
    it(`reads ${what} as JSON.parse does`, () => {
      assert.deepEqual(scanned(line), expected(line));
    });
  }

  it('agrees with JSON.parse on 20,000 generated lines', () => {
    const next = random(7);
    for (let count = 0; count < 20_000; count++) {
      const line = anyLine(next);
      assert.deepEqual(scanned(line), expected(line), line);
    }
  });

  it('skips nested values alike with and without WebAssembly', () => {
    const next = random(11);
    const plain = createScanMemory(1 << 16, null);
    for (let count = 0; count < 5000; count++) {
      const text = JSON.stringify([anyValue(next, 0), anyValue(next, 0)]);
      const end = memory.bytes.write(`${text}]]]"`, 0) - 4;
      memory.bytes.copy(plain.bytes, 0, 0, end + 4);
      const cut = Math.floor(next() * end) + 1;
      for (const limit of [end, cut]) {
        const fast = memory.skipNested(1, limit);
        assert.equal(fast, limit === end ? end : -1, text);
        assert.equal(skipNestedSlowly(plain.bytes, 1, limit), fast, text);
      }
    }
  });
});

describe('the scanner of input lines', () => {
  it('finds the id whether it comes first or not', () => {
    const first = scanned('{"recordId":"a-1","modelInput":{"recordId":"b"}}');
    const last = scanned('{"modelInput":{"recordId":"b"},"recordId":"a-1"}');
    for (const { hash } of [first, last]) assert.deepEqual(hash, hashOf('a-1'));
  });
});
