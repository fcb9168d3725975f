import assert from 'node:assert/strict';
import { ToolNames, toConverseRequest } from '../../../../src/core/converse/chatRequest.js';

const text = (value: string) => ({ type: 'text', text: value }) as const;

describe('toConverseRequest', () => {
  it('merges messages of one role in a row and moves system messages', () => {
    const request = toConverseRequest(
      {
        modelId: 'm',
        messages: [
          { role: 'system', parts: [text('Be brief.')] },
          { role: 'user', parts: [text('a')] },
          { role: 'user', parts: [text('b'), text('')] },
          { role: 'assistant', parts: [text('c')] },
        ],
      },
      new ToolNames(),
    );
    assert.deepEqual(request, {
      modelId: 'm',
      system: [{ text: 'Be brief.' }],
      messages: [
        { role: 'user', content: [{ text: 'a' }, { text: 'b' }] },
        { role: 'assistant', content: [{ text: 'c' }] },
      ],
    });
  });

  it('sends images Converse takes and leaves others out', () => {
    const { messages } = toConverseRequest(
      {
        modelId: 'm',
        messages: [
          {
            role: 'user',
            parts: [
              { type: 'image', mimeType: 'image/png', base64: 'AA==' },
              { type: 'image', mimeType: 'image/tiff', base64: 'AA==' },
            ],
          },
        ],
      },
      new ToolNames(),
    );
    assert.deepEqual(messages[0]?.content, [
      { image: { format: 'png', source: { bytes: 'AA==' } } },
    ]);
  });

  it('carries a tool loop, with names Converse takes, and describes tools of earlier messages', () => {
    const names = new ToolNames();
    const { messages, toolConfig } = toConverseRequest(
      {
        modelId: 'm',
        mustCallTool: true,
        tools: [{ name: 'read file', description: '', inputSchema: { type: 'object' } }],
        messages: [
          {
            role: 'assistant',
            parts: [{ type: 'toolCall', id: 't1', name: 'old.tool', input: { a: 1 } }],
          },
          { role: 'user', parts: [{ type: 'toolResult', id: 't1', content: [] }] },
        ],
      },
      names,
    );
    assert.deepEqual(messages, [
      {
        role: 'assistant',
        content: [{ toolUse: { toolUseId: 't1', name: 'old_tool', input: { a: 1 } } }],
      },
      {
        role: 'user',
        content: [{ toolResult: { toolUseId: 't1', content: [{ text: '(no content)' }] } }],
      },
    ]);
    assert.deepEqual(toolConfig, {
      tools: [
        {
          toolSpec: {
            name: 'read_file',
            description: 'read file',
            inputSchema: { json: { type: 'object' } },
          },
        },
        {
          toolSpec: {
            name: 'old_tool',
            description: 'old.tool',
            inputSchema: { json: { type: 'object', properties: {} } },
          },
        },
      ],
      toolChoice: { any: {} },
    });
    assert.equal(names.fromWire('read_file'), 'read file');
  });
});

describe('ToolNames', () => {
  it('keeps names apart that would become the same, and gives them back', () => {
    const names = new ToolNames();
    assert.deepEqual(
      [names.toWire('a.b'), names.toWire('a b'), names.toWire('a.b')],
      ['a_b', 'a_b_2', 'a_b'],
    );
    assert.equal(names.fromWire('a_b_2'), 'a b');
    assert.equal(names.fromWire('unknown'), 'unknown');
  });

  it('cuts long names', () => {
    assert.ok(new ToolNames().toWire('x'.repeat(100)).length <= 64);
  });
});
