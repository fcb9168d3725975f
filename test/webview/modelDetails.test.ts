import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { AppError } from '../../src/core/errors.js';
import { until } from '../support/until.js';
import {
  accessRows,
  legacySnapshot,
  modelId,
  openDetails,
  type OpenDetailsOptions,
  type OpenedDetails,
} from './support/detailsView.js';
import type { ThemeName } from './support/themes.js';
import { axeViolations, sharedChromium, picture } from './support/webviewPage.js';

describe('the details page of a model', function () {
  this.timeout(30_000);
  let browser: Browser;
  let opened: OpenedDetails[] = [];

  before(async () => {
    browser = await sharedChromium();
  });
  afterEach(async () => {
    const problems = opened.flatMap((each) => each.problems);
    for (const each of opened) await each.close();
    opened = [];
    assert.deepEqual(problems, [], 'policy violations or errors in the page');
  });

  async function open(options: OpenDetailsOptions = {}): Promise<OpenedDetails> {
    const details = await openDetails(browser, options);
    opened.push(details);
    return details;
  }

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] satisfies ThemeName[]) {
    it(`is accessible in the ${theme} theme`, async () => {
      const { page } = await open({ theme, height: 900 });
      await page.getByText('Not offered here').waitFor();
      assert.deepEqual(await axeViolations(page), []);
      await picture(page, `modelDetails-${theme}`);
    });
  }

  it('keeps its shape in a narrow editor', async () => {
    const { page } = await open({ width: 400, height: 1600 });
    await page.getByText('Not offered here').waitFor();
    await picture(page, 'modelDetails-narrow');
    assert.deepEqual(await axeViolations(page), []);
    const overflow = 'document.documentElement.scrollWidth - window.innerWidth';
    assert.ok((await page.evaluate<number>(overflow)) <= 0, 'the page is wider than the editor');
  });

  it('shows facts, profiles with their Regions, and what is unknown as unknown', async () => {
    const { page } = await open();
    await page.getByRole('heading', { name: 'Claude Sonnet 4.5' }).waitFor();
    const row = page.getByRole('row', { name: new RegExp(`us\\.${modelId}`) });
    assert.match(await row.innerText(), /used here[\s\S]*us-east-1, us-east-2, us-west-2/);
    const card = page.locator('section', { hasText: 'Price on demand' });
    assert.match(await card.innerText(), /Price\s+Unknown/);
  });

  it('runs what a button says, copies values and opens sources', async () => {
    const { page, actions, copied, links } = await open();
    await page.getByRole('button', { name: 'Use for Batch…' }).click();
    await page.getByRole('button', { name: 'Copy Call it as' }).click();
    await page.getByText('Copied').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'AWS’s table' }).click();
    await until('the link', () => Promise.resolve(links.length > 0));
    assert.deepEqual(actions, ['useForBatch']);
    assert.deepEqual(copied, [`us.${modelId}`]);
    assert.deepEqual(links, ['https://docs.aws.amazon.com/bedrock/batch']);
  });

  it('is used by keyboard alone', async () => {
    const { page, actions } = await open();
    await page.getByRole('button', { name: 'Use for Batch…' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('the action', () => Promise.resolve(actions.length > 0));
    assert.deepEqual(actions, ['addFavorite']);
  });

  it('says why access is not known, and asks again', async () => {
    let isAllowed = false;
    const { page } = await open({
      handlers: {
        availability: () => {
          if (isAllowed) return accessRows;
          throw new AppError('accessDenied', 'Not allowed: GetFoundationModelAvailability.');
        },
      },
    });
    await page.getByRole('alert').getByText('Not allowed').waitFor();
    assert.deepEqual(await axeViolations(page), []);
    isAllowed = true;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.getByText('You may call it').waitFor();
  });

  it('follows the extension as facts change', async () => {
    let change = (): void => undefined;
    const changed = new Promise<void>((resolve) => {
      change = resolve;
    });
    const { page } = await open({
      handlers: {
        async *watch(_input, signal) {
          yield legacySnapshot;
          await changed;
          const [first, ...rest] = legacySnapshot.buttons;
          const marked = rest.map((button) =>
            button.action === 'addFavorite' ? { ...button, text: 'Remove from Favorites' } : button,
          );
          yield { ...legacySnapshot, buttons: first ? [first, ...marked] : marked };
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve);
          });
        },
      },
    });
    await page.getByText('Add to Favorites').waitFor();
    change();
    await page.getByRole('button', { name: 'Remove from Favorites' }).waitFor();
  });

  it('says that a model is not there any more', async () => {
    const details = await open({
      handlers: {
        async *watch() {
          await Promise.resolve();
          yield { missing: `${modelId} is not among the models of this connection.` };
        },
      },
    });
    await details.page.getByText('is not among the models').waitFor();
    await picture(details.page, 'modelDetails-missing');
    assert.deepEqual(await axeViolations(details.page), []);
    await details.page.getByRole('button', { name: 'Try Again' }).click();
    await until('the refresh', () => Promise.resolve(details.actions.includes('refresh')));
  });

  it('shows why it failed, and remembers which model it was', async () => {
    const details = await open({
      handlers: {
        // eslint-disable-next-line require-yield -- fails before the first event
        async *watch() {
          await Promise.resolve();
          throw new AppError('network', 'Nothing answers. Try again.');
        },
      },
    });
    await details.page.getByRole('alert').getByText('Nothing answers').waitFor();
    assert.deepEqual(await details.state(), { modelId });
  });

  it('shows hostile names as text', async () => {
    const hostile = '<img src=x onerror="window.pwned=1">';
    const { page } = await open({
      handlers: {
        async *watch(_input, signal) {
          yield { ...legacySnapshot, name: hostile, subtitle: hostile };
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve);
          });
        },
      },
    });
    await page.getByRole('heading', { name: hostile }).waitFor();
    assert.equal(await page.evaluate(`window.pwned ?? document.querySelectorAll('img').length`), 0);
  });
});
