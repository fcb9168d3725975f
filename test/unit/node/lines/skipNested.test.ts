import assert from 'node:assert/strict';
import { createScanMemory, skipNestedSlowly } from '../../../../src/node/lines/scanMemory.js';
import { Random, randomJson } from './randomJson.js';

/** Runs of what decides, between bytes that must not: `;`, `_` and `\u00fb` differ in one bit only. */
const pieces = [
  '"',
  '"',
  '\\',
  '\\\\',
  '\\"',
  '{',
  '}',
  '[',
  ']',
  'a',
  ';',
  '_',
  'û',
  ' '.repeat(15),
];

describe('skipNested', () => {
  const memory = createScanMemory(1 << 14);

  function assertSame(from: number, end: number): void {
    const expected = skipNestedSlowly(memory.bytes, from, end);
    const text = memory.bytes.toString('utf8', from, end);
    assert.equal(memory.skipNested(from, end), expected, `${from} to ${end}: ${text}`);
  }

  it('agrees with the plain loop on anything, at every alignment and end', () => {
    const random = new Random(3);
    for (let round = 0; round < 3000; round++) {
      const parts = Array.from({ length: random.below(60) }, () => random.pick(pieces));
      const text = parts.join(random.pick(['', '', 'x'.repeat(random.below(40))]));
      const from = random.below(70);
      memory.bytes.fill(random.pick(['"', '}', '\\', ' ']), 0, 6000);
      const end = from + memory.bytes.write(text, from);
      for (const limit of [end, from + random.below(end - from + 1), end + 1]) {
        assertSame(from, limit);
      }
    }
  });

  it('ends after the bracket that closes a value, whatever is in it and behind it', () => {
    const random = new Random(5);
    for (let round = 0; round < 5000; round++) {
      const value = `[${randomJson(random)}]`;
      const from = random.below(70);
      const end = from + memory.bytes.write(value, from);
      memory.bytes.write(random.pick([',"a":1}\n', ']]}}\n', '"}', '\\"']), end);
      assert.equal(memory.skipNested(from + 1, end + 2), end);
      assert.equal(memory.skipNested(from + 1, end - 1), -1);
    }
  });

  it('counts any depth', () => {
    const deep = '[{"a":'.repeat(2000);
    const text = `${deep}1${'}]'.repeat(2000)}`;
    memory.grow(text.length);
    memory.bytes.write(text, 0);
    assert.equal(memory.skipNested(1, text.length), text.length);
    assert.equal(memory.skipNested(1, text.length - 1), -1);
  });
});
