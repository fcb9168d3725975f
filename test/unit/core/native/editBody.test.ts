import assert from 'node:assert/strict';
import { checkSchema } from '../../../../src/core/converse/checkSchema.js';
import type { JsonValue } from '../../../../src/core/converse/types.js';
import type { Family } from '../../../../src/core/models/families.js';
import { bodyOf } from '../../../../src/core/models/bodies/registry.js';
import { nativeBodies } from '../../../../src/core/native/bodies.js';
import {
  checkBodyText,
  completeBodyText,
  describeBodyText,
} from '../../../../src/core/native/editBody.js';
import { startBody } from '../../../../src/core/native/member.js';
import { bodySchema, readyBody } from '../../../../src/core/native/readyBody.js';
import { readJsonTree } from '../../../../src/core/native/jsonTree.js';

const families = Object.keys(nativeBodies) as Family[];
const cohere = bodySchema('cohereCommand');
/** The text with `|` taken out, and where it stood. */
const cursor = (marked: string) => ({ text: marked.replace('|', ''), at: marked.indexOf('|') });

describe('native bodies', () => {
  for (const family of families) {
    it(`the ready-made body of ${family} fits its own schema and our batch check`, () => {
      const body = startBody(nativeBodies[family]);
      assert.deepEqual(checkSchema(body, bodySchema(family)), []);
      assert.deepEqual(bodyOf(family).checkBody(body), []);
    });
  }

  it('the one of Command is the well-known example', () => {
    const ready = readyBody('cohere.command-text-v14');
    const { temperature, max_tokens } = JSON.parse(ready.body) as Record<string, unknown>;
    assert.deepEqual([temperature, max_tokens, ready.accept], [0.9, 400, '*/*']);
  });

  it('a model of no known family starts with an empty object', () => {
    assert.equal(readyBody('arn:aws:bedrock:us-east-1:1:imported-model/abc').body, '{}');
  });
});

describe('native body editor', () => {
  it('marks a value out of range where it stands', () => {
    const text = '{\n  "prompt": "x",\n  "temperature": 7\n}';
    const [found] = checkBodyText(text, cohere);
    assert.equal(text.slice(found?.start, found?.end), '7');
    assert.match(found?.message ?? '', /temperature should be at most 5/);
  });

  it('marks a missing member at the object that lacks it', () => {
    assert.deepEqual(checkBodyText(' {"k": 1}', cohere), [
      {
        start: 1,
        end: 2,
        message: 'The body has no "prompt", which is required.',
        severity: 'warning',
      },
    ]);
  });

  it('marks broken JSON as an error within the text', () => {
    for (const text of ['{"prompt": }', '{"prompt": "x"', '', '{"a" 1}', '{"a":1}}']) {
      const [found] = checkBodyText(text, cohere);
      assert.equal(found?.severity, 'error', text);
      assert.ok(found.start >= 0 && found.start <= text.length && found.end > found.start, text);
    }
  });

  it('offers members that are not there yet', () => {
    const { text, at } = cursor('{"prompt": "x", |}');
    const labels = completeBodyText(text, at, cohere).map(({ label }) => label);
    assert.ok(labels.includes('max_tokens') && !labels.includes('prompt'));
  });

  it('replaces the half-written name, quotes included', () => {
    const { text, at } = cursor('{"temp|"}');
    const found = completeBodyText(text, at, cohere).find(({ label }) => label === 'temperature');
    assert.ok(found);
    const after = text.slice(0, found.start) + found.insert + text.slice(found.end);
    assert.equal(after, '{"temperature": }');
  });

  it('offers the values of a choice', () => {
    const { text, at } = cursor('{"truncate": "N|"}');
    const labels = completeBodyText(text, at, cohere).map(({ label }) => label);
    assert.deepEqual(labels, ['NONE', 'START', 'END']);
  });

  it('offers members of nested objects and of list items', () => {
    const nova = bodySchema('nova');
    const inner = cursor('{"inferenceConfig": {|}}');
    assert.ok(completeBodyText(inner.text, inner.at, nova).some(({ label }) => label === 'topK'));
    const item = cursor('{"messages": [{|}]}');
    assert.deepEqual(
      completeBodyText(item.text, item.at, nova).map(({ label }) => label),
      ['role', 'content'],
    );
  });

  it('tells what a member means and its range', () => {
    const { text, at } = cursor('{"temper|ature": 1}');
    const found = describeBodyText(text, at, cohere);
    assert.equal(text.slice(found?.start, found?.end), '"temperature"');
    assert.match(found?.text ?? '', /chance.*0 … 5/);
  });

  it('reads any text without an error and ends', () => {
    const whole = '{"a": [1, {"b": "c\\"d"}, true], "e": {"f": null}}';
    for (let cut = 0; cut <= whole.length; cut++) {
      readJsonTree(whole.slice(0, cut));
      readJsonTree(whole.slice(cut));
      for (const schema of [cohere as JsonValue]) {
        completeBodyText(whole.slice(0, cut), cut, schema);
        describeBodyText(whole.slice(cut), 1, schema);
      }
    }
    readJsonTree('['.repeat(100_000));
    readJsonTree('{"a":'.repeat(10_000));
  });
});
