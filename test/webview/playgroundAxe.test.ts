import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/core/converse/types.js';
import { AppError } from '../../src/core/errors.js';
import { until } from '../support/until.js';
import { ask, playgroundSuite, promptBox, settled, turnsOf } from './support/playgroundSuite.js';
import {
  haiku,
  nova,
  type OpenedPlayground,
  type OpenPlaygroundOptions,
  says,
  type Script,
} from './support/playgroundView.js';
import { type ThemeName, themes } from './support/themes.js';
import { axeViolations, picture, setTheme } from './support/webviewPage.js';

/** Something the page can show, and the way there. */
interface Sight {
  readonly name: string;
  readonly what: string;
  readonly options?: OpenPlaygroundOptions;
  readonly show?: (view: OpenedPlayground) => Promise<void>;
}

const weather = { name: 'get_weather', inputSchema: '{"type":"object"}', mockResult: '{"c":21}' };
const schema = '{"type":"object","properties":{"score":{"type":"number"}},"required":["score"]}';
const guardrail = { id: 'guard', name: 'sample', version: '1', trace: 'enabled' as const };
const topic = { name: 'Investment advice', type: 'DENY', action: 'BLOCKED', detected: true };
const trace: JsonObject = {
  guardrail: { inputAssessment: { guard: { topicPolicy: { topics: [topic] } } } },
};

const callsTool: Script = async function* () {
  await Promise.resolve();
  yield { type: 'messageStart' };
  const start = { type: 'toolUse', toolUseId: 'call-1', name: 'get_weather' } as const;
  yield { type: 'blockStart', index: 0, start };
  yield { type: 'toolInput', index: 0, json: '{"city":"Paris"}' };
  yield { type: 'blockStop', index: 0 };
  yield { type: 'messageStop', stopReason: 'tool_use' };
  yield { type: 'timing', firstTokenMs: 10, totalMs: 20 };
};

const thinks: Script = async function* (request, signal) {
  yield { type: 'reasoning', index: 0, text: 'Let me think about **rivers**.' };
  for await (const event of says('The Danube.')(request, signal)) {
    yield event.type === 'text' ? { ...event, index: 1 } : event;
  }
};

const isBlocked: Script = async function* () {
  await Promise.resolve();
  yield { type: 'messageStart' };
  yield { type: 'text', index: 0, text: 'Sorry, no.' };
  yield { type: 'messageStop', stopReason: 'guardrail_intervened' };
  yield { type: 'metadata', trace };
  yield { type: 'timing', firstTokenMs: 10, totalMs: 20 };
};

const breaks: Script = async function* () {
  yield { type: 'messageStart' };
  yield { type: 'text', index: 0, text: 'Half an ans' };
  await Promise.resolve();
  throw new AppError('credentials', 'The sign-in has expired.', { action: 'signIn' });
};

/** Sends a prompt and waits for its answer. */
async function answered(view: OpenedPlayground): Promise<void> {
  await ask(view, 'What matters?');
  await settled(view, 2);
}

const attaches = `(async () => {
  const canvas = new OffscreenCanvas(40, 30);
  canvas.getContext('2d').fillRect(0, 0, 40, 30);
  const data = new DataTransfer();
  data.items.add(new File([await canvas.convertToBlob()], 'shot.png'));
  const box = document.querySelector('.composer-text');
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  const dropped = new DataTransfer();
  dropped.setData('application/vnd.code.uri-list', 'file:///w/report.pdf');
  box.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true }));
})()`;

const sights: readonly Sight[] = [
  { name: 'empty', what: 'the empty state' },
  {
    name: 'settings',
    what: 'every section of the settings open',
    options: {
      settings: {
        tools: [weather],
        guardrail,
        structuredOutput: { schema },
        additionalFields: '{ "top_k": ',
      },
      height: 2400,
    },
    show: async (view) => {
      await promptBox(view).fill('Hello {{name}}');
      for (const summary of await view.page.locator('.settings summary').all()) {
        await summary.click();
      }
      await view.page.locator('.settings .field-error').nth(1).waitFor();
    },
  },
  {
    name: 'tool',
    what: 'a tool call and the box for its result',
    options: { script: callsTool, settings: { tools: [weather] } },
    show: async (view) => {
      await answered(view);
      await view.page.getByLabel('Result of get_weather').waitFor();
    },
  },
  {
    name: 'schema',
    what: 'an answer that misses its schema',
    options: { script: says('{"score": "three"}'), settings: { structuredOutput: { schema } } },
    show: async (view) => {
      await answered(view);
      await view.page.getByText('The answer misses the schema:').waitFor();
    },
  },
  {
    name: 'reasoning',
    what: 'thoughts unfolded',
    options: { script: thinks },
    show: async (view) => {
      await answered(view);
      await view.page.getByText('Reasoning', { exact: true }).click();
    },
  },
  {
    name: 'guardrail',
    what: 'what a guardrail did',
    options: { script: isBlocked, settings: { guardrail } },
    show: async (view) => {
      await answered(view);
      await view.page.getByRole('cell', { name: 'Investment advice' }).waitFor();
    },
  },
  {
    name: 'code',
    what: 'the code of a request',
    show: async (view) => {
      await answered(view);
      await view.page.getByRole('button', { name: 'View code' }).click();
      await view.page.getByRole('dialog').getByText('What matters?').first().waitFor();
    },
  },
  {
    name: 'native',
    what: 'native mode with suggestions open',
    options: { open: { modelId: 'cohere.command-text-v14' } },
    show: async ({ page }) => {
      await page.getByRole('radio', { name: 'Native' }).check({ force: true });
      const body = page.getByRole('textbox', { name: 'Request body' });
      await until('the ready body', async () => (await body.inputValue()).length > 2);
      await body.fill('{\n  "prompt": 1,\n  \n}');
      await page.evaluate('document.activeElement.setSelectionRange(19, 19)');
      await page.keyboard.press('Control+Space');
      await page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
    },
  },
  {
    name: 'compare',
    what: 'two models with a vote',
    options: { open: { modelIds: [haiku, nova] }, width: 1400 },
    show: async (view) => {
      await ask(view, 'What matters?');
      await settled(view, 4);
      await view.page.getByRole('radio', { name: '2. Nova Lite' }).check({ force: true });
      await view.page.getByLabel('Note').fill('Shorter');
    },
  },
  {
    name: 'error',
    what: 'an error with what leads on',
    options: { script: breaks },
    show: async (view) => {
      await ask(view, 'What matters?');
      await view.page.getByRole('button', { name: 'Sign In' }).waitFor();
      await view.page.getByRole('button', { name: 'Retry' }).focus();
    },
  },
  {
    name: 'attachments',
    what: 'files that wait to be sent, and files that were sent',
    show: async (view) => {
      const { page } = view;
      const removes = page.locator('.attached').getByRole('button', { name: /^Remove/ });
      for (const isSent of [true, false]) {
        await page.evaluate(attaches);
        await until('both', async () => (await removes.count()) === 2);
        if (isSent) await answered(view);
      }
    },
  },
  {
    name: 'edit',
    what: 'a prompt that is being changed',
    show: async (view) => {
      await answered(view);
      await turnsOf(view).first().hover();
      await turnsOf(view).first().getByRole('button', { name: 'Edit' }).click();
      await view.page.getByRole('textbox', { name: 'Edit' }).waitFor();
    },
  },
  {
    name: 'notice',
    what: 'an error beside the answers, and a prompt that cannot be sent',
    options: {
      settings: { additionalFields: '{ "top_k": ' },
      handlers: { pickModel: () => Promise.reject(new AppError('network', 'No network.')) },
    },
    show: async (view) => {
      await ask(view, 'What matters?');
      await view.page.locator('.problems li').first().waitFor();
      await view.page.locator('.model-button').click();
      await view.page.getByText('No network.').waitFor();
    },
  },
];

describe('what axe says of the playground page in four themes', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  for (const { name, what, options, show } of sights) {
    it(`finds nothing wrong with ${what}`, async () => {
      const view = await suite.open(options);
      await show?.(view);
      const found: Record<string, string[]> = {};
      for (const theme of Object.keys(themes) as ThemeName[]) {
        await setTheme(view.page, theme);
        await picture(view.page, `playground-axe-${name}-${theme}`);
        const violations = await axeViolations(view.page);
        if (violations.length > 0) found[theme] = violations;
      }
      assert.deepEqual(found, {});
    });
  }
});
