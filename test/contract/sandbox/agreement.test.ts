import assert from 'node:assert/strict';
import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { toConverseInput } from '../../../src/aws/converse.js';
import type { ConverseRequest } from '../../../src/core/converse/wire.js';
import { bodyRows } from '../../support/agreement/bodyRows.js';
import { converseBody, nativeBody } from '../../support/agreement/requests.js';
import { ruleRows } from '../../support/agreement/ruleRows.js';
import { catalogue } from '../../../src/sandbox/models/catalogue.js';
import { baseModelId } from '../../../src/core/models/families.js';
import { type Stand, makeStand, refusal } from './support.js';

const isThere = (modelId: string) =>
  catalogue.some(({ id, ended }) => id === baseModelId(modelId) && ended === undefined);

describe('the sandbox refuses what the checks call an error', () => {
  let stand: Stand;
  before(async () => (stand = await makeStand({ speed: 500 })));
  after(() => stand.dispose());

  const invoke = (modelId: string, body: object) =>
    stand.runtime.send(
      new InvokeModelCommand({
        modelId,
        contentType: 'application/json',
        body: JSON.stringify(body),
      }),
    );
  const sees = async (call: Promise<unknown>, right: string) => {
    if (right !== 'error') await call;
    else {
      const error = await refusal(call);
      assert.deepEqual([error.name, error.$metadata?.httpStatusCode], ['ValidationException', 400]);
    }
  };

  for (const { what, modelId, asked, right } of ruleRows.filter((row) => isThere(row.modelId))) {
    it(`${what} (${modelId}): ${right}`, async () => {
      const request = { modelId, ...converseBody(asked) } as unknown as ConverseRequest;
      await sees(stand.runtime.send(new ConverseCommand(toConverseInput(request))), right);
      const native = nativeBody(modelId, asked);
      if (native) await sees(invoke(modelId, native), right);
    });
  }

  const native = bodyRows.filter(({ modelId, type }) => type === 'InvokeModel' && isThere(modelId));
  for (const { what, modelId, body, right } of native) {
    it(`${what} (${modelId}): ${right}`, async () => {
      await sees(invoke(modelId, body), right);
    });
  }
});
