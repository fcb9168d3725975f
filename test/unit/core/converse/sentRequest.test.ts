import assert from 'node:assert/strict';
import { attachmentBlock, documentNames } from '../../../../src/core/converse/attachments.js';
import { blockFromWire } from '../../../../src/core/converse/blockFromWire.js';
import { blockToWire } from '../../../../src/core/converse/blockToWire.js';
import { buildConverseRequest } from '../../../../src/core/converse/buildRequest.js';
import {
  ToolNames,
  chatProblem,
  toConverseRequest,
  type ChatMessage,
} from '../../../../src/core/converse/chatRequest.js';
import { checkConversation } from '../../../../src/core/converse/checkConversation.js';
import { objectSchema } from '../../../../src/core/converse/objectSchema.js';
import type { Block, JsonObject, JsonValue } from '../../../../src/core/converse/types.js';
import { aConversation, assistantTurn, text, userTurn } from './support.js';

const claude = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const document = (name: string, format: 'pdf' | 'docx' = 'pdf'): Block => ({
  type: 'document',
  format,
  name,
  base64: 'aGk=',
});

describe('what goes out in the form AWS takes', () => {
  const results: [string, string[]][] = [
    ['an empty text', ['']],
    ['white space', [' \n']],
    ['several blank texts', ['', ' ']],
    ['nothing', []],
  ];
  for (const [what, texts] of results) {
    it(`a tool result of ${what} gets a placeholder`, () => {
      const content = texts.map((value) => ({ type: 'text' as const, text: value }));
      const sent = blockToWire({ type: 'toolResult', toolUseId: 'a', content });
      assert.deepEqual(sent['toolResult'], { toolUseId: 'a', content: [{ text: '(empty)' }] });
    });
  }

  const inputs: [JsonValue, JsonObject][] = [
    ['{"a":1}', { a: 1 }],
    [[1], { input: [1] }],
    [null, {}],
    ['', {}],
    ['no JSON', { input: 'no JSON' }],
    [7, { input: 7 }],
    [{ a: 1 }, { a: 1 }],
  ];
  for (const [input, sent] of inputs) {
    it(`the tool input ${JSON.stringify(input)} goes back as ${JSON.stringify(sent)}`, () => {
      const block = blockToWire({ type: 'toolUse', toolUseId: 'a', name: 't', input });
      assert.deepEqual((block['toolUse'] as JsonObject)['input'], sent);
      const messages: ChatMessage[] = [
        { role: 'user', parts: [{ type: 'text', text: 'x' }] },
        { role: 'assistant', parts: [{ type: 'toolCall', id: 'a', name: 't', input }] },
      ];
      const { messages: wire } = toConverseRequest({ modelId: claude, messages }, new ToolNames());
      assert.deepEqual((wire[1]?.content[0]?.['toolUse'] as JsonObject)['input'], sent);
    });
  }

  const schemas: [JsonObject | undefined, JsonObject][] = [
    [undefined, { type: 'object', properties: {} }],
    [{}, { type: 'object' }],
    [{ properties: { a: {} } }, { type: 'object', properties: { a: {} } }],
    [{ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { type: 'object', properties: {} }],
    [
      { anyOf: [{ properties: { a: {} } }, { properties: { b: {} } }] },
      { type: 'object', properties: { a: {}, b: {} } },
    ],
    [
      { type: 'array', items: {} },
      { type: 'object', properties: { input: { type: 'array', items: {} } }, required: ['input'] },
    ],
  ];
  for (const [schema, sent] of schemas) {
    it(`chat sends the schema ${JSON.stringify(schema)} as an object’s`, () => {
      assert.deepEqual(objectSchema(schema), sent);
    });
  }

  it('the playground asks for an object at the root of a schema', () => {
    for (const inputSchema of ['{}', '{"oneOf":[]}', '{"type":"array"}']) {
      const tools = [{ name: 'ping', inputSchema }];
      const found = checkConversation(aConversation({ modelId: claude, settings: { tools } }));
      const hit = found.find(({ where, severity }) => where === 'tools' && severity === 'error');
      assert.match(hit?.message ?? '', /"type": "object"/);
    }
  });

  it('documents get names of their own when they are attached', () => {
    const attached: Block[] = [];
    for (const name of ['報告書.pdf', '契約書.pdf', 'report.pdf', 'report.docx']) {
      attached.push(attachmentBlock(name, 'aGk=', documentNames(attached)) as Block);
    }
    assert.deepEqual(documentNames(attached), ['Document', 'Document (2)', 'report', 'report (2)']);
  });

  it('documents of one name go out with different ones, also of several turns', () => {
    const conversation = aConversation({
      turns: [
        userTurn('a', document('report'), document('report', 'docx'), text('Compare.')),
        assistantTurn('b', text('Done.')),
        userTurn('c', document('report'), text('And this?')),
      ],
    });
    const names = buildConverseRequest(conversation).messages.flatMap(({ content }) =>
      content.flatMap((block) =>
        'document' in block ? [(block['document'] as JsonObject)['name']] : [],
      ),
    );
    assert.deepEqual(names, ['report', 'report (2)', 'report (3)']);
    const severe = checkConversation(conversation).filter(({ severity }) => severity === 'error');
    assert.deepEqual(severe, []);
  });

  it('a blank system text and blank texts of a chat host are left out', () => {
    for (const blank of ['', ' \n']) {
      const messages: ChatMessage[] = [
        { role: 'system', parts: [{ type: 'text', text: blank }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: blank },
            { type: 'text', text: 'hi' },
          ],
        },
      ];
      const sent = toConverseRequest({ modelId: claude, messages }, new ToolNames());
      assert.deepEqual(sent, {
        modelId: claude,
        messages: [{ role: 'user', content: [{ text: 'hi' }] }],
      });
      assert.equal(chatProblem(sent), undefined);
    }
  });

  it('a chat host’s system text goes to the user’s for a model that takes none', () => {
    const messages: ChatMessage[] = [
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'hi' }] },
    ];
    const modelId = 'mistral.mistral-7b-instruct-v0:2';
    const sent = toConverseRequest({ modelId, messages }, new ToolNames());
    assert.deepEqual(sent.messages, [
      { role: 'user', content: [{ text: 'Be brief.' }, { text: 'hi' }] },
    ]);
    assert.equal(sent.system, undefined);
  });

  it('a text that is blank with its variables put in is a problem, and is not sent', () => {
    for (const value of ['', ' ']) {
      const variables = { q: value };
      const conversation = aConversation({ turns: [userTurn('t', text('{{q}}'))], variables });
      const [found] = checkConversation(conversation);
      assert.match(found?.message ?? '', /empty with the values of its variables/);
      assert.deepEqual(buildConverseRequest(conversation).messages, []);
      const beside = aConversation({ turns: [userTurn('t', text('a'), text('{{q}}'))], variables });
      assert.deepEqual(buildConverseRequest(beside).messages[0]?.content, [{ text: 'a' }]);
      assert.deepEqual(checkConversation(beside), []);
    }
  });

  it('results of server tools keep their type and are taken in the next turn', () => {
    const wire: JsonObject[] = [
      {
        toolUse: {
          toolUseId: 't1',
          name: 'nova_code_interpreter',
          input: { snippet: '1+1' },
          type: 'server_tool_use',
        },
      },
      {
        toolResult: {
          toolUseId: 't1',
          content: [{ json: { stdOut: '2' } }],
          status: 'success',
          type: 'nova_code_interpreter_result',
        },
      },
      { text: '2' },
    ];
    const blocks = wire.map(blockFromWire);
    assert.equal((blocks[1] as { isServerTool?: boolean }).isServerTool, true);
    assert.deepEqual(blocks.map(blockToWire), wire);
    const turns = [
      userTurn('u', text('x')),
      assistantTurn('a', ...blocks),
      userTurn('v', text('y')),
    ];
    assert.deepEqual(checkConversation(aConversation({ turns })), []);
  });
});
