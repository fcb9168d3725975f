import assert from 'node:assert/strict';
import { checkJson } from '../../../../src/core/json/jsonSchema.js';
import { startBody } from '../../../../src/core/models/bodies/member.js';
import { bodyOf, families } from '../../../../src/core/models/bodies/registry.js';
import { bodySchema, readyBody } from '../../../../src/core/native/readyBody.js';

describe('native bodies', () => {
  for (const family of families) {
    it(`the ready-made body of ${family} fits its own schema and our batch check`, async () => {
      const body = startBody(bodyOf(family).members);
      assert.deepEqual(await checkJson(JSON.stringify(body), bodySchema(family)), []);
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
