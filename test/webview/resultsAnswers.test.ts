import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import {
  openResults,
  type OpenedResults,
  resultsFixture,
  type ResultsFixture,
} from './support/resultsView.js';
import type { ThemeName } from './support/themes.js';
import { axeViolations, picture, sharedChromium } from './support/webviewPage.js';

const question = { role: 'user', content: 'Who approves a journey abroad? '.repeat(200) };
const head = (recordId: string) => `{"recordId":"${recordId}","modelInput":{"a":1,"a":2,`;
const messages = `"messages":[${JSON.stringify(question)}]}`;

const cited = {
  output: {
    message: {
      role: 'assistant',
      content: [
        { reasoningContent: { reasoningText: { text: 'The handbook says who.' } } },
        { text: 'The journey is approved ' },
        {
          citationsContent: {
            content: [{ text: 'by the head of the department' }],
            citations: [
              {
                title: 'Travel handbook',
                sourceContent: [{ text: 'Journeys abroad: head of the department.' }],
                location: { documentPage: { documentIndex: 0, start: 3, end: 4 } },
              },
              { title: 'The law', location: { web: { url: 'https://example.com/law' } } },
            ],
          },
        },
        { text: ', in writing.' },
      ],
    },
  },
  stopReason: 'end_turn',
  usage: { inputTokens: 120, outputTokens: 14 },
};

const order = '12345678901234567890';
const called = `{"content":[{"type":"tool_use","id":"t","name":"refund","input":{"order":${order},"total":12.50}}],"stop_reason":"tool_use","usage":{"input_tokens":3,"output_tokens":4}}`;

const output = [
  `${head('cited')}${messages},"modelOutput":${JSON.stringify(cited)}}`,
  `${head('called')}${messages},"modelOutput":${called}}`,
  `${head('vector')}"inputText":"hello"},"modelOutput":{"embedding":[0,0.1,0.2,0.3]}}`,
].join('\n');

describe('answers on the results page', function () {
  this.timeout(30_000);
  let browser: Browser;
  let files: ResultsFixture;
  let opened: OpenedResults | undefined;
  before(async () => {
    browser = await sharedChromium();
    files = await resultsFixture({ output });
  });
  after(() => files.remove());
  afterEach(async () => {
    const { problems = [] } = opened ?? {};
    await opened?.close();
    assert.deepEqual(problems, [], 'policy violations or errors in the page');
  });

  /** The page with a record in full; its row's text and its details. */
  async function show(recordId: string, theme: ThemeName = 'dark') {
    opened = await openResults(browser, files, { theme });
    const { page } = opened;
    const row = page.getByRole('row').filter({ hasText: recordId });
    await row.click();
    await page.getByRole('heading', { name: recordId }).waitFor();
    return { ...opened, row, detail: page.locator('.detail-body') };
  }

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] satisfies ThemeName[]) {
    it(`show their sources in the ${theme} theme, and the answer under a long prompt`, async () => {
      const { page, detail, links } = await show('cited', theme);
      const answer = page.locator('.answer');
      const text = 'The journey is approved by the head of the department, in writing.';
      assert.equal(await answer.innerText(), text);
      const pane = await detail.boundingBox();
      const box = await answer.boundingBox();
      assert.ok(pane && box && box.y + box.height <= pane.y + pane.height, 'it is in sight');
      assert.deepEqual(
        await page.getByRole('list', { name: 'Sources' }).innerText(),
        [
          'Travel handbook document 1, pages 3–4',
          'Journeys abroad: head of the department.',
          'The law',
        ].join('\n'),
      );
      await page.getByText('Reasoning', { exact: true }).click();
      await page.locator('.reasoning').getByText('The handbook says who.').waitFor();
      await page.getByRole('link', { name: 'The law' }).click();
      assert.deepEqual(links, ['https://example.com/law']);
      assert.deepEqual(await axeViolations(page), []);
      await picture(page, `results-cited-${theme}`);
    });
  }

  it('that only call a tool show and copy what they hand it, to the digit', async () => {
    const { page, row, detail, copied, documents, inputs } = await show('called');
    assert.match(await row.innerText(), new RegExp(`Calls refund \\{"order":${order}`));
    const shown = await detail.locator('.tool').innerText();
    assert.match(shown, new RegExp(`Calls refund\\s+\\{\\s+"order": ${order},\\s+"total": 12.50`));
    await page.getByRole('button', { name: 'Copy Answer' }).click();
    await page.getByText('Copied').waitFor({ state: 'attached' });
    assert.deepEqual(copied, [`{"order":${order},"total":12.50}`]);
    await page.getByText('Raw JSON').click();
    const raw = await page.locator('.raw').innerText();
    assert.match(raw, /"a": 1,\s+"a": 2,/);
    await page.getByRole('button', { name: 'Open Record' }).click();
    await page.waitForFunction('true');
    assert.deepEqual(documents[0], { key: 1, name: 'called', text: raw });
    await page.getByRole('button', { name: 'Open Input' }).click();
    await page.waitForFunction('true');
    assert.deepEqual(inputs, ['called']);
    assert.deepEqual(await axeViolations(page), []);
    await picture(page, 'results-tool-only');
  });

  it('of embeddings say how many numbers there are', async () => {
    const { page } = await show('vector');
    assert.equal(await page.locator('.answer').innerText(), '[4 numbers]');
  });
});
