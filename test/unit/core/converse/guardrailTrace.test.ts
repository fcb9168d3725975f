import assert from 'node:assert/strict';
import {
  guardrailOutcome,
  readGuardrailTrace,
} from '../../../../src/core/converse/guardrailTrace.js';
import type { JsonObject } from '../../../../src/core/converse/types.js';

const read = (guardrail: JsonObject) => {
  const trace = readGuardrailTrace({ guardrail });
  assert.ok(trace);
  return trace;
};
const word = (action: string, more: JsonObject = {}) => ({
  wordPolicy: { customWords: [{ match: 'falcon', action, ...more }], managedWordLists: [] },
});

describe('the trace of a guardrail', () => {
  it('is absent where the answer has none', () => {
    assert.equal(readGuardrailTrace(undefined), undefined);
    assert.equal(readGuardrailTrace({ promptRouter: { invokedModelId: 'x' } }), undefined);
  });

  it('is read also where InvokeModel spells its members otherwise', () => {
    const guardrails = {
      input: { g1: word('NONE') },
      outputs: [{ g1: word('BLOCKED') }],
    };
    const found = readGuardrailTrace({ guardrails })?.findings.map(({ side, action }) => [
      side,
      action,
    ]);
    assert.deepEqual(found, [
      ['prompt', 'NONE'],
      ['answer', 'BLOCKED'],
    ]);
  });

  it('names each finding with its side, rule, text, measure and action', () => {
    const { findings } = read({
      inputAssessment: {
        g1: {
          contentPolicy: {
            filters: [{ type: 'HATE', confidence: 'LOW', action: 'BLOCKED', detected: true }],
          },
          sensitiveInformationPolicy: {
            piiEntities: [{ type: 'EMAIL', match: 'a@b.example', action: 'ANONYMIZED' }],
            regexes: [{ name: 'TICKET', match: 'T-1', regex: 'T-\\d', action: 'NONE' }],
          },
        },
      },
      outputAssessments: {
        g1: [
          {
            contextualGroundingPolicy: {
              filters: [{ type: 'GROUNDING', score: 0.2, threshold: 0.7, action: 'BLOCKED' }],
            },
          },
        ],
      },
    });
    assert.deepEqual(findings, [
      {
        side: 'prompt',
        policy: 'content',
        rule: 'HATE',
        measure: 'LOW',
        action: 'BLOCKED',
        isDetected: true,
      },
      {
        side: 'prompt',
        policy: 'personalData',
        rule: 'EMAIL',
        match: 'a@b.example',
        action: 'ANONYMIZED',
        isDetected: true,
      },
      {
        side: 'prompt',
        policy: 'pattern',
        rule: 'TICKET',
        match: 'T-1',
        action: 'NONE',
        isDetected: true,
      },
      {
        side: 'answer',
        policy: 'grounding',
        rule: 'GROUNDING',
        measure: '0.2 / 0.7',
        action: 'BLOCKED',
        isDetected: true,
      },
    ]);
  });

  it('tells what was looked for and not found', () => {
    const { findings } = read({ inputAssessment: { g1: word('NONE', { detected: false }) } });
    assert.equal(findings[0]?.isDetected, false);
  });

  it('keeps what the model had said', () => {
    assert.deepEqual(read({ modelOutput: ['first'] }).modelOutput, ['first']);
  });

  const outcomes: readonly [string, JsonObject, string][] = [
    ['a blocked prompt', { inputAssessment: { g: word('BLOCKED') } }, 'blockedPrompt'],
    ['a blocked answer', { outputAssessments: { g: [word('BLOCKED')] } }, 'blockedAnswer'],
    ['a masked text', { outputAssessments: { g: [word('ANONYMIZED')] } }, 'masked'],
    ['a finding nobody acts on', { inputAssessment: { g: word('NONE') } }, 'found'],
    ['nothing', { inputAssessment: { g: {} } }, 'passed'],
  ];
  for (const [what, guardrail, outcome] of outcomes) {
    it(`says ${outcome} of ${what}`, () => {
      assert.equal(guardrailOutcome(read(guardrail)), outcome);
    });
  }
});
