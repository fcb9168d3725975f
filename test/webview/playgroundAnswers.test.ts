import assert from 'node:assert/strict';
import type { InvokeStreamEvent, RuntimeApi } from '../../src/core/converse/runtimeApi.js';
import { chunkParts } from '../../src/core/native/chunkParts.js';
import { chunkText } from '../../src/core/native/chunkText.js';
import { ask, playgroundSuite, settled, turnsOf } from './support/playgroundSuite.js';
import type { OpenedPlayground, Script } from './support/playgroundView.js';
import type { ThemeName } from './support/themes.js';
import { axeViolations, picture } from './support/webviewPage.js';

const handbook = {
  title: 'Travel handbook',
  quotes: ['Journeys abroad: head of the department.'],
  location: { documentPage: { documentIndex: 0, start: 3, end: 4 } },
};
const law = { title: 'The law', quotes: [], location: { web: { url: 'https://example.com/law' } } };
const sentence = 'The journey is approved by the head of the department, in writing.';
const sources = [
  'Travel handbook document 1, pages 3–4',
  'Journeys abroad: head of the department.',
  'The law',
].join('\n');

/** Cites in the middle of a sentence, as Converse streams it: a block of its own. */
const cites: Script = async function* () {
  await Promise.resolve();
  yield { type: 'messageStart' };
  yield { type: 'text', index: 0, text: 'The journey is approved ' };
  yield { type: 'blockStop', index: 0 };
  yield { type: 'text', index: 1, text: 'by the head of the department' };
  yield { type: 'citation', index: 1, citation: handbook };
  yield { type: 'citation', index: 1, citation: law };
  yield { type: 'blockStop', index: 1 };
  yield { type: 'text', index: 2, text: ', in writing.' };
  yield { type: 'blockStop', index: 2 };
  yield { type: 'messageStop', stopReason: 'end_turn' };
  yield { type: 'timing', firstTokenMs: 10, totalMs: 20 };
};

const onlyCalls: Script = async function* () {
  await Promise.resolve();
  yield { type: 'messageStart' };
  yield {
    type: 'blockStart',
    index: 0,
    start: { type: 'toolUse', toolUseId: 't', name: 'extract' },
  };
  yield { type: 'toolInput', index: 0, json: '{"total":12.5}' };
  yield { type: 'blockStop', index: 0 };
  yield { type: 'messageStop', stopReason: 'tool_use' };
  yield { type: 'timing', firstTokenMs: 10, totalMs: 20 };
};

const delta = (piece: object) => ({ type: 'content_block_delta', delta: piece });
const chunks = [
  delta({ type: 'thinking_delta', thinking: 'The handbook says who.' }),
  delta({ type: 'text_delta', text: sentence }),
  delta({
    type: 'citations_delta',
    citation: {
      type: 'page_location',
      cited_text: handbook.quotes[0],
      document_index: 0,
      document_title: handbook.title,
      start_page_number: 3,
      end_page_number: 4,
    },
  }),
  delta({
    type: 'citations_delta',
    citation: { title: 'The law', url: 'https://example.com/law' },
  }),
  { type: 'content_block_start', content_block: { type: 'tool_use', name: 'notify', input: {} } },
  delta({ type: 'input_json_delta', partial_json: '{"order":12345678901234567890}' }),
];

/** A stream of Claude's own events. */
const native: Partial<RuntimeApi> = {
  async *invokeStream(): AsyncGenerator<InvokeStreamEvent> {
    await Promise.resolve();
    for (const chunk of chunks) {
      const text = chunkText('anthropic', chunk);
      yield { type: 'chunk', json: JSON.stringify(chunk), text, ...chunkParts(chunk) };
    }
    const usage = { inputTokens: 4, outputTokens: 50, cacheWriteTokens: 18131 };
    yield { type: 'metrics', usage };
    yield { type: 'timing', firstTokenMs: 5, totalMs: 9 };
  },
};

describe('answers in the playground', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  const listOf = ({ page }: OpenedPlayground) => page.getByRole('list', { name: 'Sources' });

  async function openLaw(view: OpenedPlayground): Promise<void> {
    await view.page.getByRole('link', { name: 'The law' }).click();
    const { value } = view.calls.find(({ name }) => name === 'openLink') ?? {};
    assert.equal(value, 'https://example.com/law');
  }

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] satisfies ThemeName[]) {
    it(`cite within a sentence and show their sources in the ${theme} theme`, async () => {
      const view = await suite.open({ script: cites, theme });
      await ask(view, 'Who approves a journey abroad?');
      await settled(view, 2);
      assert.equal(await turnsOf(view).last().locator('.markdown').innerText(), sentence);
      assert.equal(await listOf(view).innerText(), sources);
      await openLaw(view);
      assert.deepEqual(await axeViolations(view.page), []);
      await picture(view.page, `playground-cited-${theme}`);
    });

    it(`of a native stream show thoughts, calls and sources in the ${theme} theme`, async () => {
      const view = await suite.open({ runtime: native, theme });
      const { page } = view;
      await page.getByRole('radio', { name: 'Native' }).check({ force: true });
      await page.getByRole('button', { name: 'Invoke' }).click();
      const response = page.locator('.native-response');
      await response.locator('.facts').waitFor();
      await page.getByText('Reasoning', { exact: true }).click();
      const shown = await response.innerText();
      assert.match(shown, /Reasoning\s+The handbook says who\./);
      assert.match(shown, /Calls notify\s+\{"order":12345678901234567890\}/);
      assert.match(shown, /Cache written:?\s*18,131/);
      assert.equal(await listOf(view).innerText(), sources);
      await openLaw(view);
      assert.deepEqual(await axeViolations(page), []);
      await picture(page, `playground-native-answer-${theme}`);
    });
  }

  it('that only call a tool show and copy what they hand it', async () => {
    const view = await suite.open({ script: onlyCalls });
    await ask(view, 'Extract the total');
    await view.page.getByText('Calls extract').waitFor();
    const turn = turnsOf(view).last();
    await turn.getByRole('button', { name: 'Copy', exact: true }).click();
    const { value } = view.calls.find(({ name }) => name === 'copy') ?? {};
    assert.equal(value, '{"total":12.5}');
  });
});
