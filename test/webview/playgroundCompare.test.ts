import assert from 'node:assert/strict';
import { until } from '../support/until.js';
import { ask, playgroundSuite, settled } from './support/playgroundSuite.js';
import { haiku, nova, says } from './support/playgroundView.js';
import { themes, type ThemeName } from './support/themes.js';
import { axeViolations, picture } from './support/webviewPage.js';

const four = [haiku, nova, 'us.meta.llama3-1-8b-instruct-v1:0', 'mistral.mistral-large-2407-v1:0'];
const long = Array.from({ length: 40 }, (_each, line) => `Line ${line} of the answer.`).join(
  '\n\n',
);

describe('models side by side on the playground page', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  it('asks four models at once and shows a footer for each', async () => {
    const view = await suite.open({
      open: { modelIds: four },
      script: says(long, 200),
      width: 1400,
    });
    const { page } = view;
    await ask(view, 'Go');
    await settled(view, 8);
    assert.deepEqual(view.requests.map(({ modelId }) => modelId).sort(), four.toSorted());
    const footers = await page.locator('.facts').allInnerTexts();
    assert.equal(footers.length, 4);
    for (const footer of footers) {
      for (const fact of ['First token', 'Total', 'Tokens in', 'Tokens out', 'tokens/s', 'Cost']) {
        assert.ok(footer.includes(fact), `${fact} in ${footer}`);
      }
    }
    const bottoms = `[...document.querySelectorAll('.facts')].map((each) => each.getBoundingClientRect().bottom)`;
    const { y = 0 } = (await page.locator('.verdict').boundingBox()) ?? {};
    await until('the end of each answer in sight', async () =>
      (await page.evaluate<number[]>(bottoms)).every((bottom) => bottom <= y),
    );
    const another = page.getByRole('button', { name: 'Compare with another model' });
    assert.equal(await another.count(), 0, 'four is the most');
    await picture(page, 'playground-compare-four');
    assert.deepEqual(await axeViolations(page), []);
  });

  it('scrolls four models together', async () => {
    const view = await suite.open({
      open: { modelIds: four },
      script: says(long, 200),
      width: 1400,
    });
    await ask(view, 'Go');
    await settled(view, 8);
    const tops = `[...document.querySelectorAll('.transcript')].map((each) => each.scrollTop)`;
    await view.page.evaluate(`document.querySelectorAll('.transcript')[2].scrollTop = 200`);
    await until('all of them', async () => {
      const all = await view.page.evaluate<number[]>(tops);
      return all.length === 4 && all.every((top) => top === 200);
    });
  });

  it('keeps parameters of each model apart, and the system prompt in common', async () => {
    const view = await suite.open({ open: { modelIds: [haiku, nova] }, width: 1400 });
    const { page } = view;
    const lane = (index: number) => page.locator('.lane').nth(index);
    await page.getByRole('textbox', { name: 'System prompt' }).fill('Be short.');
    await page.getByLabel('Temperature').fill('0.1');
    await lane(1).getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Temperature').fill('0.9');
    await ask(view, 'Go');
    await settled(view, 4);
    for (const [modelId, temperature] of [
      [haiku, 0.1],
      [nova, 0.9],
    ] as const) {
      const request = view.requests.find((each) => each.modelId === modelId);
      assert.equal(request?.inferenceConfig?.['temperature'], temperature);
      assert.deepEqual(request.system, [{ text: 'Be short.' }]);
    }
  });

  for (const width of [900, 600]) {
    it(`gives each of four answers room in ${width} pixels, with the settings at hand`, async () => {
      const view = await suite.open({ open: { modelIds: four }, script: says(long, 200), width });
      const { page } = view;
      await ask(view, 'Go');
      await settled(view, 8);
      for (const isOpen of [false, true]) {
        const settings = page.locator('.header').getByRole('button', { name: 'Settings' });
        if ((await settings.getAttribute('aria-pressed')) !== String(isOpen))
          await settings.click();
        for (const lane of await page.locator('.lane').all()) {
          const { width: room = 0 } = (await lane.boundingBox()) ?? {};
          assert.ok(room >= 260, `${room} pixels for an answer`);
          const name = await lane.locator('.model-name').boundingBox();
          const buttons = await lane.locator('.header-actions').boundingBox();
          assert.ok(name && buttons && name.width > 60 && name.x + name.width <= buttons.x);
        }
        await picture(page, `playground-compare-${width}${isOpen ? '-settings' : ''}`);
      }
      assert.deepEqual(await axeViolations(page), []);
    });
  }

  it('takes a model out while it answers; the others go on', async () => {
    const view = await suite.open({
      open: { modelIds: [haiku, nova] },
      script: says(long, 20, 20),
      width: 1400,
    });
    const { page } = view;
    await ask(view, 'Go');
    await page.locator('.turn.live').nth(1).waitFor();
    await page.getByRole('button', { name: 'Remove this model' }).nth(1).click();
    await settled(view, 2);
    assert.equal(await page.locator('.lane').count(), 1);
    assert.equal(view.stored().lanes[0]?.turns.at(-1)?.answer?.stopReason, 'end_turn');
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`is readable in ${theme}, also in a narrow window`, async () => {
      const options = { open: { modelIds: four.slice(0, 3) }, script: says(long, 200), theme };
      const wide = await suite.open({ ...options, width: 1400 });
      await ask(wide, 'Go');
      await settled(wide, 6);
      await picture(wide.page, `playground-compare-${theme}`);
      assert.deepEqual(await axeViolations(wide.page), []);
      await wide.page.setViewportSize({ width: 520, height: 800 });
      const names = wide.page.locator('.lane-head .model-name');
      for (const box of await names.all()) {
        assert.ok(((await box.boundingBox())?.width ?? 0) > 30, 'the name of each model shows');
      }
      await picture(wide.page, `playground-compare-narrow-${theme}`);
      const sideways =
        'document.documentElement.scrollWidth > document.documentElement.clientWidth';
      assert.equal(await wide.page.evaluate(sideways), false, 'nothing is cut off at the side');
      assert.deepEqual(await axeViolations(wide.page), []);
    });
  }
});
