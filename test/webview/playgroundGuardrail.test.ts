import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/core/converse/types.js';
import { AppError } from '../../src/core/errors.js';
import { until } from '../support/until.js';
import { ask, playgroundSuite, settled, turnsOf } from './support/playgroundSuite.js';
import type { OpenedPlayground, Script } from './support/playgroundView.js';
import { axeViolations, picture } from './support/webviewPage.js';

const chosen = { id: 'sandboxguard', name: 'sandbox-sample', version: '1' };
const guardrail = { ...chosen, trace: 'enabled' as const };

/** An answer that a guardrail had its part in. */
function guarded(trace: JsonObject | undefined, stopReason = 'guardrail_intervened'): Script {
  return async function* () {
    yield await Promise.resolve({ type: 'messageStart' } as const);
    yield { type: 'text', index: 0, text: 'Sorry, no.' };
    yield { type: 'blockStop', index: 0 };
    yield { type: 'messageStop', stopReason };
    const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
    yield { type: 'metadata', usage, ...(trace && { trace }) };
    yield { type: 'timing', firstTokenMs: 10, totalMs: 20 };
  };
}

const blocked: JsonObject = {
  guardrail: {
    inputAssessment: {
      sandboxguard: {
        topicPolicy: {
          topics: [
            { name: 'Investment advice', type: 'DENY', action: 'BLOCKED', detected: true },
            { name: 'Wine', type: 'DENY', action: 'NONE', detected: false },
          ],
        },
        sensitiveInformationPolicy: {
          piiEntities: [
            { type: 'EMAIL', match: 'a@b.example', action: 'ANONYMIZED', detected: true },
          ],
          regexes: [],
        },
      },
    },
  },
};

describe('guardrails on the playground page', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  const openSection = async ({ page }: OpenedPlayground) => {
    await page.locator('.settings summary', { hasText: 'Guardrail' }).click();
  };
  const trace = ({ page }: OpenedPlayground) =>
    page.locator('.turn.assistant details.reasoning').first();

  it('takes a guardrail from the list, shows its name and sends its id', async () => {
    const asked: unknown[] = [];
    const view = await suite.open({
      handlers: {
        pickGuardrail: (current) => {
          asked.push(current);
          return Promise.resolve(chosen);
        },
      },
    });
    await openSection(view);
    await view.page.getByRole('button', { name: 'Choose Guardrail…' }).click();
    await view.page.locator('.guardrail-name', { hasText: 'sandbox-sample' }).waitFor();
    assert.deepEqual(asked, [{ id: '', version: 'DRAFT' }]);
    assert.equal(await view.page.getByLabel('Version').inputValue(), '1');
    await view.page.getByLabel('While streaming').selectOption('async');
    assert.deepEqual(await axeViolations(view.page), []);
    await ask(view, 'Hello');
    await settled(view, 2);
    assert.deepEqual(view.requests[0]?.guardrailConfig, {
      guardrailIdentifier: 'sandboxguard',
      guardrailVersion: '1',
      trace: 'enabled',
      streamProcessingMode: 'async',
    });
  });

  it('forgets the name where another id is typed, and the guardrail where none is', async () => {
    const view = await suite.open({ settings: { guardrail } });
    await openSection(view);
    const id = view.page.getByLabel('Guardrail id or ARN');
    await id.fill('otherguard');
    await view.page.locator('.guardrail-name').waitFor({ state: 'detached' });
    await id.fill('');
    await view.page.getByLabel('Version').waitFor({ state: 'detached' });
    await until('the save', () => view.stored().lanes[0]?.settings.guardrail === undefined);
  });

  it('takes the guardrail away where the person picks none', async () => {
    const view = await suite.open({ settings: { guardrail } });
    await openSection(view);
    await view.page.getByRole('button', { name: 'Choose Guardrail…' }).click();
    await view.page.locator('.guardrail-name').waitFor({ state: 'detached' });
  });

  it('says why there is nothing to choose from, and leaves what is set', async () => {
    const denied = new AppError('accessDenied', 'Not allowed: bedrock:ListGuardrails.');
    const handlers = { pickGuardrail: () => Promise.reject(denied) };
    const view = await suite.open({ settings: { guardrail }, handlers });
    await openSection(view);
    await view.page.getByRole('button', { name: 'Choose Guardrail…' }).click();
    await view.page.getByRole('alert').getByText('bedrock:ListGuardrails').waitFor();
    await view.page.locator('.guardrail-name', { hasText: 'sandbox-sample' }).waitFor();
  });

  it('says that the prompt was blocked, and by which policy', async () => {
    const view = await suite.open({ script: guarded(blocked), settings: { guardrail } });
    await ask(view, 'Which shares should I buy?');
    await settled(view, 2);
    await turnsOf(view).last().getByText('The guardrail blocked the prompt').waitFor();
    const rows = await trace(view).locator('tbody tr').allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.split('\t')),
      [
        ['Prompt', 'Denied topic', 'Investment advice', 'blocked'],
        ['Prompt', 'Denied topic', 'Wine', 'not found'],
        ['Prompt', 'Personal data', 'EMAIL “a@b.example”', 'masked'],
      ],
    );
    assert.match(await view.page.locator('.facts').innerText(), /\+ guardrail/, 'it costs as well');
    await picture(view.page, 'playground-guardrail');
    assert.deepEqual(await axeViolations(view.page), []);
  });

  it('shows what the model had said before its answer was blocked', async () => {
    const answer = { wordPolicy: { customWords: [{ match: 'falcon', action: 'BLOCKED' }] } };
    const outputAssessments = { sandboxguard: [answer] };
    const guard = { guardrail: { modelOutput: ['The falcon flies.'], outputAssessments } };
    const view = await suite.open({ script: guarded(guard) });
    await ask(view, 'Hello');
    await settled(view, 2);
    await turnsOf(view).last().getByText('The guardrail blocked the answer.').waitFor();
    await trace(view).getByText('The falcon flies.', { exact: true }).waitFor();
  });

  it('folds the trace of a guardrail that found nothing', async () => {
    const passed = { guardrail: { inputAssessment: { sandboxguard: {} } } };
    const view = await suite.open({ script: guarded(passed, 'end_turn') });
    await ask(view, 'Hello');
    await settled(view, 2);
    assert.equal(await view.page.locator('.guardrail-outcome').count(), 0);
    const nothing = trace(view).getByText('The guardrail found nothing.');
    assert.equal(await nothing.isVisible(), false);
    await trace(view).locator('summary').first().click();
    await nothing.waitFor();
  });

  it('says that a guardrail intervened also where it sent no trace', async () => {
    const view = await suite.open({ script: guarded(undefined) });
    await ask(view, 'Hello');
    await settled(view, 2);
    await turnsOf(view).last().getByText('The guardrail intervened.').waitFor();
  });
});
