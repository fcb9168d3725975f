import assert from 'node:assert/strict';
import {
  modelInputOf,
  RecordTemplate,
  untilLastPrompt,
} from '../../../../src/core/table/recordTemplate.js';
import { aConversation, assistantTurn, text, userTurn } from '../converse/support.js';

const base = aConversation({
  system: 'Be {{tone}}. {{a}}',
  turns: [
    userTurn('q1', text('About {{a}}')),
    assistantTurn('a1', text('Yes?')),
    userTurn('q2', text('{{b}}')),
  ],
  variables: { tone: 'kind' },
});

describe('a prompt for the rows of a table', () => {
  const hostile = [
    'x',
    '"\\',
    '{{b}}',
    '\ue0000\ue001',
    '$&',
    '😀\ud83d',
    'a\nb\u2028',
    '9007199254740993',
  ];

  it('makes the record that the request of each row would be', () => {
    const template = new RecordTemplate(base);
    for (const a of [...hostile, ' ', '']) {
      for (const b of hostile) {
        const variables = { ...base.variables, a, b };
        assert.equal(
          template.record({ a, b, other: 'x' }, '"1'),
          JSON.stringify({
            recordId: '"1',
            modelInput: modelInputOf({ ...untilLastPrompt(base), variables }),
          }),
        );
      }
    }
  });

  it('takes a prompt that holds the characters it uses itself', () => {
    const turns = [userTurn('q', text('\ue0000\ue001 {{a}}'))];
    const template = new RecordTemplate(aConversation({ turns }));
    assert.match(template.record({ a: 'x' }, 'r'), /\ue0000\ue001 x"/);
  });

  it('needs columns for the names without a value, and lets the table’s value win', () => {
    const template = new RecordTemplate(base);
    assert.deepEqual(template.columns, ['a', 'b']);
    assert.match(template.record({ a: '1', b: '2', tone: 'short' }, 'r'), /Be short\. 1/);
  });

  for (const [what, cells, isBlank] of [
    ['all that it takes is empty', { a: '', b: ' \n' }, true],
    ['one of its prompts is', { a: 'x', b: '\t' }, true],
    ['a part of a prompt is', { a: '', b: 'x' }, false],
    ['nothing is', { a: 'x', b: 'y' }, false],
    ['a column it does not take is', { a: 'x', b: 'y', c: '' }, false],
  ] as const) {
    it(`${isBlank ? 'is blank' : 'says something'} where ${what}`, () => {
      assert.equal(new RecordTemplate(base).isBlankFor(cells), isBlank);
    });
  }

  it('is blank where there is text around a cell, but nothing in it', () => {
    const template = new RecordTemplate(
      aConversation({ turns: [userTurn('q', text('Sum up: {{a}}'))] }),
    );
    assert.equal(template.isBlankFor({ a: '  ' }), true);
  });
});
