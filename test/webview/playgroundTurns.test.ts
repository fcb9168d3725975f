import assert from 'node:assert/strict';
import type { ConverseRequest } from '../../src/core/converse/wire.js';
import { turnText } from '../../src/core/converse/conversation.js';
import { AppError, type ErrorAction, type ErrorKind } from '../../src/core/errors.js';
import type { PlaygroundDocument } from '../../src/features/playground/contract.js';
import { until } from '../support/until.js';
import { ask, playgroundSuite, settled, turnsOf } from './support/playgroundSuite.js';
import { type OpenedPlayground, type Script, says } from './support/playgroundView.js';
import { axeViolations, picture } from './support/webviewPage.js';

/** Presses one of the buttons that a turn shows under the pointer. */
async function act(view: OpenedPlayground, turn: number, name: string): Promise<void> {
  await turnsOf(view).nth(turn).hover();
  await turnsOf(view).nth(turn).getByRole('button', { name, exact: true }).click();
}

const textsOf = (request: ConverseRequest | undefined) =>
  request?.messages.map(({ content }) =>
    content.map((block) => (typeof block['text'] === 'string' ? block['text'] : '')).join(),
  );

describe('turns and settings of the playground page', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  it('leaves a deleted turn out of the next request', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    await ask(view, 'Two');
    await settled(view, 4);
    await act(view, 1, 'Delete');
    await act(view, 0, 'Delete');
    assert.equal(await turnsOf(view).count(), 2);
    await ask(view, 'Three');
    await settled(view, 4);
    assert.deepEqual(textsOf(view.requests[2]), ['Two', 'Hello there.', 'Three']);
  });

  /** What the history was given to keep. */
  const kept = (view: OpenedPlayground) =>
    view.calls
      .filter(({ name }) => name === 'keepBranch')
      .map(({ value }) => (value as PlaygroundDocument).lanes[0]);

  it('brings back what was deleted, and takes it away again', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    await act(view, 1, 'Delete');
    await settled(view, 1);
    const { page } = view;
    await page.getByText('Turns were taken away.').first().waitFor();
    await picture(page, 'playground-undo');
    assert.deepEqual(await axeViolations(page), []);
    await page.getByRole('button', { name: 'Undo' }).click();
    await settled(view, 2);
    assert.equal(view.stored().lanes[0]?.turns.length, 2, 'and it is written down');
    await page.getByRole('button', { name: 'Redo' }).click();
    await settled(view, 1);
    assert.deepEqual(kept(view), [], 'the last answer alone is no branch');
    await ask(view, 'Two');
    await settled(view, 3);
    assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0, 'it goes on');
  });

  it('keeps as a branch what an edited prompt replaces, and goes back to it', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    await ask(view, 'Two');
    await settled(view, 4);
    await act(view, 0, 'Edit');
    await view.page.getByRole('textbox', { name: 'Edit' }).fill('Another');
    await turnsOf(view).first().getByRole('button', { name: 'Send' }).click();
    await settled(view, 2);
    const [branch] = kept(view);
    assert.deepEqual(branch?.turns.map(turnText), ['One', 'Hello there.', 'Two', 'Hello there.']);
    assert.equal(branch.branchedFrom?.conversationId, view.stored().lanes[0]?.id);
    await view.page.getByRole('button', { name: 'Undo' }).click();
    await settled(view, 4);
    assert.deepEqual(await turnsOf(view).locator('.plain').allInnerTexts(), ['One', 'Two']);
  });

  it('sends a prompt whose answer was deleted again, as it is', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    await act(view, 1, 'Delete');
    await view.page.getByRole('button', { name: 'Send', exact: true }).click();
    await settled(view, 2);
    assert.deepEqual(view.requests.map(textsOf), [['One'], ['One']]);
  });

  it('takes a corrected answer for what the model said', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    await act(view, 1, 'Edit');
    await view.page.getByRole('textbox', { name: 'Edit' }).fill('Better words.');
    await view.page.getByRole('button', { name: 'Save' }).click();
    await ask(view, 'Two');
    await settled(view, 4);
    assert.deepEqual(textsOf(view.requests[1]), ['One', 'Better words.', 'Two']);
  });

  it('sends Converse in the place of ConverseStream where streaming is switched off', async () => {
    const sent: ConverseRequest[] = [];
    const view = await suite.open({
      runtime: {
        converse: (request) => {
          sent.push(request);
          return Promise.resolve({
            content: [{ type: 'text', text: 'In one piece.' }],
            stopReason: 'end_turn',
            usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
            timing: { totalMs: 12 },
          });
        },
      },
    });
    await view.page.getByText('Stream the answer').click();
    await ask(view, 'One');
    await settled(view, 2);
    assert.match(await turnsOf(view).last().innerText(), /In one piece\./);
    assert.deepEqual([sent.length, view.requests.length], [1, 0]);
  });

  it('sends effort, tier, latency and cache points as they are set', async () => {
    const view = await suite.open();
    const { page } = view;
    await page.getByRole('textbox', { name: 'System prompt' }).fill('Be short.');
    await page.getByText('Effort, tier and caching').click();
    await page.getByLabel('Service tier').selectOption('flex');
    await page.getByLabel('Latency').selectOption('optimized');
    await page.locator('.settings').getByText('After the system prompt').click();
    await picture(page, 'playground-serving');
    assert.deepEqual(await axeViolations(page), []);
    await ask(view, 'One');
    await settled(view, 2);
    const [request] = view.requests;
    assert.ok(request);
    assert.deepEqual(request.serviceTier, { type: 'flex' });
    assert.deepEqual(request.performanceConfig, { latency: 'optimized' });
    assert.deepEqual(request.system, [{ text: 'Be short.' }, { cachePoint: { type: 'default' } }]);
  });

  for (const [what, kind, action, button] of [
    ['an expired sign-in', 'credentials', 'signIn', 'Sign In'],
    ['no connection', 'credentials', 'pickConnection', 'Choose Connection'],
    ['a model without access', 'accessDenied', 'openModelAccess', 'Open Model Access'],
  ] satisfies [string, ErrorKind, ErrorAction, string][]) {
    it(`offers ${button} for ${what}, and sends again only where that helped`, async () => {
      let isMended = false;
      const script: Script = async function* (request, signal) {
        if (!isMended) throw new AppError(kind, `There is ${what}.`, { action });
        yield* says('Better.')(request, signal);
      };
      const acted: ErrorAction[] = [];
      const view = await suite.open({
        script,
        handlers: {
          recover: ({ action: asked }) => {
            acted.push(asked);
            return Promise.resolve(isMended);
          },
        },
      });
      await ask(view, 'One');
      const alert = view.page.getByRole('alert');
      await alert.getByText(`There is ${what}.`).waitFor();
      await alert.getByRole('button', { name: button }).click();
      await until('the first try', () => acted.length === 1);
      assert.equal(view.requests.length, 1);
      isMended = true;
      await alert.getByRole('button', { name: button }).click();
      await turnsOf(view).last().getByText('Better.').waitFor();
      assert.deepEqual(acted, [action, action]);
      assert.equal(view.requests.length, 2);
    });
  }
});
