import assert from 'node:assert/strict';
import { parsePromptFile } from '../../../../src/core/promptFile/parsePromptFile.js';
import { serialisePromptFile } from '../../../../src/core/promptFile/serialisePromptFile.js';
import type { Conversation } from '../../../../src/core/converse/types.js';
import { aConversation, assistantTurn, seeded, text, userTurn } from '../converse/support.js';

const full = `---
# what it is for
title: Tickets
model: us.amazon.nova-lite-v1:0
system: You sort tickets.
parameters:
  maxTokens: 400
  temperature: 0.2
  stopSequences: ["END"]
variables:
  ticket: My screen is black
  count: 3
tools:
  - name: lookup
    inputSchema: {type: object}
owner: me
---

Sort this: {{ticket}} ({{count}})

## assistant

Hardware.

## user

Why {{reason}}?
`;

describe('prompt file', () => {
  it('reads model, settings, variables and turns', () => {
    const { conversation } = parsePromptFile(full);
    assert.equal(conversation.title, 'Tickets');
    assert.equal(conversation.modelId, 'us.amazon.nova-lite-v1:0');
    assert.equal(conversation.system, 'You sort tickets.');
    assert.deepEqual(conversation.settings.parameters, {
      maxTokens: 400,
      temperature: 0.2,
      stopSequences: ['END'],
    });
    assert.deepEqual(conversation.variables, { ticket: 'My screen is black', count: '3' });
    assert.deepEqual(conversation.settings.tools, [
      { name: 'lookup', inputSchema: '{\n  "type": "object"\n}' },
    ]);
    assert.deepEqual(
      conversation.turns.map(({ role, content }) => [role, content]),
      [
        ['user', [text('Sort this: {{ticket}} ({{count}})')]],
        ['assistant', [text('Hardware.')]],
        ['user', [text('Why {{reason}}?')]],
      ],
    );
  });

  it('tells where the model, an unknown key and a variable without value stand', () => {
    const { problems, model } = parsePromptFile(full);
    const marked = problems.map(({ start, end, severity }) => [full.slice(start, end), severity]);
    assert.deepEqual(marked, [
      ['owner', 'warning'],
      ['{{reason}}', 'warning'],
    ]);
    assert.equal(full.slice(model?.start, model?.end), 'us.amazon.nova-lite-v1:0');
  });

  const bad: readonly (readonly [string, string, string, RegExp])[] = [
    ['a temperature out of range', 'parameters:\n  temperature: 7', '7', /parameters\.temperature/],
    ['a wrong type', 'model: [a]', '[a]', /model/],
    ['an unknown parameter', 'parameters:\n  topK: 5', 'topK', /parameters/],
    ['an unused variable', 'variables:\n  a: x', 'x', /not used/],
  ];
  for (const [what, yaml, marked, says] of bad) {
    it(`reports ${what} in place`, () => {
      const file = `---\n${yaml}\n---\nHi\n`;
      const [found] = parsePromptFile(file).problems;
      assert.equal(file.slice(found?.start, found?.end).trim(), marked);
      assert.match(found?.message ?? '', says);
    });
  }

  for (const [tag, severity, says] of [
    ['{{First Name}}', 'warning', /"First Name" has no value/],
    ['{{地域（県）}}', 'warning', /has no value.*with that column/],
    ['{{2023 sales}}', 'warning', /has no value/],
    ['{{ text | upper }}', 'error', /not worked out/],
    ['{% if vip %}', 'error', /not worked out/],
    ['{{ }}', 'error', /not worked out/],
  ] as const) {
    it(`reports ${tag} in place`, () => {
      const file = `---\nmodel: m\n---\nHi ${tag}\n`;
      const [found] = parsePromptFile(file).problems;
      assert.ok(found);
      assert.equal(file.slice(found.start, found.end), tag);
      assert.equal(found.severity, severity);
      assert.match(found.message, says);
    });
  }

  it('takes a value for any name', () => {
    const file = '---\nvariables:\n  First Name: Ann\n  "a: b": x\n---\n{{First  Name}} {{a: b}}\n';
    assert.deepEqual(parsePromptFile(file).problems, []);
  });

  it('reports broken YAML and still reads the text', () => {
    const { problems, conversation } = parsePromptFile('---\nmodel: [a\n---\nHi\n');
    assert.equal(problems[0]?.severity, 'error');
    assert.deepEqual(conversation.turns[0]?.content, [text('Hi')]);
  });

  it('reads a file without front matter, an open fence and nothing at all', () => {
    assert.deepEqual(parsePromptFile('Just this').conversation.turns[0]?.content, [
      text('Just this'),
    ]);
    assert.equal(parsePromptFile('---\nmodel: m').conversation.modelId, 'm');
    assert.deepEqual(parsePromptFile('').conversation.turns, []);
  });

  it('reads Windows line ends with right places', () => {
    const file = full.replaceAll('\n', '\r\n');
    const { conversation, problems } = parsePromptFile(file);
    assert.deepEqual(conversation.turns, parsePromptFile(full).conversation.turns);
    const last = problems.at(-1);
    assert.equal(file.slice(last?.start, last?.end), '{{reason}}');
  });

  it('keeps comments, unknown keys and order when it is saved again', () => {
    const { conversation } = parsePromptFile(full);
    const changed = { ...conversation, modelId: 'other', variables: {} };
    const { text: saved } = serialisePromptFile(changed, full);
    assert.match(saved, /^---\n# what it is for\ntitle: Tickets\nmodel: other\n/);
    assert.match(saved, /owner: me/);
    assert.doesNotMatch(saved, /variables/);
  });

  it('says what a file of text cannot hold', () => {
    const image = { type: 'image', format: 'png', base64: 'AAAA' } as const;
    const conversation = aConversation({ turns: [userTurn('u', text('Look'), image)] });
    assert.deepEqual(serialisePromptFile(conversation).lost, ['image']);
  });

  it('survives the way to text and back, whatever is in it', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const conversation = randomConversation(seed);
      const { text: file } = serialisePromptFile(conversation);
      const back = parsePromptFile(file);
      assert.deepEqual(back.conversation, conversation, `seed ${seed}\n${file}`);
      assert.deepEqual(
        back.problems.filter(({ severity }) => severity === 'error'),
        [],
      );
    }
  });
});

const odd = [
  ...['plain', '', ' ', '\n', '\n\n', '## user', '\\## user', '## System  ', '---', '# h', 'é😀'],
  ...[
    '{{a}}',
    '"q"',
    "it's",
    ': x',
    '- y',
    'null',
    'true',
    '1',
    '|',
    '>',
    '\t',
    '\\',
    '${b}',
    '`c`',
  ],
  ...['## assistant\nx', '#', '%', '&a', '*b', '\u2028'],
];

function randomConversation(seed: number): Conversation {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const word = () =>
    Array.from({ length: below(4) }, () => odd[below(odd.length)] ?? '').join(
      random() < 0.5 ? '\n' : ' ',
    );
  const maybe = <T>(value: T): T | undefined => (random() < 0.4 ? value : undefined);
  const settings = {
    isStreaming: random() < 0.8,
    parameters: random() < 0.5 ? {} : { maxTokens: 1 + below(100), temperature: random() },
    additionalFields: maybe(random() < 0.5 ? '{\n  "top_k": 5\n}' : `{"half": ${word()}`),
    tools: maybe([{ name: word(), inputSchema: '{"a":1}', mockResult: word() }]),
    toolChoice: maybe({ type: 'tool' as const, name: word() }),
    structuredOutput: maybe({ schema: '{\n  "type": "object"\n}', description: word() }),
    guardrail: maybe({ id: word(), version: '1', trace: 'enabled' as const }),
    serviceTier: maybe('flex' as const),
    effort: maybe('high' as const),
    caching: maybe({ afterSystem: true, ttl: '1h' as const }),
  };
  const title = maybe(word());
  return aConversation({
    id: '',
    modelId: word(),
    ...(title === undefined ? {} : { title }),
    system: word(),
    turns: Array.from({ length: below(4) }, (_, at) =>
      (random() < 0.5 ? userTurn : assistantTurn)(`turn-${at + 1}`, text(word())),
    ),
    variables: Object.fromEntries(Array.from({ length: below(3) }, (_, at) => [`v${at}`, word()])),
    settings: Object.fromEntries(
      Object.entries(settings).filter(([, value]) => value !== undefined),
    ),
  });
}
