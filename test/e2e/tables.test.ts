import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleFiles } from '../../src/core/sample/sampleFiles.js';
import { until } from './support/until.js';
import { openWorkbench, type Theme, type Workbench } from './support/workbench.js';

const themes: readonly Theme[] = [
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
  'Default Dark Modern',
];

describe('a table in a real window', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'bedrock-e2e-'));
    for (const { name, text } of sampleFiles()) await writeFile(join(workspace, name), text);
    await writeFile(join(workspace, 'other.prompt.md'), 'Say {{elsewhere}}\n');
    workbench = await openWorkbench({ workspace });
    await workbench.views.openView('Amazon Bedrock');
    await workbench.views.pressButton('Try It on the Sandbox');
    await workbench.feedback.statusBar('Sandbox');
  });

  after(async () => {
    await workbench.close();
    await rm(workspace, { recursive: true, force: true });
  });

  async function rightClick(file: string): Promise<void> {
    await workbench.views.rightClickFile(file);
    await workbench.views.chooseMenu('Submit Batch Job…');
  }

  it('a right-click on a CSV file asks for a prompt, the one that fits first', async () => {
    const { quickPick } = workbench;
    await rightClick('tickets.csv');
    await quickPick.waitFor('Prompt for the Rows of tickets.csv');
    const items = (await quickPick.items()).filter(({ label }) => label !== '');
    assert.deepEqual(
      items.map(({ label }) => label),
      [
        'sort-ticket.prompt.md',
        'Write a Prompt…',
        'New Prompt File',
        'Another Prompt File…',
        'other.prompt.md',
      ],
    );
    assert.equal(items[0]?.detail, '{{product}}, {{subject}}, {{message}}');
    assert.match(items[4]?.detail ?? '', /The table has no column for \{\{elsewhere\}\}/);
    await workbench.screenshot('table-prompt');
  });

  it('then shows the first records, whose ids and file can be changed', async () => {
    const { quickPick } = workbench;
    await quickPick.accept();
    await quickPick.waitFor('Records of tickets.csv');
    const items = await quickPick.items();
    await workbench.screenshot('table-preview');
    assert.deepEqual(
      items.map(({ label }) => label),
      ['Write 150 records', 'T-1001', 'T-1002', 'T-1003', 'Prompt', 'Record ids', 'Records file'],
    );
    assert.match(items[1]?.detail ?? '', /^Product: Ledger Subject: Signed out I cannot sign in/);
    assert.equal(items[5]?.description, 'ticket_id');
    assert.equal(items[6]?.description, 'tickets.prompts.jsonl');
    await quickPick.pick('Record ids');
    await quickPick.waitFor('Record Ids');
    assert.deepEqual(
      (await quickPick.items()).map(({ label }) => label),
      ['ticket_id', 'received', 'the number of the row: row-1, row-2 …'],
    );
    await quickPick.pick(/number of the row/);
    await quickPick.waitFor('Records of tickets.csv');
    assert.equal((await quickPick.items())[1]?.label, 'row-1');
    await quickPick.pick('Record ids');
    await quickPick.waitFor('Record Ids');
    await quickPick.pick('ticket_id');
    await quickPick.waitFor('Records of tickets.csv');
  });

  it('opens a record to read, and stays', async () => {
    const { quickPick, page } = workbench;
    await quickPick.pick('T-1002');
    await page.locator('.tab', { hasText: 'T-1002.json' }).waitFor();
    await quickPick.waitFor('Records of tickets.csv');
    await workbench.screenshot('table-record');
  });

  it('goes on to the review, the job and its results under the ids of the table', async () => {
    const { quickPick, feedback } = workbench;
    await quickPick.accept();
    await quickPick.waitFor(/^Submit tickets\.csv as a Batch Job$/);
    const [first] = await quickPick.items();
    await workbench.screenshot('table-review');
    assert.match(first?.label ?? '', /Submit 150 records/);
    const records = await readFile(join(workspace, 'tickets.prompts.jsonl'), 'utf8');
    assert.equal(records.trimEnd().split('\n').length, 150);
    await quickPick.accept();
    await feedback.notification(/completed/, 120_000);
    await feedback.answerNotification(/completed/, 'Open Results');
    const page = await workbench.webviewFrame(/^Results: /);
    await page.getByRole('row').nth(3).waitFor();
    const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /Records 150 Success 150 Errors 0 Missing 0/);
    assert.match(text, /T-1001.*T-1002.*T-1003/);
    await workbench.screenshot('table-results');
    await page.getByRole('row').filter({ hasText: 'T-1003' }).click();
    await page.getByRole('button', { name: 'Open Input' }).click();
    // The first line of the table has the columns' names.
    await feedback.statusBar('Ln 4, Col 1');
    await workbench.screenshot('table-input');
    await workbench.runCommand('View: Close Editor');
  });

  it('a second time writes another file, and goes back to another prompt', async () => {
    const { quickPick, inputBox } = workbench;
    await rightClick('tickets.csv');
    await quickPick.waitFor(/^Prompt for/);
    await quickPick.accept();
    await quickPick.waitFor('Records of tickets.csv');
    assert.equal((await quickPick.items())[6]?.description, 'tickets.prompts-2.jsonl');
    await quickPick.pick('Prompt');
    await quickPick.waitFor(/^Prompt for/);
    await quickPick.pick('Write a Prompt…');
    await inputBox.waitFor(/^Prompt for/);
    assert.equal(await inputBox.value(), '{{message}}');
    await inputBox.type('{{subjekt}}');
    await until('the words', async () =>
      (await inputBox.message()).includes('no column "subjekt"'),
    );
    await workbench.screenshot('table-wrong-name');
    await inputBox.answer('Who is {{customer}}?');
    await quickPick.waitFor('Records of tickets.csv');
    assert.equal((await quickPick.items())[1]?.detail, 'Who is Amara Okafor?');
    await quickPick.hide();
    assert.ok(
      !(await readdir(workspace)).includes('tickets.prompts-2.jsonl'),
      'nothing is written',
    );
  });

  for (const theme of themes) {
    it(`has pictures in ${theme}`, async () => {
      const { quickPick } = workbench;
      const name = theme.replaceAll(' ', '-').toLowerCase();
      await workbench.setTheme(theme);
      await rightClick('tickets.csv');
      await quickPick.waitFor(/^Prompt for/);
      await workbench.screenshot(`${name}-table-prompt`);
      await quickPick.accept();
      await quickPick.waitFor(/^Records of/);
      await workbench.screenshot(`${name}-table-preview`);
      await quickPick.hide();
    });
  }
});
