import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { StreamEvent } from '../../src/core/converse/streamEvents.js';
import type { ConverseRequest } from '../../src/core/converse/wire.js';
import { until } from '../support/until.js';
import { ask, playgroundSuite, promptBox, settled, turnsOf } from './support/playgroundSuite.js';
import { haiku, nova, says, type Script } from './support/playgroundView.js';
import { axeViolations, picture } from './support/webviewPage.js';

const weather = {
  name: 'get_weather',
  inputSchema: '{"type":"object","properties":{"city":{"type":"string"}}}',
  mockResult: '{"degrees":21}',
};

/** Asks for a tool first and answers once it has the result. */
const usesTool: Script = async function* (request: ConverseRequest) {
  const last = JSON.stringify(request.messages.at(-1));
  if (last.includes('toolResult')) {
    yield* says('It is 21 degrees.')(request, undefined);
    return;
  }
  yield { type: 'messageStart' };
  const start = { type: 'toolUse', toolUseId: 'call-1', name: 'get_weather' } as const;
  yield { type: 'blockStart', index: 0, start };
  yield { type: 'toolInput', index: 0, json: '{"city":' };
  yield { type: 'toolInput', index: 0, json: '"Paris"}' };
  yield { type: 'blockStop', index: 0 };
  yield { type: 'messageStop', stopReason: 'tool_use' };
  yield { type: 'timing', firstTokenMs: 10, totalMs: 20 };
};

/** Hands files or addresses to the prompt's box, as code for the page. */
const give = (event: string, fill: string) => `(() => {
  const data = new DataTransfer();
  ${fill};
  const box = document.querySelector('.composer-text');
  const all = { clipboardData: data, dataTransfer: data, bubbles: true };
  box.dispatchEvent('${event}' === 'paste' ? new ClipboardEvent('paste', all) : new DragEvent('drop', all));
})()`;
const file = (bytes: string, name: string) => `data.items.add(new File([${bytes}], '${name}'))`;

/** A picture of that many pixels, as code for the page. */
async function png(page: Page, width: number, height: number): Promise<string> {
  const bytes = await page.evaluate<number[]>(`(async () => {
    const canvas = new OffscreenCanvas(${width}, ${height});
    canvas.getContext('2d');
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  })()`);
  return `new Uint8Array(${JSON.stringify(bytes)})`;
}

describe('parts of the playground page', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  it('sends the parameters that are set and no others', async () => {
    const view = await suite.open();
    await view.page.getByLabel('Temperature').fill('0.5');
    await view.page.getByLabel('Stop sequences').fill('END, \\n\\nHuman:');
    await view.page.getByRole('textbox', { name: 'System prompt' }).fill('Be short.');
    await ask(view, 'Hello');
    await settled(view, 2);
    assert.deepEqual(view.requests[0], {
      modelId: haiku,
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
      system: [{ text: 'Be short.' }],
      inferenceConfig: { temperature: 0.5, stopSequences: ['END', '\n\nHuman:'] },
    });
  });

  it('says what is wrong with settings in their place, and sends nothing', async () => {
    const view = await suite.open();
    await view.page.getByText('Additional model fields').click();
    await view.page.getByLabel('Additional fields (JSON)').fill('{ "top_k": ');
    await view.page.locator('.settings .field-error').first().waitFor();
    await ask(view, 'Hello');
    await view.page.locator('.problems li').first().waitFor();
    assert.equal(view.requests.length, 0);
    assert.deepEqual(await axeViolations(view.page), []);
  });

  it('fills {{variables}} from a table of values', async () => {
    const view = await suite.open();
    await promptBox(view).fill('Hello {{name}}');
    await view.page.getByLabel('{{name}}').fill('Ada');
    await promptBox(view).press('Enter');
    await settled(view, 2);
    assert.deepEqual(view.requests[0]?.messages[0]?.content, [{ text: 'Hello Ada' }]);
  });

  it('leaves Enter to the input method while a word is composed', async () => {
    const view = await suite.open();
    await promptBox(view).fill('にほん');
    await promptBox(view).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    assert.equal(await promptBox(view).inputValue(), 'にほん');
    await promptBox(view).press('Shift+Enter');
    assert.equal(await promptBox(view).inputValue(), 'にほん\n');
    assert.equal(view.requests.length, 0);
  });

  it('brings back earlier prompts with the arrow keys', async () => {
    const view = await suite.open();
    const press = async (key: string) => {
      await promptBox(view).press(key);
      return promptBox(view).inputValue();
    };
    await promptBox(view).fill('half a thought');
    assert.equal(await press('ArrowUp'), 'the last prompt');
    assert.equal(await press('ArrowUp'), 'an older prompt');
    assert.equal(await press('ArrowUp'), 'an older prompt');
    assert.equal(await press('ArrowDown'), 'the last prompt');
    assert.equal(await press('ArrowDown'), 'half a thought');
  });

  it('shows a tool call, takes its result and goes on', async () => {
    const view = await suite.open({ script: usesTool, settings: { tools: [weather] } });
    await ask(view, 'Weather in Paris?');
    await settled(view, 2);
    assert.match(await turnsOf(view).last().innerText(), /Calls get_weather[^]*"city": "Paris"/);
    const result = view.page.getByLabel('Result of get_weather');
    assert.equal(await result.inputValue(), '{"degrees":21}');
    await picture(view.page, 'playground-tool');
    await promptBox(view).fill('Never mind');
    await view.page.getByText('Give the tool’s result first').waitFor();
    assert.ok(await view.page.getByRole('button', { name: 'Send', exact: true }).isDisabled());
    await promptBox(view).press('Enter');
    assert.ok(await view.page.getByRole('textbox', { name: /Result of/ }).isVisible());
    await promptBox(view).fill('');
    assert.deepEqual(await axeViolations(view.page), []);
    await view.page.getByRole('button', { name: 'Continue' }).click();
    await settled(view, 4);
    assert.deepEqual(view.requests[1]?.messages.at(-1), {
      role: 'user',
      content: [
        {
          toolResult: {
            toolUseId: 'call-1',
            content: [{ json: { degrees: 21 } }],
            status: 'success',
          },
        },
      ],
    });
  });

  it('checks a structured answer against its schema', async () => {
    const schema =
      '{"type":"object","properties":{"score":{"type":"number"}},"required":["score"]}';
    const settings = { structuredOutput: { schema } };
    const good = await suite.open({ script: says('{"score": 3}'), settings });
    await ask(good, 'Score it');
    await good.page.getByText('The answer follows the schema.').waitFor();
    const bad = await suite.open({ script: says('{"score": "three"}'), settings });
    await ask(bad, 'Score it');
    await bad.page.getByText('The answer misses the schema:').waitFor();
    assert.match(await bad.page.locator('.structured li').innerText(), /score/);
  });

  it('folds thoughts away and shows them on demand', async () => {
    const view = await suite.open({
      script: async function* (request, signal) {
        yield { type: 'reasoning', index: 0, text: 'Let me think.' };
        for await (const event of says('Done.')(request, signal)) {
          yield event.type === 'text' ? { ...event, index: 1 } : event;
        }
      },
    });
    await ask(view, 'Think');
    await settled(view, 2);
    const thought = view.page.getByText('Let me think.');
    assert.equal(await thought.isVisible(), false);
    await view.page.getByText('Reasoning', { exact: true }).click();
    assert.equal(await thought.isVisible(), true);
  });

  it('takes pictures by paste and documents by drop, within the limits', async () => {
    const view = await suite.open();
    const { page } = view;
    await page.evaluate(give('paste', file(await png(page, 2, 2), 'shot.png')));
    await page.getByRole('button', { name: 'Remove shot.png' }).waitFor();
    await page.evaluate(
      give('drop', `data.setData('application/vnd.code.uri-list', 'file:///w/report.pdf\\r\\n')`),
    );
    await until('the document', async () => (await page.locator('.attached .chip').count()) === 1);
    for (const [bytes, name, says] of [
      ['new Uint8Array(4_000_000)', 'big.png', 'big.png is larger than 3.75 MB.'],
      ['new Uint8Array(60_000_000)', 'film.mp4', 'film.mp4 is larger than 4.5 MB.'],
      ['new Uint8Array(9)', 'half.png', 'half.png cannot be read as a picture. Is it complete?'],
      [await png(page, 8001, 1), 'wide.png', 'wide.png is more than 8000 pixels wide or high.'],
      ['new Uint8Array(9)', 'tool.exe', 'tool.exe is neither a picture nor a document'],
    ] as const) {
      await page.evaluate(give('paste', file(bytes, name)));
      await page.getByRole('alert').getByText(says).waitFor();
    }
    await ask(view, 'What is this?');
    await settled(view, 2);
    const kinds = view.requests[0]?.messages[0]?.content.map((block) => Object.keys(block)[0]);
    assert.deepEqual(kinds, ['image', 'document', 'text']);
  });

  it('says at once that a model takes no pictures', async () => {
    const view = await suite.open({ open: { modelId: nova } });
    const { page } = view;
    await page.getByText('Nova Lite').waitFor();
    await page.evaluate(give('paste', file(await png(page, 2, 2), 'shot.png')));
    await page.getByRole('alert').getByText('Nova Lite takes no pictures.').waitFor();
    assert.equal(await page.locator('.attached .chip').count(), 0);
  });

  it('branches off into a playground of its own', async () => {
    const view = await suite.open();
    await ask(view, 'One');
    await settled(view, 2);
    await turnsOf(view).first().hover();
    await turnsOf(view).first().getByRole('button', { name: 'Branch off here' }).click();
    await until('the call', () => view.calls.find(({ name }) => name === 'open'));
    assert.equal(view.stored().lanes[0]?.turns.length, 2);
  });

  it('compares models side by side, scrolled together, with vote and note kept', async () => {
    const long = Array.from({ length: 80 }, (_each, line) => `Line ${line}`).join('\n\n');
    const view = await suite.open({ script: says(long, 200), width: 1400 });
    const { page } = view;
    await page.getByRole('button', { name: 'Compare with another model' }).click();
    await page.locator('.lane').nth(1).waitFor();
    await ask(view, 'Go');
    await settled(view, 4);
    assert.deepEqual(view.requests.map(({ modelId }) => modelId).sort(), [nova, haiku].sort());
    const lane = (index: number) => `document.querySelectorAll('.transcript')[${index}]`;
    await page.evaluate(`${lane(0)}.scrollTop = 300`);
    await until('the other lane', () => page.evaluate<boolean>(`${lane(1)}.scrollTop === 300`));
    await page.getByRole('radio', { name: '2. Nova Lite' }).check({ force: true });
    await page.getByLabel('Note').fill('Shorter');
    await until('the verdict', () => Object.values(view.stored().verdicts)[0]?.note === 'Shorter');
    const [verdict] = Object.values(view.stored().verdicts);
    assert.equal(verdict?.winner, view.stored().lanes[1]?.id);
    await picture(page, 'playground-compare');
    assert.deepEqual(await axeViolations(page), []);
  });

  it('shows the request as code', async () => {
    const view = await suite.open();
    await ask(view, 'Name a river');
    await settled(view, 2);
    await view.page.getByRole('button', { name: 'View code' }).click();
    const dialog = view.page.getByRole('dialog');
    await dialog.getByText('Name a river').first().waitFor();
    await picture(view.page, 'playground-code');
    assert.deepEqual(await axeViolations(view.page), []);
    await dialog.getByRole('combobox').selectOption({ label: 'AWS CLI' });
    await dialog.getByText('aws bedrock-runtime').first().waitFor();
    await view.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('takes 100,000 characters at 2,000 tokens a second and loses none, without freezing', async () => {
    const words = Array.from({ length: 25_000 }, (_each, at) =>
      at % 40 === 39 ? '\n\n' : `${String(at % 1000).padStart(3, '0')} `,
    );
    const text = words.join('');
    const script: Script = async function* (): AsyncGenerator<StreamEvent> {
      yield { type: 'messageStart' };
      const start = performance.now();
      for (const [index, word] of words.entries()) {
        const due = start + index / 2;
        if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, 4));
        yield { type: 'text', index: 0, text: word };
      }
      yield { type: 'messageStop', stopReason: 'end_turn' };
      yield { type: 'timing', firstTokenMs: 1, totalMs: performance.now() - start };
    };
    const view = await suite.open({ script });
    await view.page.evaluate(`
      window.longest = 0;
      let last = performance.now();
      const tick = () => {
        const now = performance.now();
        window.longest = Math.max(window.longest, now - last);
        last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    `);
    await ask(view, 'Go on');
    await until(
      'the end',
      async () => (await view.page.locator('.turn.assistant:not(.live)').count()) === 1,
      40_000,
    );
    // Not `innerText`: what is off the screen is not laid out, and has none.
    const shown = (await view.page.locator('.turn.assistant .markdown').textContent()) ?? '';
    const plain = (all: string) => all.replaceAll(/\s+/g, '');
    assert.equal(plain(shown), plain(text));
    const [block] = view.stored().lanes[0]?.turns.at(-1)?.content ?? [];
    assert.equal(block?.type === 'text' && block.text, text);
    const longest = await view.page.evaluate<number>('window.longest');
    assert.ok(longest < 700, `a frame took ${Math.round(longest)} ms`);
  });
});
