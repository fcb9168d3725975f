import assert from 'node:assert/strict';
import { JsonScanner } from '../../../../src/node/lines/jsonScanner.js';
import { createScanMemory, skipPlainSlowly } from '../../../../src/node/lines/scanMemory.js';
import { mutate, Random, randomJson } from './randomJson.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Puts the text somewhere in the memory, between bytes that must not matter. */
function scannerFor(memory = createScanMemory(1 << 16)) {
  const scanner = new JsonScanner(memory);
  return (text: string, at = 3): number => {
    const length = Buffer.byteLength(text);
    memory.grow(at + length + 64);
    scanner.refresh();
    memory.bytes.fill('"}]', 0, at + length + 32);
    memory.bytes.write(text, at);
    memory.bytes[at + length] = 0x0a;
    const result = scanner.scanDocument(at, at + length);
    return result < 0 ? result : result - at;
  };
}

describe('JsonScanner', () => {
  const cases: [string, boolean][] = [
    ['{}', true],
    [' { } ', true],
    ['[1,2,[3]]', true],
    ['"a"', true],
    ['0', true],
    ['-0', true],
    ['1.5e+10', true],
    ['"\\u00e9\\n\\/"', true],
    ['"é🙂"', true],
    ['\r\t{}\r', true],
    ['', false],
    [' ', false],
    ['{', false],
    ['{"a"}', false],
    ['{"a":}', false],
    ['{"a":1,}', false],
    ['[1,]', false],
    ['[,1]', false],
    ['01', false],
    ['-', false],
    ['1.', false],
    ['.5', false],
    ['1e', false],
    ['+1', false],
    ['"a', false],
    ['"\\x"', false],
    ['"\\u12g4"', false],
    ['"\\u12', false],
    ['"\t"', false],
    ['"\u007f"', true],
    ['tru', false],
    ['trueX', false],
    ['nul', false],
    ['NaN', false],
    ["{'a':1}", false],
    ['{} {}', false],
    ['{]', false],
    ['[}', false],
    ['\ufeff{}', false],
    ['\u00a0{}', false],
    ['{"a":1}}', false],
  ];
  for (const [text, isValid] of cases) {
    it(`${isValid ? 'accepts' : 'refuses'} ${JSON.stringify(text)}`, () => {
      assert.equal(isJson(text), isValid, 'the table is wrong');
      assert.equal(scannerFor()(text) >= 0, isValid);
    });
  }

  it('agrees with JSON.parse on 120,000 generated and damaged texts', function () {
    this.timeout(60_000);
    const random = new Random(7);
    const scan = scannerFor();
    let valid = 0;
    for (let count = 0; count < 60_000; count++) {
      const text = randomJson(random);
      for (const candidate of [text, mutate(random, text)]) {
        const expected = isJson(candidate);
        if (expected) valid++;
        assert.equal(scan(candidate, random.below(40)) >= 0, expected, JSON.stringify(candidate));
      }
    }
    assert.ok(valid > 60_000 && valid < 110_000, `${valid} valid texts make a poor test`);
  });

  it('agrees with JSON.parse without WebAssembly', function () {
    this.timeout(20_000);
    const random = new Random(11);
    const scan = scannerFor(createScanMemory(1 << 16, null));
    for (let count = 0; count < 20_000; count++) {
      const text = mutate(random, randomJson(random));
      assert.equal(scan(text) >= 0, isJson(text), JSON.stringify(text));
    }
  });

  it('reads nesting of any depth', () => {
    const deep =
      '['.repeat(5000) + '{"a":'.repeat(5000) + '1' + '}'.repeat(5000) + ']'.repeat(5000);
    assert.ok(scannerFor()(deep) >= 0);
    assert.ok(scannerFor()(deep.slice(0, -1)) < 0);
  });

  it('gives the place of the byte that cannot be there', () => {
    assert.equal(~scannerFor()('{"a": nope}', 0), 7);
    assert.equal(~scannerFor()('{"a": 1', 0), 7);
  });
});

describe('skipPlain', () => {
  it('finds the same byte as the plain loop at every alignment and length', () => {
    const memory = createScanMemory(256);
    for (let special = 0; special < 80; special++) {
      for (const byte of [0x22, 0x5c, 0x1f, 0x00]) {
        memory.bytes.fill(0x80, 0, 200);
        memory.bytes[special] = byte;
        for (const start of [0, 1, 7, 16, 33]) {
          const expected = skipPlainSlowly(memory.bytes, start, 90);
          assert.equal(Math.min(memory.skipPlain(start, 90), 90), expected);
        }
      }
    }
  });

  it('passes over every other byte', () => {
    const memory = createScanMemory(256);
    for (let byte = 0x20; byte < 256; byte++) {
      if (byte === 0x22 || byte === 0x5c) continue;
      memory.bytes.fill(byte, 0, 64);
      assert.equal(memory.skipPlain(0, 64), 64, `byte ${byte}`);
    }
  });

  it('counts the bytes a line has in common with a piece, at every length', () => {
    for (const memory of [createScanMemory(256), createScanMemory(256, null)]) {
      memory.bytes.fill('abcdefghijklm', 0, 200);
      memory.pieces.fill('abcdefghijklm', 5, 105);
      for (let length = 0; length < 60; length++) {
        assert.ok(memory.equalBytes(13, 5, length) >= length);
        memory.pieces[5 + length] = 0x7a;
        assert.equal(memory.equalBytes(13, 5, length + 20), length);
        memory.pieces[5 + length] = memory.bytes[13 + length]!;
      }
    }
  });

  it('keeps the content when the memory grows', () => {
    for (const memory of [createScanMemory(16), createScanMemory(16, null)]) {
      memory.bytes.write('hello');
      memory.grow(1_000_000);
      assert.equal(memory.bytes.toString('utf8', 0, 5), 'hello');
      memory.bytes[900_000] = 0x22;
      memory.bytes.fill(0x61, 0, 900_000);
      assert.equal(memory.skipPlain(0, 950_000), 900_000);
    }
  });
});
