import assert from 'node:assert/strict';
import { RecordScanner } from '../../../../src/io/dataset/check/recordScanner.js';
import { createScanMemory } from '../../../../src/node/lines/scanMemory.js';
import { hasLoneSurrogate } from './slowCheck.js';
import { mutate, Random, randomJson } from '../../node/lines/randomJson.js';

/** Reads lines with one scanner, so that templates of earlier lines are in play. */
function lineReader() {
  const memory = createScanMemory(1 << 16);
  const scanner = new RecordScanner(memory);
  return (line: string) => {
    const length = memory.bytes.write(line);
    memory.bytes[length] = 0x0a;
    const isLikeLast = scanner.scanLikeLast(0, length + 1) >= 0;
    const verdict = isLikeLast ? 'object' : scanner.scan(0, length);
    if (verdict !== 'object') return { verdict };
    const rawId = memory.bytes.toString('utf8', scanner.idStart - 1, scanner.idEnd + 1);
    const id = scanner.id === 'text' ? (JSON.parse(rawId) as string) : scanner.id;
    const { input, shape } = scanner;
    const isCut = scanner.loneSurrogateAt >= 0;
    let modelInput: unknown;
    if (input === 'object') {
      scanner.locateInput();
      modelInput = JSON.parse(memory.bytes.toString('utf8', scanner.inputStart, scanner.inputEnd));
    }
    return { verdict, id, input, shape, modelInput, isCut };
  };
}

/** What JSON.parse makes of the same line, in the scanner's words. */
function expected(line: string) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { verdict: 'notJson' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { verdict: 'notObject' };
  }
  const record = value as Record<string, unknown>;
  const id = record['recordId'];
  const input = record['modelInput'];
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return {
    verdict: 'object',
    id: id === undefined ? 'missing' : typeof id === 'string' && id !== '' ? id : 'other',
    input: input === undefined ? 'missing' : isObject ? 'object' : 'other',
    modelInput: isObject ? input : undefined,
    isCut: hasLoneSurrogate(line),
  };
}

function assertSame(read: ReturnType<typeof lineReader>, line: string): void {
  assert.deepEqual(
    { ...read(line), shape: undefined },
    { ...expected(line), shape: undefined },
    JSON.stringify(line),
  );
}

const record = (id: string, text: string) =>
  `{"recordId":"${id}","modelInput":{"max_tokens":5,"messages":[{"role":"user","content":"${text}"}]}}`;

describe('RecordScanner', () => {
  const lines = [
    record('a', 'hello'),
    record('b', 'a longer text of more than twenty-four bytes'),
    record('c', 'with \\"quotes\\" and \\u00e9'),
    record('', 'empty id'),
    record('d', ''),
    record('e\\u0041', 'escaped id'),
    record('f', 'text') + ' ',
    record('f', 'text') + '}',
    record('f', 'text').slice(0, -1),
    '{"recordId":"1","recordId":"2","modelInput":{}}',
    '{"modelInput":{"a":1},"modelInput":{"b":2},"recordId":"x"}',
    '{"modelInput":{},"recordId":7}',
    '{"recordId":null,"modelInput":null}',
    '{"r\\u0065cordId":"escaped name","modelInput":[]}',
    '{"modelInput":{"recordId":"inner"}}',
    '{}',
    '[]',
    '"text"',
    'null',
    '{"recordId":"a" "modelInput":{}}',
  ];

  it('reads each line as JSON.parse does, whatever line came before', () => {
    for (const before of lines) {
      for (const line of lines) {
        const read = lineReader();
        read(before);
        assertSame(read, line);
      }
    }
  });

  it('agrees with JSON.parse on 100,000 damaged records, with one scanner', function () {
    this.timeout(60_000);
    const random = new Random(3);
    const read = lineReader();
    for (let count = 0; count < 50_000; count++) {
      const text = random.pick([
        'hi',
        'x'.repeat(30),
        'caf\\u00e9',
        'é日🙂',
        '\\ud83d',
        '\\uD83D\\ude42',
        '',
      ]);
      const line = record(`id-${count}`, text + random.pick(['', '\\n', ' ']));
      assertSame(read, line);
      assertSame(read, mutate(random, line));
    }
  });

  it('agrees with JSON.parse on 50,000 random objects', function () {
    this.timeout(60_000);
    const random = new Random(5);
    const read = lineReader();
    for (let count = 0; count < 50_000; count++) {
      const extra = randomJson(random);
      const line = `{"modelInput":${randomJson(random)},"x":${extra},"recordId":${randomJson(random)}}`;
      assertSame(read, random.below(2) ? line : mutate(random, line));
    }
  });

  it('agrees with JSON.parse while templates of many sizes push each other out', function () {
    this.timeout(20_000);
    const random = new Random(17);
    const read = lineReader();
    for (let count = 0; count < 500; count++) {
      const numbers = Array.from({ length: random.pick([1, 40, 900, 9000]) }, () =>
        random.below(3),
      );
      const line = `{"recordId":"id-${count}","x":[${numbers.join()}],"modelInput":{"n":${random.below(99)},"text":"a"}}`;
      assertSame(read, line);
      assertSame(read, line.replace('id-', 'other-'));
      assertSame(read, mutate(random, line));
    }
  });

  it('gives records that differ in texts the same shape', () => {
    const read = lineReader();
    assert.equal(read(record('a', 'one')).shape, read(record('b', 'x'.repeat(99))).shape);
  });

  it('gives records that differ in a role or a number different shapes', () => {
    const read = lineReader();
    const { shape } = read(record('a', 'one'));
    assert.notEqual(read(record('a', 'one').replace('user', 'system')).shape, shape);
    assert.notEqual(read(record('a', 'one').replace(':5', ':0')).shape, shape);
  });
});
