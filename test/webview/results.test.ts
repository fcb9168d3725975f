import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import { AppError } from '../../src/core/errors.js';
import {
  openResults,
  type OpenedResults,
  type OpenResultsOptions,
  resultsFixture,
  type ResultsFixture,
} from './support/resultsView.js';
import type { ThemeName } from './support/themes.js';
import { jsonl, successLine, ticketRun } from './support/ticketLines.js';
import { axeViolations, sharedChromium, picture } from './support/webviewPage.js';

const manifest = {
  totalRecordCount: 500,
  successRecordCount: 442,
  errorRecordCount: 45,
  inputTokenCount: 43_871,
  outputTokenCount: 29_310,
};

describe('the results page', function () {
  this.timeout(30_000);
  let browser: Browser;
  let tickets: ResultsFixture;
  let fixtures: ResultsFixture[] = [];
  let opened: OpenedResults[] = [];

  before(async () => {
    browser = await sharedChromium();
    tickets = await resultsFixture({ ...ticketRun(500), manifest });
  });
  after(async () => {
    await tickets.remove();
  });
  afterEach(async () => {
    const problems = opened.flatMap((each) => each.problems);
    for (const each of opened) await each.close();
    for (const each of fixtures) await each.remove();
    opened = [];
    fixtures = [];
    assert.deepEqual(problems, [], 'policy violations or errors in the page');
  });

  async function open(
    options: OpenResultsOptions = {},
    fixture: ResultsFixture = tickets,
  ): Promise<OpenedResults> {
    const results = await openResults(browser, fixture, options);
    opened.push(results);
    return results;
  }

  async function fixture(files: Parameters<typeof resultsFixture>[0]): Promise<ResultsFixture> {
    const own = await resultsFixture(files);
    fixtures.push(own);
    return own;
  }

  const gridRow = ({ page }: OpenedResults, row: number): Locator =>
    page.locator(`[role=grid] [role=rowgroup]:last-child [aria-rowindex="${row + 1}"]`);

  const focusedRow = ({ page }: OpenedResults) =>
    page.evaluate<number>(
      `Number(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? 0) - 1`,
    );

  it('shows counts, tokens and the rows in the order of the input', async () => {
    const results = await open();
    await gridRow(results, 1).getByText('ticket-00001').waitFor();
    const counts = await results.page.locator('dl').innerText();
    assert.deepEqual(counts.split(/\n+/), [
      ...['Records', '500', 'Success', '443', 'Errors', '44', 'Missing', '13'],
      ...['Input tokens', '43,871', 'Output tokens', '29,310'],
    ]);
    const cells = await gridRow(results, 4).getByRole('gridcell').allInnerTexts();
    assert.deepEqual(cells, [
      '4',
      'ticket-00004',
      'Error 400',
      'messages: at least one message is required',
      '–',
      '–',
      '–',
    ]);
    assert.match(await gridRow(results, 8).innerText(), /ticket-00008\s+Missing/);
  });

  it('shows unknown tokens as unknown', async () => {
    const results = await open({}, await fixture({ output: jsonl([successLine(0)]) }));
    await gridRow(results, 1).getByText('ticket-00001').waitFor();
    assert.match(await results.page.locator('dl').innerText(), /Input tokens\s+–\s*Unknown/);
    assert.match(await results.page.locator('dl').innerText(), /Missing\s+–\s*Unknown/);
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] satisfies ThemeName[]) {
    it(`is accessible in the ${theme} theme, with and without a record`, async () => {
      const results = await open({ theme });
      await gridRow(results, 1).getByText('ticket-00001').waitFor();
      assert.deepEqual(await axeViolations(results.page), []);
      await gridRow(results, 4).click();
      await results.page.getByRole('heading', { name: 'ticket-00004' }).waitFor();
      await picture(results.page, `results-${theme}-error`);
      await gridRow(results, 2).click();
      await results.page.getByRole('heading', { name: 'ticket-00002' }).waitFor();
      await results.page.getByText('Raw JSON').click();
      await results.page.locator('.detail-body').evaluate('(element) => { element.scrollTop = 0 }');
      assert.deepEqual(await axeViolations(results.page), []);
      await picture(results.page, `results-${theme}`);
    });
  }

  it('keeps its shape in a narrow and in a wide editor', async () => {
    for (const [name, width, height] of [
      ['narrow', 480, 600],
      ['wide', 1700, 900],
    ] as const) {
      const results = await open({ width, height });
      await gridRow(results, 2).click();
      await results.page.getByRole('heading', { name: 'ticket-00002' }).waitFor();
      assert.deepEqual(await axeViolations(results.page), []);
      await picture(results.page, `results-${name}`);
    }
  });

  it('is used by keyboard alone', async () => {
    const results = await open();
    const { page } = results;
    await gridRow(results, 1).getByText('ticket-00001').waitFor();
    for (let presses = 0; presses < 8 && (await focusedRow(results)) !== 1; presses++) {
      await page.keyboard.press('Tab');
    }
    assert.equal(await focusedRow(results), 1);
    for (const key of ['Enter', 'Space']) {
      await page.keyboard.press(key);
      await page.getByRole('heading', { name: 'ticket-00001' }).waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await gridRow(results, 1).focus();
    }
    const steps: readonly [string, number | ((row: number) => boolean)][] = [
      ['ArrowDown', 1],
      ['ArrowDown', 2],
      ['ArrowUp', 1],
      ['End', 500],
      ['ArrowDown', 500],
      ['PageUp', (row) => row < 495 && row > 450],
      ['Home', 1],
      ['PageDown', (row) => row > 5 && row < 50],
    ];
    for (const [key, expected] of steps) {
      await page.keyboard.press(key);
      const isThere = (row: number) =>
        typeof expected === 'number' ? row === expected : expected(row);
      let row = await focusedRow(results);
      for (const deadline = Date.now() + 3000; !isThere(row) && Date.now() < deadline;) {
        await page.waitForTimeout(20);
        row = await focusedRow(results);
      }
      assert.ok(isThere(row), `${key}: ${row}`);
      assert.equal(await gridRow(results, row).getAttribute('aria-selected'), 'true');
    }
    await page.keyboard.press('Home');
    await page.getByRole('heading', { name: 'ticket-00001' }).waitFor();
    await page.keyboard.press('Tab');
    const splitter = page.getByRole('separator');
    const before = Number(await splitter.getAttribute('aria-valuenow'));
    await page.keyboard.press('ArrowUp');
    assert.equal(Number(await splitter.getAttribute('aria-valuenow')), before + 5);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Copied').waitFor({ state: 'attached' });
    assert.match(results.copied[0] ?? '', /^Category: billing/);
    // Open Record, Open Input, Close.
    for (let button = 0; button < 3; button++) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: 'ticket-00001' }).waitFor({ state: 'detached' });
    for (const deadline = Date.now() + 3000; Date.now() < deadline;) {
      if (results.documents.length > 0) break;
      await page.waitForTimeout(20);
    }
    assert.equal(
      (JSON.parse(results.documents[0]?.text ?? '') as { recordId: string }).recordId,
      'ticket-00001',
    );
    assert.deepEqual(results.inputs, ['ticket-00001']);
  });

  it('filters to errors and puts errors first', async () => {
    const results = await open();
    const { page } = results;
    await page.getByRole('button', { name: 'Errors first' }).click();
    await gridRow(results, 1).getByText('ticket-00004').waitFor();
    assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), '501');
    await page.getByRole('radio', { name: /Errors/ }).check({ force: true });
    await gridRow(results, 2).getByText('ticket-00008').waitFor();
    assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), '58');
    assert.deepEqual(await results.state(), {
      source: tickets.folder,
      filter: 'errors',
      errorsFirst: true,
      detailShare: 0.45,
    });
  });

  it('comes back as it was left', async () => {
    const state = { filter: 'errors', errorsFirst: true, detailShare: 'broken' };
    const results = await open({ state });
    await gridRow(results, 1).getByText('ticket-00004').waitFor();
    assert.equal(await results.page.getByRole('radio', { name: /Errors/ }).isChecked(), true);
  });

  it('shows hostile answers, ids and errors as text', async () => {
    const hostile = '<img src=x onerror="window.pwned=1"></script><script>window.pwned=1</script>';
    const line = { ...successLine(0, hostile), recordId: hostile };
    const results = await open({}, await fixture({ output: jsonl([line]) }));
    await gridRow(results, 1).click();
    await results.page.locator('.answer').waitFor();
    assert.equal(await results.page.locator('.answer').innerText(), hostile);
    assert.equal(await results.page.locator('h2').innerText(), hostile);
    const { page } = results;
    assert.equal(await page.evaluate(`window.pwned ?? document.querySelectorAll('img').length`), 0);
  });

  it('says that there are no records, or no errors', async () => {
    const empty = await open({}, await fixture({ output: '' }));
    await empty.page.getByText('The output files have no records.').waitFor();
    await picture(empty.page, 'results-empty');
    assert.deepEqual(await axeViolations(empty.page), []);
    const fine = await open(
      { state: { filter: 'errors' } },
      await fixture({ output: jsonl([successLine(0)]) }),
    );
    await fine.page.getByText('Every record has an answer.').waitFor();
    await picture(fine.page, 'results-no-errors');
  });

  it('shows why it failed, and tries again', async () => {
    let attempts = 0;
    const results = await open({
      handlers: {
        // eslint-disable-next-line require-yield -- fails before the first event
        async *watch() {
          attempts += 1;
          await Promise.resolve();
          throw new AppError('notFound', 'The results changed on disk. Open them again.');
        },
      },
    });
    await results.page.getByRole('alert').getByText('The results changed on disk.').waitFor();
    await picture(results.page, 'results-failed');
    assert.deepEqual(await axeViolations(results.page), []);
    await results.page.getByRole('button', { name: 'Try Again' }).click();
    await results.page.waitForFunction('true');
    const deadline = Date.now() + 5000;
    while (attempts < 2 && Date.now() < deadline) await results.page.waitForTimeout(20);
    assert.equal(attempts, 2);
  });

  it('shows the rows so far while it still reads', async () => {
    const counts = { success: 300, errors: 0, total: 300, byErrorCode: {} };
    const results = await open({
      handlers: {
        async *watch(_input, signal) {
          yield { phase: 'indexing', progress: 0.42, counts, rows: { all: 300, errors: 0 } };
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve);
          });
        },
      },
    });
    await results.page.getByText('Reading results: 42%').waitFor();
    await gridRow(results, 1).getByText('ticket-').waitFor();
    assert.equal(await results.page.getByRole('progressbar').getAttribute('value'), '0.42');
    await picture(results.page, 'results-indexing');
    assert.deepEqual(await axeViolations(results.page), []);
  });

  it('offers to try again where a page of rows does not come', async () => {
    let isBroken = true;
    const results = await open({
      handlers: {
        rows: () => {
          if (isBroken) throw new AppError('notFound', 'The results changed on disk.');
          return [{ key: 0, recordId: 'after-all', status: 'success' }];
        },
      },
    });
    await results.page.getByRole('alert').getByText('The results changed on disk.').waitFor();
    isBroken = false;
    await results.page.getByRole('button', { name: 'Try Again' }).click();
    await gridRow(results, 1).getByText('after-all').waitFor();
  });
});
