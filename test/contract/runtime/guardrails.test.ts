import assert from 'node:assert/strict';
import { createGuardrailsApi } from '../../../src/aws/guardrails.js';
import { converse } from '../../../src/aws/converse.js';
import { guardrailOutcome, readGuardrailTrace } from '../../../src/core/converse/guardrailTrace.js';
import { type GuardrailStand, makeGuardrailStand } from '../sandbox/guardrailStand.js';
import { addFault } from '../sandbox/support.js';
import { refusalOf, requestFor } from './support.js';

const words = { wordPolicyConfig: { wordsConfig: [{ text: 'falcon' }] } };

describe('the guardrails of a connection', () => {
  let stand: GuardrailStand;
  let api: ReturnType<typeof createGuardrailsApi>;

  before(async () => {
    stand = await makeGuardrailStand();
    api = createGuardrailsApi(stand.bedrock, { region: 'us-east-1' });
  });
  after(() => stand.dispose());

  it('lists every guardrail, over the pages', async () => {
    for (let at = 0; at < 101; at += 1) await stand.make(words);
    const found = await api.list();
    assert.equal(found.length, 102);
    const sample = found.find(({ name }) => name === 'sandbox-sample');
    assert.deepEqual(sample, {
      id: 'sandboxguard',
      arn: 'arn:aws:bedrock:us-east-1:000000000000:guardrail/sandboxguard',
      name: 'sandbox-sample',
      description:
        'Blocks investment advice and insults, masks e-mail addresses and phone numbers.',
      status: 'READY',
      version: 'DRAFT',
      updated: '2026-01-01T00:00:00.000Z',
    });
  });

  it('lists the versions of one, the draft first and then the newest', async () => {
    const versions = await api.versions('sandboxguard');
    assert.deepEqual(
      versions.map(({ version }) => version),
      ['DRAFT', '1'],
    );
  });

  it('says which permission is missing', async () => {
    await addFault(stand.sandbox, {
      match: { operation: 'ListGuardrails' },
      fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'Not you.' },
      times: 1,
    });
    const error = await refusalOf(api.list());
    assert.equal(error.kind, 'accessDenied');
    assert.match(error.message, /bedrock:ListGuardrails/);
  });

  it('stops where the signal fires', async () => {
    const error = await refusalOf(api.list(AbortSignal.abort()));
    assert.equal(error.kind, 'cancelled');
  });

  it('gives a trace that the playground can read', async () => {
    const guardrailConfig = {
      guardrailIdentifier: 'sandboxguard',
      guardrailVersion: '1',
      trace: 'enabled',
    };
    const request = { ...requestFor('Which shares should I buy?'), guardrailConfig };
    const call = { client: stand.runtime, context: {} };
    const { trace, stopReason } = await converse(call, request);
    assert.equal(stopReason, 'guardrail_intervened');
    const read = readGuardrailTrace(trace);
    assert.ok(read);
    assert.equal(guardrailOutcome(read), 'blockedPrompt');
    assert.equal(read.findings[0]?.rule, 'Investment advice');
  });
});
