import assert from 'node:assert/strict';
import {
  checkModelInput,
  parseRecord,
  type RecordTarget,
} from '../../../../src/core/batch/record.js';

const claudeBody = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 5,
  messages: [{ role: 'user', content: 'hi' }],
};
const converseBody = { messages: [{ role: 'user', content: [{ text: 'hi' }] }] };

describe('parseRecord', () => {
  it('gives id and input', () => {
    assert.deepEqual(parseRecord('{"recordId":"a","modelInput":{"b":1},"c":2}').record, {
      recordId: 'a',
      modelInput: { b: 1 },
    });
  });

  const cases: [string, string | undefined][] = [
    ['{"modelInput":{}}', undefined],
    ['{', 'notJson'],
    ['3', 'notObject'],
    ['{"recordId":"a"}', 'missingModelInput'],
    ['{"recordId":"a","modelInput":[]}', 'modelInputNotObject'],
    ['{"recordId":"","modelInput":{}}', 'badRecordId'],
    ['{"recordId":5,"modelInput":{}}', 'badRecordId'],
  ];
  for (const [line, code] of cases) {
    it(`says ${code ?? 'nothing'} about ${line}`, () => {
      assert.equal(parseRecord(line).code, code);
    });
  }
});

describe('checkModelInput', () => {
  const cases: [string, object, RecordTarget, string[]][] = [
    ['a Claude body for Claude', claudeBody, { family: 'anthropic' }, []],
    [
      'a Converse request for Claude with InvokeModel',
      converseBody,
      { family: 'anthropic', invocationType: 'InvokeModel' },
      ['wrongInvocationType'],
    ],
    [
      'a Converse request for Nova with InvokeModel',
      converseBody,
      { family: 'nova', invocationType: 'InvokeModel' },
      [],
    ],
    ['a Converse request with Converse', converseBody, { invocationType: 'Converse' }, []],
    [
      'a Claude body with Converse',
      claudeBody,
      { invocationType: 'Converse' },
      ['wrongInvocationType'],
    ],
    [
      'an embedding with Converse',
      { inputText: 'a' },
      { family: 'titanEmbedText', invocationType: 'Converse' },
      ['wrongInvocationType'],
    ],
    ['anything for an unknown model', { what: 1 }, {}, []],
    [
      'tools with Converse',
      { ...converseBody, toolConfig: {} },
      { invocationType: 'Converse' },
      ['unsupportedInBatch'],
    ],
  ];
  for (const [what, body, target, codes] of cases) {
    it(`finds ${codes.join() || 'nothing'} in ${what}`, () => {
      const problems = checkModelInput(body as Record<string, unknown>, target);
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
      );
    });
  }
});
