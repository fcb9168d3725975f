import assert from 'node:assert/strict';
import { until } from '../support/until.js';
import { ask, playgroundSuite, promptBox, settled, turnsOf } from './support/playgroundSuite.js';
import { haiku, nova, type OpenedPlayground, says } from './support/playgroundView.js';

/** What has the focus: its accessible name or its words; `body` where it was lost. */
function focused({ page }: OpenedPlayground): Promise<string> {
  return page.evaluate(`(() => {
    const { activeElement: at } = document;
    if (!at || at === document.body) return 'body';
    return at.getAttribute('aria-label') || at.getAttribute('title') || at.textContent.trim() || at.tagName;
  })()`);
}

/** Presses Tab until that has the focus. */
async function tabTo(view: OpenedPlayground, name: string, key = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step++) {
    if ((await focused(view)).includes(name)) return;
    await view.page.keyboard.press(key);
  }
  assert.fail(`${name} cannot be reached by ${key}`);
}

const said = ({ page }: OpenedPlayground) => page.locator('p[aria-live=polite]').innerText();

describe('the playground page without a pointer', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  it('reaches what can be done with a turn, and shows it', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    assert.equal(await focused(view), 'Prompt', 'where one writes next');
    // One stop a turn, and arrow keys from there.
    await tabTo(view, 'Copy', 'Shift+Tab');
    for (const name of ['Delete', 'Branch off here', 'Edit', 'Regenerate', 'Show raw', 'Copy']) {
      await view.page.keyboard.press('ArrowLeft');
      assert.ok((await focused(view)).includes(name), name);
      const shown = await view.page.evaluate<string>(
        'getComputedStyle(document.activeElement).opacity',
      );
      const row = await view.page.evaluate<string>(
        'getComputedStyle(document.activeElement.parentElement).opacity',
      );
      assert.deepEqual([shown, row], ['1', '1'], `${name} is to be seen`);
    }
    await view.page.keyboard.press('End');
    await view.page.keyboard.press('Shift+Tab');
    assert.ok(!/Delete|Branch|Edit/.test(await focused(view)), 'the row is one stop');
    await view.page.keyboard.press('Tab');
    assert.equal(await focused(view), 'Delete', 'and remembers where one was');
  });

  it('changes a prompt and gives the focus back', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    const edit = turnsOf(view).first().getByRole('button', { name: 'Edit' });
    await edit.focus();
    await view.page.keyboard.press('Enter');
    const box = view.page.getByRole('textbox', { name: 'Edit' });
    await until('the box', async () => (await box.and(view.page.locator(':focus')).count()) === 1);
    await tabTo(view, 'Cancel');
    await view.page.keyboard.press('Enter');
    await until('the focus', async () => (await focused(view)) !== 'body');
  });

  it('keeps the focus where a turn, a notice or a model goes away', async () => {
    const view = await suite.open({ open: { modelIds: [haiku, nova] } });
    await ask(view, 'One');
    await settled(view, 4);
    await turnsOf(view).nth(1).getByRole('button', { name: 'Delete' }).focus();
    await view.page.keyboard.press('Enter');
    await settled(view, 3);
    assert.notEqual(await focused(view), 'body', 'after a turn was deleted');
    await view.page.getByRole('button', { name: 'Remove this model' }).nth(1).focus();
    await view.page.keyboard.press('Enter');
    await until('one lane', async () => (await view.page.locator('.lane').count()) <= 1);
    assert.notEqual(await focused(view), 'body', 'after a model was taken out');
  });

  it('opens the code, keeps the focus in it, and gives it back on Escape', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    const button = view.page.getByRole('button', { name: 'View code' });
    await button.focus();
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('dialog').waitFor();
    for (let step = 0; step < 8; step++) {
      await view.page.keyboard.press('Tab');
      const isInside = await view.page.evaluate<boolean>(
        `document.activeElement === document.body || document.activeElement.closest('dialog') !== null`,
      );
      assert.ok(isInside, 'the focus stays in the dialog');
    }
    await view.page.keyboard.press('Escape');
    await until('the button', async () => (await focused(view)) === 'View code');
  });

  it('says an answer once, at its end, and how it ended', async () => {
    const view = await suite.open({ script: says('The Danube is long.', 2, 150) });
    await ask(view, 'Which river?');
    await view.page.locator('.turn.live .markdown').waitFor();
    assert.equal(await said(view), '', 'nothing while it arrives');
    await settled(view, 2);
    assert.equal(await said(view), 'Answer: The Danube is long.');
    await ask(view, 'And now?');
    await view.page.locator('.turn.live .markdown').waitFor();
    await promptBox(view).focus();
    await tabTo(view, 'Stop');
    await view.page.keyboard.press('Enter');
    await settled(view, 4);
    assert.match(await said(view), /^Stopped\. Answer so far: The/);
  });
});
