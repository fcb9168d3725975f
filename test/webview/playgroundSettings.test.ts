import assert from 'node:assert/strict';
import type { Conversation } from '../../src/core/converse/types.js';
import { until } from '../support/until.js';
import { ask, playgroundSuite, promptBox, settled, turnsOf } from './support/playgroundSuite.js';
import { type OpenedPlayground, says, type Script } from './support/playgroundView.js';

const section = ({ page }: OpenedPlayground, title: string) =>
  page.locator('.settings summary', { hasText: title });

/** Asks for the tool `lookup`, and says something once it has its result. */
const callsLookup: Script = async function* (request) {
  if (JSON.stringify(request.messages.at(-1)).includes('toolResult')) {
    yield* says('I see.')(request, undefined);
    return;
  }
  const start = { type: 'toolUse', toolUseId: 'call-1', name: 'lookup' } as const;
  yield { type: 'blockStart', index: 0, start };
  yield { type: 'toolInput', index: 0, json: '{}' };
  yield { type: 'blockStop', index: 0 };
  yield { type: 'messageStop', stopReason: 'tool_use' };
  yield { type: 'timing', firstTokenMs: 1, totalMs: 2 };
};

describe('the settings of the playground page', function () {
  this.timeout(60_000);
  const suite = playgroundSuite();

  it('shows the range of the model, and says what is out of it', async () => {
    const view = await suite.open();
    const { page } = view;
    await page.getByText('1 to 64,000').waitFor();
    await page.getByLabel('Maximum tokens').fill('0');
    await page.getByLabel('Top P').fill('2');
    const problem = page.locator('.settings .field-error');
    await problem.getByText('whole number from 1').waitFor();
    await problem.getByText('must be between 0 and 1').waitFor();
    await page.getByLabel('Maximum tokens').fill('70000');
    await page.getByLabel('Top P').fill('');
    await problem.getByText('at most 64000 tokens').waitFor();
    await ask(view, 'Hello');
    await settled(view, 2);
    assert.deepEqual(view.requests[0]?.inferenceConfig, { maxTokens: 70_000 }, 'a warning only');
  });

  it('defines a tool, lets the model be made to call it, and tells it of a failure', async () => {
    const view = await suite.open({ script: callsLookup });
    const { page } = view;
    await section(view, 'Tools').click();
    await page.getByRole('button', { name: 'Add Tool' }).click();
    await page.getByLabel('Name', { exact: true }).fill('lookup');
    await page.getByLabel('Description').fill('Looks something up');
    await page.getByLabel('Input schema (JSON)').fill('{"type": "object"}');
    await page.getByLabel('Tool choice').selectOption({ label: 'any tool' });
    await ask(view, 'Look it up');
    await settled(view, 2);
    assert.deepEqual(view.requests[0]?.toolConfig, {
      tools: [
        {
          toolSpec: {
            name: 'lookup',
            description: 'Looks something up',
            inputSchema: { json: { type: 'object' } },
          },
        },
      ],
      toolChoice: { any: {} },
    });
    await page.getByLabel('Result of lookup').fill('the shelf is empty');
    await page.getByLabel('The tool failed').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await settled(view, 4);
    await page.getByText('Tool error').waitFor();
    const content = [{ text: 'the shelf is empty' }];
    assert.deepEqual(view.requests[1]?.messages.at(-1)?.content, [
      { toolResult: { toolUseId: 'call-1', content, status: 'error' } },
    ]);
  });

  it('says where the schema of a tool is wrong', async () => {
    const view = await suite.open();
    await section(view, 'Tools').click();
    await view.page.getByRole('button', { name: 'Add Tool' }).click();
    await view.page.getByLabel('Input schema (JSON)').fill('[]');
    await view.page.locator('.tool-editor .field-error', { hasText: /\S/ }).waitFor();
    await view.page.getByRole('button', { name: 'Remove get_weather' }).click();
    assert.equal(await view.page.locator('.tool-editor').count(), 0);
  });

  it('asks for an answer in JSON by a schema', async () => {
    const view = await suite.open({ script: says('{"title": "A"}') });
    const { page } = view;
    await section(view, 'Structured output').click();
    await page.getByLabel('Answer in JSON that follows a schema').check();
    const schema = '{"type":"object","required":["title"]}';
    await page.getByLabel('Answer schema (JSON)').fill(schema);
    await ask(view, 'A title');
    await page.getByText('The answer follows the schema.').waitFor();
    assert.deepEqual(view.requests[0]?.outputConfig?.['textFormat'], {
      type: 'json_schema',
      structure: { jsonSchema: { schema } },
    });
  });

  it('counts the tokens of the prompt with its attachments, and says where it guesses', async () => {
    const asked: string[] = [];
    let isEstimate = true;
    const view = await suite.open({
      runtime: {
        countTokens: (input) => {
          asked.push(JSON.stringify(input));
          return Promise.resolve({ tokens: 1234, isEstimate });
        },
      },
      handlers: {
        pickFiles: () => Promise.resolve([{ name: 'notes.txt', base64: 'aGVsbG8=' }]),
      },
    });
    await promptBox(view).fill('What is in it?');
    await view.page.getByText('about 1,234 tokens').waitFor();
    isEstimate = false;
    await view.page.getByRole('button', { name: 'Attach pictures and documents' }).click();
    await until('the count', async () =>
      (await view.page.locator('.tokens').innerText()).startsWith('1,234'),
    );
    assert.match(asked.at(-1) ?? '', /"document".*What is in it\?/);
    assert.equal(view.requests.length, 0);
  });

  it('shows an answer as it was written, and hands its code on', async () => {
    const view = await suite.open({ script: says('# Title\n\n```sql\nselect 1\n```\n', 50) });
    await ask(view, 'Go');
    await settled(view, 2);
    const answer = turnsOf(view).last();
    await answer.getByRole('heading', { name: 'Title' }).waitFor();
    await answer.getByRole('button', { name: 'Open in editor' }).click();
    await until('the call', () => view.calls.find(({ name }) => name === 'openText'));
    assert.deepEqual(view.calls.find(({ name }) => name === 'openText')?.value, {
      text: 'select 1',
      languageId: 'sql',
    });
    await answer.hover();
    await answer.getByRole('button', { name: 'Show raw text' }).click();
    await answer.getByText('# Title').waitFor();
    await answer.getByRole('button', { name: 'Show formatted' }).click();
    await answer.getByRole('heading', { name: 'Title' }).waitFor();
  });

  it('shows a tool’s answer, a picture and encrypted thoughts of an older conversation', async () => {
    const turns: Conversation['turns'] = [
      {
        id: 'u1',
        role: 'user',
        content: [
          {
            type: 'toolResult',
            toolUseId: 'x',
            status: 'success',
            content: [{ type: 'text', text: '21 degrees' }],
          },
          { type: 'cachePoint' },
        ],
      },
      {
        id: 'a1',
        role: 'assistant',
        content: [{ type: 'reasoning', text: '', redacted: 'AAAA' }],
      },
    ];
    const opened = await suite.open();
    const [lane] = opened.playground.document.lanes;
    assert.ok(lane);
    const view = await suite.open({
      document: { ...opened.playground.document, lanes: [{ ...lane, turns }] },
    });
    await view.page.getByText('Tool result').waitFor();
    await view.page.getByText('21 degrees').waitFor();
    await view.page.getByText('Cache point').waitFor();
    await view.page.getByText('Reasoning', { exact: true }).click();
    await view.page.getByText('These thoughts are encrypted.').waitFor();
  });

  it('does without a model until one is chosen, and says so', async () => {
    const view = await suite.open({
      open: { modelId: '' },
      connection: { kind: 'none', label: '' },
    });
    await view.page.getByText('No connection yet').waitFor();
    await promptBox(view).fill('Hello');
    await promptBox(view).press('Enter');
    assert.equal(view.requests.length, 0);
    await view.page.getByRole('button', { name: /Choose a model/ }).click();
    await view.page.getByText('Nova Lite').first().waitFor();
  });
});
