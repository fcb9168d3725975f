import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/converse/types.js';
import { checkStructuredAnswer } from '../../../../src/core/converse/structuredAnswer.js';
import { checkJson, completeJson, describeJson } from '../../../../src/core/json/jsonSchema.js';
import { bodySchema } from '../../../../src/core/native/readyBody.js';
import { cpuTimeOf } from '../../../support/cpuTime.js';

const cohere = bodySchema('cohereCommand');
const nova = bodySchema('nova');

/** The text with `|` taken out, and where it stood. */
const cursor = (marked: string) =>
  [marked.replace('|', ''), marked.indexOf('|')] as const satisfies readonly [string, number];

/** What the text is once the named suggestion was taken; what is selected stands between `|`. */
async function taken(marked: string, label: string, schema: JsonObject): Promise<string> {
  const [text, offset] = cursor(marked);
  const found = await completeJson(text, offset, schema);
  const chosen = found.find((each) => each.label === label);
  assert.ok(chosen, `no ${label} among ${found.map((each) => each.label).join()}`);
  const { insert, selection, start, end } = chosen;
  const [from, to] = selection;
  const selected = `${insert.slice(0, from)}|${insert.slice(from, to)}|${insert.slice(to)}`;
  return `${text.slice(0, start)}${selected}${text.slice(end)}`;
}

async function labels(marked: string, schema: JsonObject): Promise<string[]> {
  const [text, offset] = cursor(marked);
  return (await completeJson(text, offset, schema)).map(({ label }) => label);
}

describe('JSON with a schema', () => {
  it('marks a value out of range where it stands', async () => {
    const text = '{\n  "prompt": "x",\n  "temperature": 7\n}';
    const [found] = await checkJson(text, cohere);
    assert.equal(text.slice(found?.start, found?.end), '7');
    assert.equal(found?.message, 'temperature: Value is above the maximum of 5.');
    assert.equal(found.severity, 'warning');
  });

  it('marks a missing member at the object that lacks it', async () => {
    assert.deepEqual(await checkJson(' {"k": 1}', cohere), [
      { start: 1, end: 2, message: 'Missing property "prompt".', severity: 'warning' },
    ]);
  });

  it('names the place as people do', async () => {
    const schema = { properties: { 'a b': { items: { type: 'string' } } } };
    const [found] = await checkJson('{"a b": ["x", 1]}', schema);
    assert.match(found?.message ?? '', /^\["a b"\]\[1\]: /);
  });

  for (const text of ['{"prompt": }', '{"prompt": "x"', '{"a" 1}', '{"a":1}}', '{"a":1,}', '//']) {
    it(`marks ${text} as an error within the text`, async () => {
      const found = (await checkJson(text, cohere)).find(({ severity }) => severity === 'error');
      assert.ok(found, 'an error');
      assert.ok(found.start >= 0 && found.start <= text.length && found.end >= found.start);
    });
  }

  it('offers members that are not there yet', async () => {
    const found = await labels('{"prompt": "x", |}', cohere);
    assert.ok(found.includes('max_tokens') && !found.includes('prompt'));
  });

  it('replaces a half-written name and puts the cursor where its value goes', async () => {
    assert.equal(await taken('{"temp|"}', 'prompt', cohere), '{"prompt": "||"}');
    assert.match(
      await taken('{"stop_s|\n}', 'stop_sequences', cohere),
      /"stop_sequences": \[\|\|\]/,
    );
    assert.match(await taken('{"te|}', 'temperature', cohere), /^\{"temperature": \|0\|/);
  });

  it('offers the values of a choice', async () => {
    assert.deepEqual(await labels('{"truncate": "N|"}', cohere), ['NONE', 'START', 'END']);
  });

  it('offers members of nested objects and of list items', async () => {
    assert.ok((await labels('{"inferenceConfig": {|}}', nova)).includes('topK'));
    assert.deepEqual(await labels('{"messages": [{|}]}', nova), ['role', 'content']);
  });

  it('tells what a member means and its range', async () => {
    for (const marked of ['{"temper|ature": 1}', '{"temperature": 0.5|}']) {
      const [text, offset] = cursor(marked);
      const about = await describeJson(text, offset, cohere);
      assert.equal(about, 'How much chance there is in the answer. (0 … 5)', marked);
    }
  });

  it('ends with half a text, and with a schema that only refers to itself', async () => {
    const whole = '{"a": [1, {"b": "c\\"d"}, true], "e": {"f": null}}';
    for (let cut = 0; cut <= whole.length; cut++) {
      await checkJson(whole.slice(0, cut), cohere);
      await completeJson(whole.slice(0, cut), cut, cohere);
      await describeJson(whole.slice(cut), 1, cohere);
    }
    await checkJson('1', { $ref: '#' });
  });

  it('with thousands of wrong items is told the first hundred, in a moment', async () => {
    const schema: JsonObject = { type: 'array', items: { type: 'string' } };
    const took = await cpuTimeOf(async () => {
      const found = await checkJson(JSON.stringify(Array(10_000).fill(1)), schema);
      assert.equal(found.length, 100);
    });
    assert.ok(took < 2000, `${took} ms`);
  });
});

describe('a structured answer', () => {
  const schema = '{"properties":{"items":{"items":{"required":["price"]}}}}';

  it('that follows its schema has no finding', async () => {
    assert.deepEqual(await checkStructuredAnswer(' {"items":[{"price":1}]}\n', schema), []);
  });

  it('that misses it names the place', async () => {
    assert.deepEqual(await checkStructuredAnswer('{"items":[{"price":1},{}]}', schema), [
      'items[1]: Missing property "price".',
    ]);
  });

  it('that is not JSON says so, as does a schema that is none', async () => {
    assert.match((await checkStructuredAnswer('Sure!', '{}')).join(), /^The answer is not JSON: /);
    assert.match((await checkStructuredAnswer('{}', '{"a"')).join(), /^The schema is not JSON: /);
  });
});
