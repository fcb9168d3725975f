import assert from 'node:assert/strict';
import { buildConverseRequest } from '../../../src/core/converse/buildRequest.js';
import { checkConversation } from '../../../src/core/converse/checkConversation.js';
import { addTurn } from '../../../src/core/converse/conversation.js';
import { answerTurn } from '../../../src/core/converse/streamReducer.js';
import { encodeEvent, type StreamEvent } from '../../support/eventFrames.js';
import { type FixedAnswer, startFixedAnswer } from '../../support/fixedAnswer.js';
import { asking, readStream, requestFor } from './support.js';

/** A call of a tool that AWS runs, its result and a text, as ConverseStream tells them. */
function events(name: string, type: string, json: object): StreamEvent[] {
  const delta = (contentBlockIndex: number, piece: object): StreamEvent => [
    'contentBlockDelta',
    { contentBlockIndex, delta: piece },
  ];
  const start = (contentBlockIndex: number, block: object): StreamEvent => [
    'contentBlockStart',
    { contentBlockIndex, start: block },
  ];
  return [
    ['messageStart', { role: 'assistant' }],
    start(0, { toolUse: { toolUseId: 't1', name, type: 'server_tool_use' } }),
    delta(0, { toolUse: { input: '{"snippet":"1+1"}' } }),
    ['contentBlockStop', { contentBlockIndex: 0 }],
    start(1, { toolResult: { toolUseId: 't1', status: 'success', type } }),
    delta(1, { toolResult: [{ json }] }),
    ['contentBlockStop', { contentBlockIndex: 1 }],
    delta(2, { text: '2' }),
    ['contentBlockStop', { contentBlockIndex: 2 }],
    ['messageStop', { stopReason: 'end_turn' }],
  ];
}

describe('results of tools that AWS runs', () => {
  let stand: FixedAnswer;
  before(async () => {
    stand = await startFixedAnswer();
  });
  after(() => {
    stand.close();
  });

  for (const [name, type] of [
    ['nova_code_interpreter', 'nova_code_interpreter_result'],
    ['nova_grounding', 'nova_grounding_result'],
  ] as const) {
    it(`${type}: streamed, they go back with their type in the next turn`, async () => {
      const json = { stdOut: '2' };
      const frames = events(name, type, json).map(encodeEvent);
      stand.give(
        200,
        { 'content-type': 'application/vnd.amazon.eventstream' },
        Buffer.concat(frames),
      );
      const { state, error } = await readStream(
        stand.aws.runtime.converseStream(requestFor('What is 1+1?')),
      );
      assert.equal(error, undefined);
      const first = asking('What is 1+1?');
      const { modelId } = first;
      const answer = answerTurn(state, { turnId: 'a1', modelId, time: '2026-11-25T00:00:00Z' });
      const next = { ...asking('And 2+2?').turns[0]!, id: 'u2' };
      const conversation = addTurn(addTurn(first, answer), next);
      assert.deepEqual(checkConversation(conversation), []);
      const input = { snippet: '1+1' };
      assert.deepEqual(buildConverseRequest(conversation).messages[1]?.content, [
        { toolUse: { toolUseId: 't1', name, input, type: 'server_tool_use' } },
        { toolResult: { toolUseId: 't1', content: [{ json }], status: 'success', type } },
        { text: '2' },
      ]);
    });
  }
});
