import assert from 'node:assert/strict';
import {
  branchAt,
  deleteTurn,
  editTurn,
  joinTexts,
  regenerateFrom,
  turnAnswer,
  turnText,
} from '../../../../src/core/converse/conversation.js';
import {
  pendingToolCalls,
  mockAnswers,
  toolResultTurn,
} from '../../../../src/core/converse/toolLoop.js';
import {
  fillVariables,
  findVariables,
  foreignTags,
  missingVariables,
} from '../../../../src/core/converse/variables.js';
import { aConversation, assistantTurn, text, userTurn } from './support.js';

const call = { type: 'toolUse', toolUseId: 't1', name: 'weather', input: {} } as const;
const loop = aConversation({
  turns: [
    userTurn('u1', text('Weather?')),
    assistantTurn('a1', call),
    userTurn('u2', { type: 'toolResult', toolUseId: 't1', content: [] }),
    assistantTurn('a2', text('Sun.')),
    userTurn('u3', text('Thanks')),
  ],
});
const ids = ({ turns }: typeof loop) => turns.map(({ id }) => id).join(' ');

describe('conversation', () => {
  it('changes one turn and leaves the old conversation as it was', () => {
    const before = JSON.stringify(loop);
    const after = editTurn(loop, 'u3', [text('Thank you')]);
    assert.deepEqual(after.turns[4]?.content, [text('Thank you')]);
    assert.equal(JSON.stringify(loop), before);
  });

  for (const [turnId, left] of [
    ['u1', 'a1 u2 a2 u3'],
    ['a1', 'u1 a2 u3'],
    ['u2', 'u1 a2 u3'],
    ['a2', 'u1 a1 u2 u3'],
    ['nothing', 'u1 a1 u2 a2 u3'],
  ] as const) {
    it(`deletes ${turnId} and what AWS would refuse alone`, () => {
      assert.equal(ids(deleteTurn(loop, turnId)), left);
    });
  }

  it('regenerates an answer from before it, and a question from after it', () => {
    assert.equal(ids(regenerateFrom(loop, 'a2')), 'u1 a1 u2');
    assert.equal(ids(regenerateFrom(loop, 'u1')), 'u1');
  });

  it('branches with the turns up to one and remembers where', () => {
    const branch = branchAt(loop, 'a2', 'c2');
    assert.equal(ids(branch), 'u1 a1 u2 a2');
    assert.equal(branch.id, 'c2');
    assert.deepEqual(branch.branchedFrom, { conversationId: 'c1', turnId: 'a2' });
  });

  it('joins an answer’s neighbouring texts, which end where cited words do', () => {
    const citation = { title: 'd', quotes: ['q'] };
    const cited = { type: 'text', text: 'ask', citations: [citation] } as const;
    const turn = assistantTurn('a', text('You may '), cited, text('.'), call, text('Done.'));
    assert.deepEqual(joinTexts(turn.content), [
      { type: 'text', text: 'You may ask.', citations: [citation] },
      call,
      text('Done.'),
    ]);
    assert.equal(turnText(turn), 'You may ask.\nDone.');
    assert.equal(turnText(userTurn('u', text('a'), text('b'))), 'a\nb');
  });

  it('gives out what an answer hands to tools with its text', () => {
    const input = { city: 'Bonn' };
    const turn = assistantTurn('a', { ...call, input });
    assert.equal(turnAnswer(turn), '{"city":"Bonn"}');
    assert.equal(
      turnAnswer(assistantTurn('a', text('x'), { ...call, input })),
      'x\n{"city":"Bonn"}',
    );
  });

  it('answers pending tool calls with the mock results', () => {
    const asked = regenerateFrom(loop, 'u2');
    const open = { turns: asked.turns.slice(0, 2) };
    const calls = pendingToolCalls(open);
    const tools = [{ name: 'weather', inputSchema: '{}', mockResult: '{"sky":"blue"}' }];
    const answers = mockAnswers(calls, tools);
    assert.ok(answers);
    assert.deepEqual(toolResultTurn('r', answers).content, [
      {
        type: 'toolResult',
        toolUseId: 't1',
        content: [{ type: 'json', json: { sky: 'blue' } }],
      },
    ]);
    assert.equal(mockAnswers(calls, []), undefined);
  });

  it('finds variables with their places', () => {
    assert.deepEqual(findVariables('a {{ b }} {{c.d}} {{1}} {{}}'), [
      { name: 'b', start: 2, end: 9 },
      { name: 'c.d', start: 10, end: 17 },
      { name: '1', start: 18, end: 23 },
    ]);
  });

  for (const name of [
    'First Name',
    '地域（県）',
    '2023 sales',
    'e-mail',
    'size {cm}',
    'Où ?',
    "it's",
  ]) {
    it(`takes the name of a column: ${name}`, () => {
      assert.equal(fillVariables(`Say "{{${name}}}" now`, { [name]: 'x' }), 'Say "x" now');
      assert.equal(fillVariables(`{"a": {{ ${name} }}}`, { [name]: 'x' }), '{"a": x}');
    });
  }

  it('takes a name for the same however its letters and spaces are written', () => {
    assert.equal(
      fillVariables('{{Pre\u0301nom  du\u00a0client}}', { 'Prénom du client': 'Zoé' }),
      'Zoé',
    );
    assert.equal(fillVariables('{{{a}}} {{b}}', { a: '{{b}}', b: '1' }), '{{{b}}} 1', 'once');
  });

  it('knows tags of other template languages', () => {
    assert.deepEqual(foreignTags('{{ }} {% if a %}{{a}}{% endif %} {%'), [
      '{{ }}',
      '{% if a %}',
      '{% endif %}',
    ]);
  });

  it('counts an empty text as a value', () => {
    const conversation = aConversation({
      system: '{{a}}',
      turns: [userTurn('u', text('{{b}} {{a}}'))],
      variables: { a: '' },
    });
    assert.deepEqual(missingVariables(conversation), ['b']);
  });
});
