import assert from 'node:assert/strict';
import type { InvokeRequest, RuntimeApi } from '../../src/core/converse/runtimeApi.js';
import { until } from '../support/until.js';
import { playgroundSuite } from './support/playgroundSuite.js';
import {
  nova,
  type OpenedPlayground,
  type OpenPlaygroundOptions,
} from './support/playgroundView.js';
import { axeViolations, picture } from './support/webviewPage.js';

const command = 'cohere.command-text-v14';

const bodyBox = ({ page }: OpenedPlayground) => page.getByRole('textbox', { name: 'Request body' });
const options = ({ page }: OpenedPlayground) =>
  page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');

/** Puts the cursor into the body, as a click would. */
async function putCaret(view: OpenedPlayground, offset: number): Promise<void> {
  await bodyBox(view).focus();
  await view.page.evaluate(`document.activeElement.setSelectionRange(${offset}, ${offset})`);
}

describe('native mode of the playground page', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  /** A playground in native mode, with the family's ready-made body. */
  async function native(
    runtime: Partial<RuntimeApi> = {},
    options: Pick<OpenPlaygroundOptions, 'store' | 'handlers'> = {},
  ) {
    const view = await suite.open({ open: { modelId: command }, runtime, ...options });
    await view.page.getByRole('radio', { name: 'Native' }).check({ force: true });
    await until('the ready body', async () => (await bodyBox(view).inputValue()).length > 2);
    return view;
  }

  /** Streams two chunks; the second one when the test says so. */
  function twoChunks() {
    const sent: InvokeRequest[] = [];
    let goOn = (): void => undefined;
    const released = new Promise<void>((resolve) => (goOn = resolve));
    const runtime: Partial<RuntimeApi> = {
      async *invokeStream(request) {
        sent.push(request);
        yield { type: 'headers', headers: { 'x-amzn-requestid': 'abc' } };
        yield { type: 'chunk', json: '{"text":"Bon"}', text: 'Bon' };
        await released;
        yield { type: 'chunk', json: '{"text":"jour"}', text: 'jour', stopReason: 'COMPLETE' };
        yield { type: 'timing', firstTokenMs: 5, totalMs: 9 };
      },
    };
    return { sent, runtime, goOn };
  }

  it('sends the seed’s body and shows text, facts, raw response and headers', async () => {
    const { sent, runtime, goOn } = twoChunks();
    goOn();
    const view = await native(runtime);
    const { page } = view;
    const ready = JSON.parse(await bodyBox(view).inputValue()) as Record<string, unknown>;
    for (const name of ['prompt', 'temperature', 'max_tokens']) assert.ok(name in ready, name);
    await bodyBox(view).fill('{\n  "prompt": "Say hello",\n  "max_tokens": 20\n}');
    await page.getByText('The body fits the model.').waitFor();
    await page.getByRole('button', { name: 'Invoke' }).dblclick();
    await page.locator('.native-response .facts').waitFor();
    assert.match(await page.locator('.native-response').innerText(), /Bonjour[^]*COMPLETE/);
    assert.deepEqual(
      sent.map(({ modelId }) => modelId),
      [command],
      'a double click is one call',
    );
    await page.getByText('Headers').click();
    await page.getByText('x-amzn-requestid').waitFor();
    await picture(page, 'playground-native');
    assert.deepEqual(await axeViolations(page), []);
  });

  it('sends nothing where Stop is pressed before the playground is written down', async () => {
    const { sent, runtime } = twoChunks();
    let isSlow = false;
    let written = (): void => undefined;
    const store = () =>
      isSlow ? new Promise<void>((resolve) => (written = resolve)) : Promise.resolve();
    const view = await native(runtime, { store });
    isSlow = true;
    await view.page.getByRole('button', { name: 'Invoke' }).click();
    await view.page.getByRole('button', { name: 'Stop' }).click();
    isSlow = false;
    written();
    await view.page.getByRole('button', { name: 'Invoke' }).waitFor();
    assert.equal(sent.length, 0);
  });

  it('shows what came before the page was hidden, and what comes after', async () => {
    const { sent, runtime, goOn } = twoChunks();
    const view = await native(runtime);
    await view.page.getByRole('button', { name: 'Invoke' }).click();
    await view.page.locator('.native-response').getByText('Bon', { exact: true }).waitFor();
    await view.reload();
    await view.page.locator('.native-response').getByText('Bon', { exact: true }).waitFor();
    goOn();
    await view.page.locator('.native-response').getByText('Bonjour', { exact: true }).waitFor();
    assert.equal(sent.length, 1);
    await until('the answer on disk', () => view.stored().nativeAnswer?.text === 'Bonjour');
    await view.reload();
    await view.page.locator('.native-response').getByText('Bonjour', { exact: true }).waitFor();
  });

  it('follows the model with a body nobody touched, and leaves alone what a person wrote', async () => {
    const view = await native();
    const { page } = view;
    await page.locator('.model-button').click();
    await until('the body of Nova', async () =>
      (await bodyBox(view).inputValue()).includes('messages-v1'),
    );
    const own = await native();
    await bodyBox(own).fill('{"prompt": "mine"}');
    await own.page.locator('.model-button').click();
    await own.page
      .getByRole('button', { name: /schemaVersion|Missing property/ })
      .first()
      .waitFor();
    assert.equal(await bodyBox(own).inputValue(), '{"prompt": "mine"}');
    await own.page.getByRole('button', { name: 'View code' }).click();
    await own.page.getByRole('dialog').getByText(nova).first().waitFor();
  });

  it('opens for an embedding model by itself, without streaming', async () => {
    const sent: InvokeRequest[] = [];
    const view = await suite.open({
      open: { modelId: 'amazon.titan-embed-text-v2:0' },
      runtime: {
        invoke: (request) => {
          sent.push(request);
          return Promise.resolve({
            body: '{"embedding":[0.1,0.2]}',
            contentType: 'application/json',
            status: 200,
            headers: {},
            timing: { totalMs: 3 },
          });
        },
      },
    });
    await until('the ready body', async () =>
      (await bodyBox(view).inputValue()).includes('inputText'),
    );
    assert.equal(await view.page.getByLabel('Stream the answer').isChecked(), false);
    await view.page.getByRole('button', { name: 'Invoke' }).click();
    await view.page.locator('.native-response').getByText('"embedding"').waitFor();
    assert.equal(sent.length, 1);
  });

  it('underlines what is wrong in its place, and leads there from the list', async () => {
    const view = await native();
    const { page } = view;
    await bodyBox(view).fill(
      '{\n  "prompt": "Hi",\n  "temperature": 9,\n  "max_tokens": "many"\n}',
    );
    await page.locator('.mark-warning', { hasText: '9' }).waitFor();
    assert.deepEqual(await page.locator('.mark-warning').allInnerTexts(), ['9', '"many"']);
    await page.getByRole('button', { name: /^Line 4, column 17/ }).click();
    assert.equal(await page.evaluate('getSelection().toString()'), '"many"');
    await picture(page, 'playground-native-findings');
    assert.deepEqual(await axeViolations(page), []);
    await bodyBox(view).fill('{"prompt": 1');
    await page.locator('.mark-error').waitFor();
    await page.getByRole('button', { name: /^Line 1, .*closing brace/ }).waitFor();
  });

  it('suggests the family’s members while a name is typed, by keyboard alone', async () => {
    const view = await native();
    const { page } = view;
    await bodyBox(view).fill('{\n  "prompt": "Hi",\n  \n}');
    await putCaret(view, 22);
    await bodyBox(view).pressSequentially('"te');
    await options(view).filter({ hasText: 'temperature' }).waitFor();
    await until('one', async () => (await options(view).count()) === 1);
    await picture(page, 'playground-native-suggestions');
    assert.deepEqual(await axeViolations(page), []);
    await page.keyboard.press('Enter');
    await page.keyboard.type('0.5');
    assert.equal(await bodyBox(view).inputValue(), '{\n  "prompt": "Hi",\n  "temperature": 0.5\n}');
    await page.getByText('How much chance there is in the answer.').waitFor();
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    assert.doesNotMatch(await bodyBox(view).inputValue(), /0\.5/, 'typing can be undone');
  });

  it('opens the list on demand and moves through it with the arrow keys', async () => {
    const view = await native();
    const { page } = view;
    await bodyBox(view).fill('{\n  \n}');
    await putCaret(view, 4);
    await page.keyboard.press('Control+Space');
    await options(view).filter({ hasText: 'The prompt.' }).waitFor();
    await page.keyboard.press('ArrowDown');
    const active = page.locator('[role=option][aria-selected=true]');
    await until('the second one', async () => (await active.innerText()).includes('temperature'));
    await page.keyboard.press('Tab');
    assert.match(await bodyBox(view).inputValue(), /"temperature": /);
  });

  it('sends guardrail, trace, service tier and latency where they are set', async () => {
    const { sent, runtime, goOn } = twoChunks();
    goOn();
    const view = await native(runtime);
    const { page } = view;
    await page.getByText('Guardrail and serving').click();
    await page.getByLabel('Guardrail id or ARN').fill('gr-1');
    await page.getByLabel('Service tier').selectOption('flex');
    await page.getByLabel('Latency').selectOption('optimized');
    await page.getByRole('button', { name: 'Invoke' }).click();
    await page.locator('.native-response .facts').waitFor();
    const [request] = sent;
    assert.deepEqual(request?.guardrail, { id: 'gr-1', version: 'DRAFT' });
    assert.deepEqual(
      [request.trace, request.serviceTier, request.latency],
      ['ENABLED', 'flex', 'optimized'],
    );
  });

  it('takes a guardrail from the list and shows what it did, policy by policy', async () => {
    const topic = { name: 'Investment advice', type: 'DENY', action: 'BLOCKED', detected: true };
    const assessment = { sandboxguard: { topicPolicy: { topics: [topic] } } };
    const sent: InvokeRequest[] = [];
    const view = await native(
      {
        async *invokeStream(request) {
          sent.push(request);
          await Promise.resolve();
          yield {
            type: 'chunk',
            json: '{"text":"Sorry."}',
            text: 'Sorry.',
            guardrailAction: 'INTERVENED',
            trace: { guardrail: { inputAssessment: assessment } },
          };
          yield { type: 'timing', totalMs: 9 };
        },
      },
      {
        handlers: {
          pickGuardrail: () =>
            Promise.resolve({ id: 'sandboxguard', version: '1', name: 'sandbox-sample' }),
        },
      },
    );
    const { page } = view;
    await page.getByText('Guardrail and serving').click();
    await page.getByRole('button', { name: 'Choose Guardrail…' }).click();
    await page.getByText('sandbox-sample').waitFor();
    await page.getByRole('button', { name: 'Invoke' }).click();
    const response = page.locator('.native-response');
    await response.getByText('The guardrail blocked the prompt').waitFor();
    await response.getByRole('cell', { name: 'Investment advice' }).waitFor();
    assert.match(await response.innerText(), /guardrail_intervened/);
    assert.deepEqual(sent[0]?.guardrail, { id: 'sandboxguard', version: '1' });
    await picture(page, 'playground-native-guardrail');
    assert.deepEqual(await axeViolations(page), []);
    await view.reload();
    await response.getByText('The guardrail blocked the prompt').waitFor();
  });

  it('shows one whole response where streaming is switched off', async () => {
    const view = await native({
      invoke: () =>
        Promise.resolve({
          body: '{"generations":[{"text":"Hello"}]}',
          text: 'Hello',
          contentType: 'application/json',
          status: 200,
          headers: { 'content-type': 'application/json' },
          stopReason: 'COMPLETE',
          timing: { totalMs: 12, latencyMs: 7 },
        }),
    });
    await view.page.getByLabel('Stream the answer').uncheck();
    await view.page.getByRole('button', { name: 'Invoke' }).click();
    await view.page.locator('.native-response .facts').waitFor();
    const shown = await view.page.locator('.native-response').innerText();
    assert.match(shown, /Hello[^]*COMPLETE[^]*"generations": \[/);
  });

  it('keeps the part that came before a stream broke, and sends again only when told to', async () => {
    let calls = 0;
    const view = await native({
      async *invokeStream() {
        calls++;
        yield { type: 'chunk', json: '{"text":"Half"}', text: 'Half' };
        await Promise.resolve();
        throw Object.assign(new Error('The connection broke. Try again.'), {
          name: 'AppError',
          kind: 'network',
        });
      },
    });
    await view.page.getByRole('button', { name: 'Invoke' }).click();
    await view.page.getByRole('alert').getByText('The connection broke.').waitFor();
    await view.page.locator('.native-response').getByText('Half', { exact: true }).waitFor();
    assert.equal(calls, 1);
    assert.deepEqual(await axeViolations(view.page), []);
    await view.page.getByRole('button', { name: 'Retry' }).click();
    await until('the second call', () => calls === 2);
  });
});
