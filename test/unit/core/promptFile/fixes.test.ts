import assert from 'node:assert/strict';
import { addVariable } from '../../../../src/core/promptFile/fixes.js';
import { parsePromptFile } from '../../../../src/core/promptFile/parsePromptFile.js';

/** The file with the fix of its first finding. */
function fixed(file: string): string {
  const [found] = parsePromptFile(file).problems;
  assert.ok(found?.fix, `no fix for ${found?.message ?? 'nothing'}`);
  const { fix } = found;
  const { start, end, text } =
    fix.kind === 'rename' ? { ...found, text: fix.to } : addVariable(file, fix.name);
  return file.slice(0, start) + text + file.slice(end);
}

describe('fixes of a prompt file', () => {
  for (const [what, file, expected] of [
    ['a key with a slip', '---\ntemprature: 1\n---\nx\n', undefined],
    [
      'a key as others call it',
      '---\nadditional_fields: {}\n---\nx\n',
      '---\nadditionalFields: {}\n---\nx\n',
    ],
    [
      'a key below another',
      '---\nparameters:\n  max_tokens: 5\n---\nx\n',
      '---\nparameters:\n  maxTokens: 5\n---\nx\n',
    ],
    [
      'a name without a value',
      '---\nvariables:\n  a: 1\n---\n{{a}} {{b c}}\n',
      '---\nvariables:\n  "b c": ""\n  a: 1\n---\n{{a}} {{b c}}\n',
    ],
    [
      'the first name',
      '---\nmodel: m\n---\n{{a}}\n',
      '---\nmodel: m\nvariables:\n  a: ""\n---\n{{a}}\n',
    ],
    ['a file without a front matter', '{{a}}\n', '---\nvariables:\n  a: ""\n---\n\n{{a}}\n'],
  ] as const) {
    it(what, () => {
      if (expected === undefined) {
        const [found] = parsePromptFile(file).problems;
        assert.equal(found?.fix, undefined, 'temperature is a key of parameters');
        assert.match(found?.message ?? '', /The keys are title, model, system, parameters/);
        return;
      }
      assert.equal(fixed(file), expected);
      assert.deepEqual(parsePromptFile(expected).problems, []);
    });
  }

  it('names the keys that may stand below a key', () => {
    const [found] = parsePromptFile('---\nparameters:\n  tokens: 5\n---\nx\n').problems;
    assert.match(
      found?.message ?? '',
      /"tokens" is not a key of "parameters".*maxTokens, temperature, topP/,
    );
  });
});
