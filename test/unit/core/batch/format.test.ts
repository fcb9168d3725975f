import assert from 'node:assert/strict';
import { detectFormat, targetOf } from '../../../../src/core/batch/format.js';

describe('detectFormat', () => {
  const cases: [string, string[], string, string][] = [
    ['nothing', [], '.jsonl', 'empty'],
    ['blank lines', ['', '  '], '.jsonl', 'empty'],
    ['records', ['{"recordId":"1","modelInput":{}}'], '.jsonl', 'bedrock'],
    ['records without ids', ['{"modelInput":{}}'], '.json', 'bedrock'],
    ['a broken line before records', ['{"x', '{"modelInput":{}}'], '.jsonl', 'bedrock'],
    ['only broken records', ['{"recordId":"1","modelInput":{'], '.jsonl', 'bedrock'],
    ['records in a file called CSV', ['{"modelInput":{}}'], '.csv', 'bedrock'],
    [
      'OpenAI requests',
      ['{"custom_id":"1","method":"POST","url":"/v1","body":{}}'],
      '.jsonl',
      'openai-batch',
    ],
    [
      'Anthropic requests',
      ['{"custom_id":"1","params":{"max_tokens":1}}'],
      '.jsonl',
      'anthropic-batch',
    ],
    [
      'broken Anthropic requests',
      ['{"custom_id":"1","params":{"max_tokens":1}'],
      '.jsonl',
      'anthropic-batch',
    ],
    ['rows with an id of that name', ['{"custom_id":"1","params":"x"}'], '.jsonl', 'rows'],
    ['rows', ['{"question":"x"}'], '.jsonl', 'rows'],
    ['a CSV file', ['a,b', '1,2'], '.csv', 'csv'],
    ['tab-separated text', ['a\tb', '1\t2'], '.txt', 'csv'],
    ['prose', ['Dear reader', 'hello'], '.txt', 'unknown'],
    ['a list', ['[1, 2]'], '.jsonl', 'json-array'],
  ];
  for (const [what, lines, extension, format] of cases) {
    it(`sees ${what} as ${format}`, () => {
      assert.equal(detectFormat(lines, extension), format);
    });
  }
});

describe('targetOf', () => {
  const claude = '{"modelInput":{"anthropic_version":"bedrock-2023-05-31"}}';
  const converse = '{"modelInput":{"messages":[{"role":"user","content":[{"text":"a"}]}]}}';
  const chat = '{"modelInput":{"messages":[{"role":"user","content":"a"}]}}';

  it('takes family and type from the first record that tells', () => {
    assert.deepEqual(targetOf(['{', claude], {}), {
      family: 'anthropic',
      invocationType: 'InvokeModel',
    });
  });

  it('sees Converse requests, whatever chat model they are for', () => {
    const modelId = 'us.anthropic.claude-sonnet-4-6';
    assert.deepEqual(targetOf([converse], {}), { invocationType: 'Converse' });
    assert.deepEqual(targetOf([converse], { modelId }), { invocationType: 'Converse' });
  });

  it('takes the Converse shape for Nova as its own body', () => {
    const target = targetOf([converse], { modelId: 'us.amazon.nova-lite-v1:0' });
    assert.deepEqual(target, { family: 'nova', invocationType: 'InvokeModel' });
  });

  it('believes the caller before the records', () => {
    const target = targetOf([claude], { modelId: 'meta.llama3-1', invocationType: 'InvokeModel' });
    assert.deepEqual(target, { family: 'llama', invocationType: 'InvokeModel' });
  });

  it('claims nothing where several families share the shape', () => {
    assert.deepEqual(targetOf([chat], {}), {});
  });
});
