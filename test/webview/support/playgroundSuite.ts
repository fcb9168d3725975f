import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import { until } from '../../support/until.js';
import {
  type OpenedPlayground,
  openPlayground,
  type OpenPlaygroundOptions,
} from './playgroundView.js';
import { sharedChromium } from './webviewPage.js';

/** What the playground's tests share. */
export interface PlaygroundSuite {
  open(options?: OpenPlaygroundOptions): Promise<OpenedPlayground>;
}

/** Registers the hooks: a browser for all, and no policy violation or error in any page. */
export function playgroundSuite(): PlaygroundSuite {
  let browser: Browser;
  let opened: OpenedPlayground[] = [];
  before(async () => {
    browser = await sharedChromium();
  });
  afterEach(async () => {
    const problems = opened.flatMap((each) => each.problems);
    for (const each of opened) await each.close();
    opened = [];
    assert.deepEqual(problems, [], 'policy violations or errors in the page');
  });
  return {
    open: async (options = {}) => {
      const playground = await openPlayground(browser, options);
      opened.push(playground);
      return playground;
    },
  };
}

/** The box the person writes in. */
export const promptBox = ({ page }: OpenedPlayground): Locator =>
  page.getByRole('textbox', { name: 'Prompt', exact: true });

/** Prompts and answers. */
export const turnsOf = ({ page }: OpenedPlayground): Locator => page.getByRole('article');

/** Writes a prompt and presses Enter. */
export async function ask(view: OpenedPlayground, prompt: string): Promise<void> {
  await promptBox(view).fill(prompt);
  await promptBox(view).press('Enter');
}

/** Waits until nothing arrives any more and so many turns are there. */
export async function settled(view: OpenedPlayground, count: number): Promise<void> {
  await until(
    'the answer',
    async () => {
      const busy = await view.page.locator('[aria-busy=true]').count();
      return busy === 0 && (await turnsOf(view).count()) === count;
    },
    8_000,
  );
}
