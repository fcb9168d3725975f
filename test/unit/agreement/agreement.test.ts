import assert from 'node:assert/strict';
import type { DatasetCheck, InvocationType } from '../../../src/core/batch/types.js';
import { checkConversation } from '../../../src/core/converse/checkConversation.js';
import {
  ToolNames,
  chatProblem,
  toConverseRequest,
} from '../../../src/core/converse/chatRequest.js';
import { familyOf } from '../../../src/core/models/families.js';
import { modelRules } from '../../../src/core/models/rules/modelRules.js';
import { checkNativeBody } from '../../../src/core/native/checkNativeBody.js';
import { checkDataset } from '../../../src/io/dataset/check/checkDataset.js';
import { bodyRows } from '../../support/agreement/bodyRows.js';
import {
  chatAsked,
  conversation,
  converseBody,
  nativeBody,
} from '../../support/agreement/requests.js';
import { ruleRows } from '../../support/agreement/ruleRows.js';
import { refusalOf, worst } from '../../support/agreement/verdicts.js';
import { temporaryFolder } from '../io/dataset/files.js';

/**
 * The dataset check, the native editor, the playground, chat and the sandbox are asked the same thing:
 * what is right is in the table, with its source.
 */
describe('what five places say of a request', () => {
  const write = temporaryFolder();
  const checked = (
    body: object,
    modelId: string,
    type: InvocationType,
    disabled: string[] = [],
  ) => {
    const line = (index: number) => JSON.stringify({ recordId: `r${index}`, modelInput: body });
    const text = Array.from({ length: 100 }, (_, index) => `${line(index)}\n`).join('');
    const options = { modelId, invocationType: type, disabledRules: disabled };
    return checkDataset(write('records.jsonl', text), options);
  };
  const sayAll = ({ problems }: DatasetCheck) =>
    [...new Set(problems.map(({ message }) => message))].join('\n');

  for (const { what, modelId, asked, right, rule } of ruleRows) {
    const native = nativeBody(modelId, asked);
    // Tools have no place in a Converse job, whatever the model.
    const inJobs = asked.tools === undefined;

    it(`${what} (${modelId}): the dataset check says ${right}`, async () => {
      if (inJobs) {
        const found = await checked(converseBody(asked), modelId, 'Converse');
        assert.equal(worst(found.problems), right, sayAll(found));
        if (rule !== undefined) assert.ok(found.problems.some((one) => one.rule === rule));
        assert.equal(found.failingRecords, right === 'error' ? 100 : 0);
      }
      if (native) {
        const found = await checked(native, modelId, 'InvokeModel');
        assert.equal(worst(found.problems), right, sayAll(found));
      }
    });

    it(`${what} (${modelId}): the native editor says ${right}`, async () => {
      if (!native) return;
      const found = await checkNativeBody(JSON.stringify(native), { modelId });
      assert.equal(worst(found), right, JSON.stringify(found));
    });

    it(`${what} (${modelId}): the playground says ${right}`, () => {
      const found = checkConversation(conversation(modelId, asked));
      assert.equal(worst(found), right, JSON.stringify(found));
    });

    it(`${what} (${modelId}): the sandbox ${right === 'error' ? 'refuses' : 'takes'} it`, async () => {
      if (familyOf(modelId)) {
        const refusal = await refusalOf(modelId, 'Converse', converseBody(asked));
        assert.equal(refusal !== undefined, right === 'error', refusal);
      }
      if (native) {
        const refusal = await refusalOf(modelId, 'InvokeModel', native);
        assert.equal(refusal !== undefined, right === 'error', refusal);
      }
    });

    it(`${what} (${modelId}): chat sends what the sandbox takes, or says what is wrong`, async () => {
      const request = toConverseRequest(chatAsked(modelId, asked), new ToolNames());
      if (!familyOf(modelId)) return;
      const refusal = await refusalOf(modelId, 'Converse', request);
      assert.equal(chatProblem(request) !== undefined, refusal !== undefined, refusal);
    });

    if (rule === undefined) continue;
    it(`${what} (${modelId}): says nothing once ${rule} is switched off`, async () => {
      const off = checkConversation(conversation(modelId, asked), [rule]);
      assert.ok(!off.some(({ message }) => messagesOf(modelId, asked, rule).includes(message)));
      if (inJobs) {
        const found = await checked(converseBody(asked), modelId, 'Converse', [rule]);
        assert.ok(!found.problems.some((one) => one.rule === rule));
      }
    });
  }

  for (const { what, modelId, type, body, right, says } of bodyRows) {
    it(`${what} (${modelId}, ${type}): the dataset check says ${right}`, async () => {
      const found = await checked(body, modelId, type);
      assert.equal(worst(found.problems), right, sayAll(found));
      assert.equal(found.failingRecords, right === 'error' ? 100 : 0);
      if (says) assert.match(sayAll(found), says);
    });

    it(`${what} (${modelId}, ${type}): the sandbox ${right === 'error' ? 'refuses' : 'takes'} it`, async () => {
      const refusal = await refusalOf(modelId, type, body);
      assert.equal(refusal !== undefined, right === 'error', refusal);
    });

    if (type === 'Converse') continue;
    it(`${what} (${modelId}): the native editor marks ${right === 'ok' ? 'nothing' : 'it'}`, async () => {
      const found = await checkNativeBody(JSON.stringify(body, undefined, 2), { modelId });
      assert.equal(found.length > 0, right !== 'ok', JSON.stringify(found));
      if (says) assert.match(found.map(({ message }) => message).join('\n'), says);
    });
  }

  /** What the playground says because of one rule. */
  function messagesOf(modelId: string, asked: (typeof ruleRows)[number]['asked'], rule: string) {
    const others = modelRules.map(({ id }) => id).filter((id) => id !== rule);
    return checkConversation(conversation(modelId, asked), others).map(({ message }) => message);
  }
});

describe('the table of model rules', () => {
  it('has a source and a date for every rule, and every id once', () => {
    for (const { id, sources, date } of modelRules) {
      assert.match(date, /^\d{4}-\d\d-\d\d$/, id);
      assert.ok(sources.length > 0 && sources.every((source) => source.startsWith('https://')), id);
    }
    const ids = modelRules.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
