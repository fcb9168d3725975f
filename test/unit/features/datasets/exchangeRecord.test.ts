import assert from 'node:assert/strict';
import { newConversation } from '../../../../src/core/converse/conversation.js';
import type { Conversation } from '../../../../src/core/converse/types.js';
import { RecordTemplate } from '../../../../src/core/table/recordTemplate.js';
import { exchangeRecord } from '../../../../src/features/datasets/exchangeRecord.js';
import { toMarkdown } from '../../../../src/features/playground/document/exportDocument.js';
import { documentOf, withTurn } from '../../../../src/features/playground/document/newDocument.js';

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
    const record = JSON.parse(
      new RecordTemplate(conversation).record({ country: 'Spain' }, 'r'),
    ) as {
      modelInput: { messages: unknown };
    };
    assert.deepEqual(record.modelInput.messages, [
      { role: 'user', content: [{ text: 'Rivers of Spain?' }] },
    ]);
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

  it('exports sources below the sentence that cites them', () => {
    const url = 'https://example.com/law';
    const citations = [
      { title: 'Handbook', quotes: ['Ask\nfirst.'] },
      { title: 'The law', quotes: [], location: { web: { url } } },
    ];
    const answered = withTurn(documentOf([conversation], 'doc'), 'lane', {
      id: 'a',
      role: 'assistant',
      content: [
        { type: 'text', text: 'You ' },
        { type: 'text', text: 'must ask', citations },
        { type: 'text', text: '.' },
      ],
    });
    const list = `1. Handbook\n   > Ask\n   > first.\n2. [The law](${url})`;
    assert.ok(toMarkdown(answered).endsWith(`You must ask.\n\n${list}\n`), toMarkdown(answered));
  });
});
