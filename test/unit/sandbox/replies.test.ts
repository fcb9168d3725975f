import assert from 'node:assert/strict';
import { familyOf } from '../../../src/core/models/families.js';
import { checkHost } from '../../../src/sandbox/http/host.js';
import { catalogue, destinations, resolveModel } from '../../../src/sandbox/models/catalogue.js';
import { userTurn, type ChatRequest } from '../../../src/sandbox/runtime/chat.js';
import { fillSchema } from '../../../src/sandbox/runtime/fillSchema.js';
import { seededRandom, shuffle } from '../../../src/sandbox/runtime/random.js';
import { countTokens, cutTokens, streamPieces } from '../../../src/sandbox/runtime/tokens.js';
import { replyTo } from '../../../src/sandbox/runtime/writer.js';

const aRequest = (change: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'amazon.nova-lite-v1:0',
  system: '',
  turns: [userTurn('Why is the sea salty?')],
  maxTokens: 1000,
  stop: [],
  tools: [],
  reasons: false,
  ...change,
});

describe('tokens', () => {
  const texts = [
    '',
    'a',
    'Hello, world!',
    'line\nbreak  and\tspace ',
    '漢字と😀',
    'averyverylongwordwithoutspaces',
  ];
  for (const text of texts) {
    it(`of ${JSON.stringify(text)} join to it again, streamed or cut`, () => {
      assert.equal(streamPieces(text).join(''), text);
      for (let limit = 0; limit <= countTokens(text); limit++) {
        const cut = cutTokens(text, limit);
        assert.ok(text.startsWith(cut));
        assert.equal(countTokens(cut), limit);
      }
    });
  }
});

describe('the writer of the sandbox', () => {
  it('varies with the prompt and repeats itself for the same one', () => {
    const texts = Array.from(
      { length: 50 },
      (_, at) => replyTo(aRequest({ turns: [userTurn(`question ${at}`)] })).text,
    );
    assert.deepEqual(texts[7], replyTo(aRequest({ turns: [userTurn('question 7')] })).text);
    const openings = new Set(texts.map((text) => text.split(' “')[0]));
    assert.ok(openings.size > 3, [...openings].join('; '));
  });

  it('counts what it wrote', () => {
    const reply = replyTo(aRequest());
    assert.equal(reply.outputTokens, countTokens(reply.text));
    const cut = replyTo(aRequest({ maxTokens: 4 }));
    assert.deepEqual([cut.stop, cut.outputTokens], ['length', 4]);
  });

  it('leaves the tools alone where it is told to, and takes the one it is told to take', () => {
    const tools = [
      { name: 'a', schema: {} },
      { name: 'b', schema: {} },
    ];
    assert.equal(replyTo(aRequest({ tools, toolChoice: 'none' })).tool, undefined);
    assert.equal(replyTo(aRequest({ tools, toolChoice: 'b' })).tool?.name, 'b');
    assert.equal(replyTo(aRequest({ tools })).tool?.name, 'a');
  });
});

describe('a value for a JSON Schema', () => {
  const fill = (schema: object) => fillSchema(schema, 'a prompt with words', seededRandom(1));
  it('fits its types, enums and bounds', () => {
    assert.equal(fill({ const: 5 }), 5);
    assert.ok(['x', 'y'].includes(fill({ enum: ['x', 'y'] }) as string));
    const number = fill({ type: 'integer', minimum: 3, maximum: 4 }) as number;
    assert.ok(Number.isInteger(number) && number >= 3 && number <= 4);
    assert.equal(
      (fill({ type: 'array', minItems: 2, items: { type: 'boolean' } }) as unknown[]).length,
      2,
    );
    assert.equal((fill({ type: 'string', minLength: 40 }) as string).length, 40);
    assert.equal(fill({ type: ['null', 'string'] }), null);
  });

  it('ends where a schema has no end', () => {
    const endless: Record<string, unknown> = { type: 'object' };
    endless['properties'] = { again: endless };
    assert.ok(fill(endless));
  });
});

describe('the shuffle', () => {
  it('keeps every item and is the same for the same seed', () => {
    const items = Array.from({ length: 100 }, (_, at) => at);
    const once = shuffle([...items], seededRandom(9));
    assert.deepEqual(once, shuffle([...items], seededRandom(9)));
    assert.notDeepEqual(once, items);
    assert.deepEqual(
      [...once].sort((a, b) => a - b),
      items,
    );
  });
});

describe('the Host check', () => {
  for (const [host, expected] of [
    ['127.0.0.1:80', {}],
    ['localhost:80', {}],
    ['LOCALHOST:80', {}],
    ['localhost', {}],
    ['my-bucket.localhost:80', { bucket: 'my-bucket' }],
    ['a.b.localhost:80', { bucket: 'a.b' }],
    ['127.0.0.1:81', undefined],
    ['[::1]:80', undefined],
    ['evil.example:80', undefined],
    ['localhost.evil.example:80', undefined],
    ['', undefined],
  ] as const) {
    it(`${expected === undefined ? 'refuses' : 'takes'} "${host}"`, () => {
      assert.deepEqual(checkHost(host, 80), expected);
    });
  }
});

describe('the model catalogue', () => {
  it('has no id twice and knows the family of each', () => {
    assert.equal(new Set(catalogue.map(({ id }) => id)).size, catalogue.length);
    for (const { id } of catalogue) assert.ok(familyOf(id), id);
    assert.ok(new Set(catalogue.map(({ provider }) => provider)).size >= 10);
  });

  it('reaches every model by its id or by a profile of its geography', () => {
    for (const { id, onDemand, profiles } of catalogue) {
      assert.ok(onDemand || profiles.length > 0, id);
      if (onDemand) assert.equal(resolveModel(id, 'us-east-1').id, id);
      for (const geography of profiles) {
        const region = destinations[geography][0]!;
        assert.equal(resolveModel(`${geography}.${id}`, region).id, id);
      }
    }
  });

  it('marks the models AWS has retired', () => {
    for (const id of [
      'amazon.titan-text-express-v1',
      'ai21.j2-mid-v1',
      'cohere.command-text-v14',
    ]) {
      const model = catalogue.find((at) => at.id === id)!;
      assert.ok(model.legacy !== undefined && Date.parse(model.ended!) < Date.now());
    }
  });
});
