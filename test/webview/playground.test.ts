import assert from 'node:assert/strict';
import { AppError } from '../../src/core/errors.js';
import { until } from '../support/until.js';
import { ask, playgroundSuite, promptBox, settled, turnsOf } from './support/playgroundSuite.js';
import { says } from './support/playgroundView.js';
import type { ThemeName } from './support/themes.js';
import { axeViolations, picture } from './support/webviewPage.js';

const answer = `Three things matter:

1. **Facts** first, with \`code\`.
2. A [link](https://example.com) and ![a picture](https://evil.example/x.png)

\`\`\`python
print("hello")
\`\`\`

| a | b |
| - | -: |
| 1 | 2 |

<img src=x onerror="window.pwned=1"> stays text.`;

describe('the playground page', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  it('sends with Enter, streams the answer and says how it came about', async () => {
    const view = await suite.open({ script: says(answer) });
    await ask(view, 'What matters?');
    await settled(view, 2);
    const facts = await view.page.locator('.facts').innerText();
    assert.equal(
      facts.replaceAll(/\s+/g, ' '),
      'Stop reason end_turn Tokens in 1,000 Tokens out 200 First token 140 ms Total 1.1 s In Bedrock 420 ms ' +
        'Speed 200 tokens/s Cost on AWS $0.002 Prices of 2026-10-05: https://example.com/prices',
    );
    assert.deepEqual(view.requests[0]?.messages, [
      { role: 'user', content: [{ text: 'What matters?' }] },
    ]);
    assert.equal(await promptBox(view).inputValue(), '');
  });

  it('takes a double click on Send for one request, and not for a Stop', async () => {
    const view = await suite.open({
      script: async function* (_request, signal) {
        for await (const event of says('Hello there.', 2, 40)(_request, signal)) {
          signal?.throwIfAborted();
          yield event;
        }
      },
    });
    await promptBox(view).fill('Hello?');
    await view.page.getByRole('button', { name: 'Send' }).dblclick({ delay: 30 });
    await settled(view, 2);
    assert.equal(view.requests.length, 1);
    assert.match(await turnsOf(view).last().innerText(), /Hello there\./);
  });

  it('shows Markdown and never runs or fetches anything of it', async () => {
    const view = await suite.open({ script: says(answer) });
    await ask(view, 'What matters?');
    await settled(view, 2);
    const { page } = view;
    assert.equal(await page.locator('.markdown strong').innerText(), 'Facts');
    assert.equal(await page.locator('.markdown img').count(), 0);
    assert.match(await page.locator('.markdown').innerText(), /<img src=x onerror/);
    assert.equal(await page.evaluate('window.pwned'), undefined);
    await page.getByRole('link', { name: 'Picture: a picture' }).click();
    await page.getByRole('button', { name: 'Insert at cursor' }).click();
    await until('both calls', () => view.calls.length === 2);
    assert.deepEqual(view.calls, [
      { name: 'openLink', value: 'https://evil.example/x.png' },
      { name: 'insert', value: 'print("hello")' },
    ]);
  });

  it('stays at the end of a long answer, and where the person scrolled to', async () => {
    const long = Array.from({ length: 60 }, (_each, line) => `Line ${line}`).join('\n\n');
    const view = await suite.open({ script: says(long, 20, 15) });
    const rest = (): Promise<number> =>
      view.page.evaluate(`(({ scrollHeight, scrollTop, clientHeight }) =>
        scrollHeight - scrollTop - clientHeight)(document.querySelector('.transcript'))`);
    await ask(view, 'Go on');
    await settled(view, 2);
    assert.ok((await rest()) < 40, 'at the end');
    await ask(view, 'Once more');
    await view.page.locator('.turn.live .markdown').waitFor();
    await view.page.evaluate(`document.querySelector('.transcript').scrollTop = 100`);
    await settled(view, 4);
    assert.equal(await view.page.evaluate(`document.querySelector('.transcript').scrollTop`), 100);
  });

  it('keeps what came when the person presses Stop', async () => {
    const view = await suite.open({
      script: async function* (_request, signal) {
        yield { type: 'messageStart' };
        yield { type: 'text', index: 0, text: 'The beginning' };
        await new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new AppError('cancelled', 'Cancelled.'));
          });
        });
      },
    });
    await ask(view, 'Go on');
    await view.page.getByText('The beginning').waitFor();
    await view.page.locator('.composer').getByRole('button', { name: 'Stop' }).click();
    await settled(view, 2);
    assert.match(await view.page.locator('.facts').innerText(), /stopped by you/);
    assert.match(await turnsOf(view).last().innerText(), /The beginning/);
    assert.equal(view.requests.length, 1);
  });

  it('keeps the part that came before a stream broke, and retries only when told to', async () => {
    const view = await suite.open({
      script: async function* () {
        yield { type: 'messageStart' };
        yield { type: 'text', index: 0, text: 'Half an ans' };
        await Promise.resolve();
        throw new AppError('throttled', 'AWS is receiving too many requests. Try again.', {
          action: 'retry',
        });
      },
    });
    await ask(view, 'Go on');
    await view.page.getByRole('alert').getByText('too many requests').waitFor();
    assert.match(await turnsOf(view).last().innerText(), /Half an ans/);
    assert.equal(view.requests.length, 1);
    await picture(view.page, 'playground-error');
    await view.page.getByRole('button', { name: 'Retry' }).click();
    await until('the second request', () => view.requests.length === 2);
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] satisfies ThemeName[]) {
    it(`is accessible in the ${theme} theme`, async () => {
      const view = await suite.open({ theme, script: says(answer) });
      assert.deepEqual(await axeViolations(view.page), []);
      await ask(view, 'What matters?');
      await settled(view, 2);
      await picture(view.page, `playground-${theme}`);
      assert.deepEqual(await axeViolations(view.page), []);
    });
  }
});
