import assert from 'node:assert/strict';
import { newConversation } from '../../../../src/core/converse/conversation.js';
import type { Conversation } from '../../../../src/core/converse/types.js';
import { exchangeRecord, rowRecord } from '../../../../src/features/playground/exchangeRecord.js';
import { toMarkdown } from '../../../../src/features/playground/exportDocument.js';
import { documentOf, withTurn } from '../../../../src/features/playground/newDocument.js';
import { parseCsv, readTable } from '../../../../src/features/playground/tableRows.js';

const conversation: Conversation = {
  ...newConversation('lane', 'amazon.nova-lite-v1:0'),
  system: 'Be short.',
  turns: [
    { id: 'q', role: 'user', content: [{ type: 'text', text: 'Rivers of {{country}}?' }] },
    { id: 'a', role: 'assistant', content: [{ type: 'text', text: 'The Loire.' }] },
  ],
};

describe('playgrounds and datasets', () => {
  it('an exchange becomes a Converse record with what was answered', () => {
    assert.deepEqual(JSON.parse(exchangeRecord(conversation, 'one')), {
      recordId: 'one',
      modelInput: {
        system: [{ text: 'Be short.' }],
        messages: [{ role: 'user', content: [{ text: 'Rivers of {{country}}?' }] }],
      },
      expected: 'The Loire.',
    });
  });

  it('a row fills the variables of the prompt', () => {
    const record = JSON.parse(rowRecord(conversation, { country: 'Spain' }, 'r')) as {
      modelInput: { messages: unknown };
    };
    assert.deepEqual(record.modelInput.messages, [
      { role: 'user', content: [{ text: 'Rivers of Spain?' }] },
    ]);
  });

  for (const [what, text, rows] of [
    [
      'plain cells',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['quotes, commas and line breaks in cells', 'a\r\n"x, ""y""\nz"\r\n', [['a'], ['x, "y"\nz']]],
    [
      'blank lines and no line end',
      'a,b\n\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
  ] as const) {
    it(`reads CSV with ${what}`, () => {
      assert.deepEqual(parseCsv(text, ','), rows);
    });
  }

  it('reads rows of JSONL as texts and names the line that is none', () => {
    assert.deepEqual(readTable('{"a":1,"b":"x"}\n', 't.jsonl'), [{ a: '1', b: 'x' }]);
    assert.throws(() => readTable('{"a":1}\n[1]\n', 't.jsonl'), /Line 2/);
  });

  it('exports as Markdown with models, prompts, answers and what is not known', () => {
    const answer = { modelId: 'm', time: '', status: 'done', stopReason: 'end_turn' } as const;
    const document = documentOf([conversation], 'doc');
    const answered = withTurn(document, 'lane', {
      id: 'a',
      role: 'assistant',
      content: [{ type: 'text', text: 'The **Ebro**.' }],
      answer,
    });
    const text = toMarkdown(answered);
    assert.match(text, /^# Rivers of \{\{country\}\}\?\n\n## amazon\.nova-lite-v1:0\n/);
    assert.match(text, /### m\n\nThe \*\*Ebro\*\*\.\n\n\*end_turn · in unknown · out unknown\*/);
  });
});
