import assert from 'node:assert/strict';
import { open as openFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import {
  openResults,
  type OpenedResults,
  resultsFixture,
  type ResultsFixture,
} from './support/resultsView.js';
import { sharedChromium, picture } from './support/webviewPage.js';

const count = 1_000_000;

async function writeMany(file: string): Promise<void> {
  const handle = await openFile(file, 'w');
  for (let from = 0; from < count; from += 50_000) {
    let text = '';
    for (let at = from; at < from + 50_000; at++) {
      text += `{"recordId":"r${at}","modelOutput":{"content":[{"type":"text","text":"n ${at}"}]}}\n`;
    }
    await handle.write(text);
  }
  await handle.close();
}

describe('the grid with a million rows', function () {
  this.timeout(60_000);
  let browser: Browser;
  let fixture: ResultsFixture;
  let results: OpenedResults;

  before(async () => {
    browser = await sharedChromium();
    fixture = await resultsFixture({ output: '' });
    await writeMany(path.join(fixture.folder, 'tickets.jsonl.out'));
    results = await openResults(browser, fixture);
    await results.page.getByText('r0', { exact: true }).waitFor();
  });
  after(async () => {
    const { problems } = results;
    await results.close();
    await fixture.remove();
    assert.deepEqual(problems, []);
  });

  /** Numbers of the rows that are on screen and loaded, from their ids. */
  const idsOnScreen = () =>
    results.page.evaluate<number[]>(`(() => {
      const box = document.querySelector('.grid').getBoundingClientRect();
      return [...document.querySelectorAll('.grid-body [role=row]')]
        .filter((row) => {
          const own = row.getBoundingClientRect();
          return own.top >= box.top + 27 && own.bottom <= box.bottom + 1;
        })
        .map((row) => ({
          index: Number(row.getAttribute('aria-rowindex')) - 2,
          id: row.children[1].textContent,
          top: row.getBoundingClientRect().top,
        }))
        .filter(({ index, id }) => id === 'r' + index)
        .sort((a, b) => a.top - b.top)
        .map(({ index }) => index);
    })()`);

  async function untilOnScreen(check: (ids: number[]) => boolean, what: string): Promise<number[]> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const ids = await idsOnScreen();
      if (check(ids)) return ids;
      if (Date.now() > deadline) throw new Error(`${what}: ${ids.join(' ')}`);
      await results.page.waitForTimeout(20);
    }
  }

  const scrollTo = (share: number) =>
    results.page.evaluate(`(() => {
      const grid = document.querySelector('.grid');
      grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * ${share};
    })()`);

  it('tells how many rows there are and stays below the cap of the browser', async () => {
    assert.equal(
      await results.page.getByRole('grid').getAttribute('aria-rowcount'),
      String(count + 1),
    );
    const height = await results.page.evaluate<number>(
      `document.querySelector('.grid').scrollHeight`,
    );
    assert.ok(height < 17_000_000 && height > 1_000_000, String(height));
  });

  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    it(`shows the rows at ${share * 100}% of the scroll bar, in order and without gaps`, async () => {
      await scrollTo(share);
      const middle = share * count;
      const ids = await untilOnScreen(
        (found) => found.length > 15 && Math.abs((found[0] ?? 0) - middle) < 60,
        `rows near ${middle}`,
      );
      assert.deepEqual(
        ids,
        ids.map((_, at) => (ids[0] ?? 0) + at),
      );
      const rows = await results.page.locator('.grid-body [role=row]').count();
      assert.ok(rows < 60, `${rows} rows in the document`);
    });
  }

  it('reaches the last row with End and the first with Home', async () => {
    await scrollTo(0);
    await untilOnScreen((ids) => ids[0] === 0, 'the first rows');
    await results.page.locator('.grid-body [aria-rowindex="2"]').click();
    await results.page.keyboard.press('End');
    await results.page.getByRole('heading', { name: `r${count - 1}` }).waitFor();
    await untilOnScreen((ids) => ids.at(-1) === count - 1, 'the last rows');
    await picture(results.page, 'results-million');
    await results.page.keyboard.press('ArrowUp');
    await results.page.getByRole('heading', { name: `r${count - 2}` }).waitFor();
    await results.page.keyboard.press('Home');
    await untilOnScreen((ids) => ids[0] === 0, 'the first rows again');
  });

  it('moves by single rows with the wheel although the scroll bar is mapped', async () => {
    await scrollTo(0.5);
    const before = await untilOnScreen((ids) => (ids[0] ?? 0) > 490_000, 'the middle');
    await results.page.mouse.move(400, 250);
    await results.page.mouse.wheel(0, 48);
    const after = await untilOnScreen((ids) => ids[0] !== before[0] && ids.length > 8, 'a step');
    const step = (after[0] ?? 0) - (before[0] ?? 0);
    assert.ok(step >= 1 && step <= 3, `moved by ${step} rows`);
  });

  it('keeps the focused row when it is scrolled out of sight', async () => {
    await scrollTo(0);
    await untilOnScreen((ids) => ids[0] === 0, 'the first rows');
    await results.page.locator('.grid-body [aria-rowindex="4"]').click();
    await scrollTo(0.9);
    await untilOnScreen((ids) => (ids[0] ?? 0) > 890_000, 'rows far below');
    await results.page.keyboard.press('ArrowDown');
    await untilOnScreen((ids) => ids.includes(3), 'the row after the focused one');
  });
});
