import assert from 'node:assert/strict';
import {
  attachmentBlock,
  base64Bytes,
  documentName,
} from '../../../../src/core/converse/attachments.js';
import { checkConversation } from '../../../../src/core/converse/checkConversation.js';
import type { Block, ConversationProblem } from '../../../../src/core/converse/types.js';
import { aConversation, assistantTurn, text, userTurn } from './support.js';

const image = (bytes: number): Block => ({
  type: 'image',
  format: 'png',
  base64: 'A'.repeat(Math.ceil(bytes / 3) * 4),
});
const doc = (name: string, bytes = 3): Block => ({
  type: 'document',
  format: 'txt',
  name,
  base64: 'A'.repeat(Math.ceil(bytes / 3) * 4),
});
const asking = (...content: Block[]) => ({ turns: [userTurn('u', ...content)] });
const tool = { name: 't', inputSchema: '{"type":"object"}' };
const use: Block = { type: 'toolUse', toolUseId: 'x', name: 't', input: {} };
const result: Block = { type: 'toolResult', toolUseId: 'x', content: [] };

type Change = Parameters<typeof aConversation>[0];
const rows: readonly (readonly [string, Change, ConversationProblem['where'], RegExp])[] = [
  ['no model', { modelId: '' }, 'model', /No model/],
  ['an empty message', asking(text(' ')), 'turns', /empty/],
  ['no message', { turns: [] }, 'turns', /no message/],
  ['an answer first', { turns: [assistantTurn('a', text('x'))] }, 'turns', /start with a user/],
  ['21 images', asking(...Array<Block>(21).fill(image(3))), 'turns', /at most 20 images.*21/],
  ['a big image', asking(image(4_000_000), text('x')), 'turns', /3\.75 MB/],
  [
    'six documents',
    asking(...'abcdef'.split('').map((name) => doc(name)), text('x')),
    'turns',
    /at most 5 documents.*6/,
  ],
  ['a big document', asking(doc('a', 4_800_000), text('x')), 'turns', /4\.5 MB/],
  ['a document alone', asking(doc('a')), 'turns', /text beside/],
  ['a bad document name', asking(doc('a_b.txt'), text('x')), 'turns', /a_b\.txt/],
  ['one name twice', asking(doc('a'), doc('a'), text('x')), 'turns', /Two documents/],
  [
    'a temperature above 1',
    { settings: { parameters: { temperature: 1.1 } } },
    'parameters',
    /between 0 and 1; it is 1\.1/,
  ],
  ['no tokens', { settings: { parameters: { maxTokens: 0 } } }, 'parameters', /from 1; it is 0/],
  [
    'more tokens than the model writes',
    { modelId: 'cohere.command-text-v14', settings: { parameters: { maxTokens: 4097 } } },
    'parameters',
    /at most 4096 tokens/,
  ],
  [
    'both samplings for Claude 4.5',
    {
      modelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
      settings: { parameters: { temperature: 1, topP: 1 } },
    },
    'parameters',
    /not both/,
  ],
  ['broken fields', { settings: { additionalFields: '{' } }, 'additionalFields', /cannot be sent/],
  ['fields as a list', { settings: { additionalFields: '[]' } }, 'additionalFields', /object/],
  [
    'a broken schema',
    { settings: { structuredOutput: { schema: '{,}' } } },
    'structuredOutput',
    /schema/,
  ],
  [
    'a bad tool name',
    { settings: { tools: [{ ...tool, name: 'a b' }] } },
    'tools',
    /"a b" is not allowed/,
  ],
  ['two tools of one name', { settings: { tools: [tool, tool] } }, 'tools', /Two tools/],
  [
    'a choice without its tool',
    { settings: { tools: [tool], toolChoice: { type: 'tool', name: 'z' } } },
    'tools',
    /no such tool/,
  ],
  [
    'a tool call without result',
    {
      turns: [userTurn('u', text('x')), assistantTurn('a', use), userTurn('v', text('y'))],
      settings: { tools: [tool] },
    },
    'turns',
    /has no result/,
  ],
  [
    'a tool loop whose tools are gone',
    { turns: [userTurn('u', text('x')), assistantTurn('a', use), userTurn('v', result)] },
    'turns',
    /must stay defined/,
  ],
  [
    'a guardrail version that is no number',
    { settings: { guardrail: { id: 'g', version: 'latest', trace: 'enabled' } } },
    'guardrail',
    /DRAFT/,
  ],
  [
    'a filter',
    asking(text('{{ text | upper }}')),
    'variables',
    /\{\{text \| upper\}\} is not worked/,
  ],
  [
    'a program with double braces',
    asking(text("<p style={{ color: 'red' }}>")),
    'variables',
    /sent as it stands/,
  ],
  ['a variable without value', asking(text('{{name}}')), 'variables', /\{\{name\}\} has no value/],
];

describe('conversation check', () => {
  for (const [what, change, where, says] of rows) {
    it(`reports ${what}`, () => {
      const found = checkConversation(aConversation(change));
      const hit = found.find((at) => at.where === where && says.test(at.message));
      assert.ok(hit, JSON.stringify(found));
    });
  }

  it('finds nothing in a plain question, a tool loop and attachments within the limits', () => {
    const fine: Change[] = [
      {},
      asking(image(3_900_000), doc('Report (1)'), text('x')),
      {
        turns: [userTurn('u', text('x')), assistantTurn('a', use), userTurn('v', result)],
        settings: { tools: [tool] },
      },
      { modelId: 'arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ', turns: [] },
    ];
    for (const change of fine) assert.deepEqual(checkConversation(aConversation(change)), []);
  });

  it('says that a managed prompt ignores settings', () => {
    const modelId = 'arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ';
    const [found] = checkConversation(aConversation({ modelId, system: 'x' }));
    assert.equal(found?.severity, 'warning');
    assert.match(found.message, /system/);
  });

  it('makes blocks of files, with names that Converse takes', () => {
    assert.deepEqual(attachmentBlock('Größe_v2.PDF', 'AAAA'), {
      type: 'document',
      format: 'pdf',
      name: 'Gro e v2',
      base64: 'AAAA',
    });
    assert.equal(attachmentBlock('a.JPG', 'AAAA')?.type, 'image');
    assert.equal(attachmentBlock('a.exe', 'AAAA'), undefined);
    assert.equal(documentName('***'), 'Document');
  });

  it('counts the bytes behind base64', () => {
    for (let size = 0; size < 10; size++) {
      assert.equal(base64Bytes(Buffer.alloc(size).toString('base64')), size);
    }
  });
});
