import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlaygroundWindow } from './support/playgroundWindow.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { until } from './support/until.js';

const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';

describe('files and the playground in a real window', () => {
  let window: ProfileWindow;
  let playground: PlaygroundWindow;
  const path = (name: string) => join(window.workspace, name);
  const text = (name: string) => readFile(path(name), 'utf8');
  const written = (name: string) =>
    until(name, async () => (await readdir(window.workspace)).includes(name) && text(name));

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work', 'files.autoSave': 'off' },
      files: {
        'cities.csv': `city,country\n${Array.from({ length: 120 }, (_each, at) => `Town ${at},"Land, ${at}"\n`).join('')}`,
        'ragged.csv': 'country\nSpain\nItaly,Rome\n',
        'notes.txt': 'The Ebro is in Spain.',
        'towns.prompt.md': `---\nmodel: ${haiku}\n---\n\nName the towns of {{country}}.\n`,
        'rivers.prompt.md': `---\ntitle: Rivers\nmodel: ${haiku}\nsystem: Be short.\nparameters:\n  temperature: 0.25\nvariables:\n  country: France\n---\n\nName the rivers of {{country}}.\n`,
      },
      speed: 20,
    });
    playground = new PlaygroundWindow(window);
    await window.workbench.feedback.statusBar('work · us-east-1');
    await playground.open();
    await playground.chooseModel('Claude Haiku 4.5');
  });

  after(() => window.close());

  it('is renamed', async () => {
    await playground.menu('Rename…');
    await window.workbench.inputBox.waitFor('Rename Playground');
    await window.workbench.inputBox.answer('Rivers of Europe');
    await inFront('Rivers of Europe');
  });

  it('takes a file chosen in the editor’s dialog along with a prompt', async () => {
    await playground.page.getByRole('button', { name: 'Attach' }).click();
    await playground.fileDialog('Attach Pictures and Documents', path('notes.txt'));
    await playground.page
      .getByRole('list', { name: /Attach/ })
      .getByText('notes.txt')
      .waitFor();
    await window.workbench.screenshot('playground-attached');
    await playground.ask('Summarise the notes.');
    await playground.answered(2);
    await playground.page.locator('.turn.user').getByText('notes.txt').waitFor();
  });

  it('asks for the answer in one piece where streaming is switched off', async () => {
    const before = await Promise.all(
      ['Converse', 'ConverseStream'].map((each) => playground.sent(each)),
    );
    await playground.page.getByText('Stream the answer').click();
    await playground.ask('And in one sentence?');
    await playground.answered(4);
    const after = await Promise.all(
      ['Converse', 'ConverseStream'].map((each) => playground.sent(each)),
    );
    assert.deepEqual(after, [(before[0] ?? 0) + 1, before[1]]);
    await playground.page.getByText('Stream the answer').click();
  });

  it('becomes Markdown and JSON', async () => {
    await playground.menu('Export as Markdown…');
    await playground.fileDialog('Export', path('out.md'));
    const markdown = await written('out.md');
    assert.match(markdown, /^# Rivers of Europe[^]*Summarise the notes\.[^]*end_turn/);
    assert.match(markdown, /document: notes\.txt/);
    await inFront('out.md');
    await playground.front('Rivers of Europe');
    await playground.menu('Export as JSON…');
    await playground.fileDialog('Export', path('out.json'));
    const json = JSON.parse(await written('out.json')) as { lanes: { turns: unknown[] }[] };
    assert.equal(json.lanes[0]?.turns.length, 4);
    await inFront('out.json');
    await playground.front('Rivers of Europe');
  });

  it('opens a prompt file in its place, and saves it as another that reads the same', async () => {
    await playground.front('Rivers of Europe');
    await playground.menu('Open Prompt File…');
    await playground.fileDialog('Open Prompt File', path('rivers.prompt.md'));
    await playground.page.getByText('Name the rivers of {{country}}.').waitFor();
    assert.equal(await playground.page.getByLabel('{{country}}').inputValue(), 'France');
    await window.workbench.screenshot('playground-prompt-file');
    await playground.menu('Save as Prompt File…');
    await playground.fileDialog('Save as Prompt File', path('copy.prompt.md'));
    assert.equal(await written('copy.prompt.md'), await text('rivers.prompt.md'));
    await inFront('copy.prompt.md');
  });

  it('becomes records of a dataset, one after the other', async () => {
    const { workbench } = window;
    await addTo('New file…');
    await playground.fileDialog('Add to Dataset', path('exchanges.jsonl'));
    await workbench.feedback.notification('Added to exchanges.jsonl.');
    await workbench.feedback.answerNotification('Added to exchanges.jsonl.', 'Open');
    await inFront('exchanges.jsonl');
    await workbench.feedback.clearNotifications();
    await addTo('exchanges.jsonl');
    await workbench.feedback.notification('Added to exchanges.jsonl.');
    assert.deepEqual(await ids('exchanges.jsonl'), ['playground-1', 'playground-2']);
  });

  it('goes into the editor where the dataset has changes that are not saved', async () => {
    const { workbench } = window;
    await workbench.feedback.clearNotifications();
    await workbench.page.locator('.tab', { hasText: 'exchanges.jsonl' }).click();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('{"recordId":"playground-9","modelInput":{}}');
    await addTo('exchanges.jsonl');
    await workbench.feedback.notification(/has changes that are not saved/);
    assert.equal((await ids('exchanges.jsonl')).length, 2);
    await workbench.page.locator('.tab', { hasText: 'exchanges.jsonl' }).click();
    await workbench.screenshot('playground-dataset');
    await workbench.page.keyboard.press('Control+s');
    await until('the saved records', async () => (await ids('exchanges.jsonl')).length === 4);
    assert.equal((await ids('exchanges.jsonl')).at(-1), 'playground-10');
  });

  it('says where a table is wrong, and makes nothing of it', async () => {
    await playground.front('Rivers');
    await runOver('ragged.csv');
    const notice = playground.page.getByRole('alert');
    await notice.getByText('The row on line 3 has 2 cells, the header has 1.').waitFor();
    await window.workbench.screenshot('playground-table-wrong');
    assert.ok(!(await readdir(window.workspace)).some((name) => name.startsWith('ragged.p')));
  });

  it('runs over a table up to the review of the batch job', async () => {
    const { quickPick } = window.workbench;
    await runOver('cities.csv');
    await quickPick.waitFor('Records of cities.csv');
    await quickPick.accept();
    await quickPick.waitFor(/^Submit cities\.csv/);
    await window.workbench.screenshot('playground-table-review');
    await quickPick.hide();
    const records = await lines<{ recordId: string; modelInput: object }>('cities.prompts.jsonl');
    assert.equal(records.length, 120);
    assert.deepEqual(records[7], {
      recordId: 'row-8',
      modelInput: {
        messages: [{ role: 'user', content: [{ text: 'Name the rivers of Land, 7.' }] }],
        system: [{ text: 'Be short.' }],
        inferenceConfig: { temperature: 0.25 },
      },
    });
  });

  it('takes what is typed and not sent yet, keeps earlier records, and its banner goes', async () => {
    const { quickPick } = window.workbench;
    await playground.front('Rivers');
    await playground.prompt.fill('And of {{city}}?');
    await runOver('cities.csv');
    await quickPick.waitFor('Records of cities.csv');
    assert.equal((await quickPick.items())[1]?.detail, 'And of Town 0?');
    assert.equal(await playground.page.getByRole('alert').count(), 0);
    await quickPick.accept();
    await quickPick.waitFor(/^Submit cities\.csv/);
    await quickPick.hide();
    await playground.prompt.fill('');
    assert.ok((await readdir(window.workspace)).includes('cities.prompts-2.jsonl'));
    assert.equal(await playground.sent('CreateModelInvocationJob'), 0);
  });

  it('runs a prompt file from above its model, once', async () => {
    const before = await playground.sent('ConverseStream');
    await lens('rivers.prompt.md', 'Run (AWS bills it)');
    await playground.see('Rivers');
    await playground.answered(2);
    assert.match(await playground.turns.first().innerText(), /Name the rivers of/);
    assert.equal((await playground.sent('ConverseStream')) - before, 1);
  });

  it('asks for the values a prompt file lacks, and sends nothing before', async () => {
    const before = await playground.sent('ConverseStream');
    await lens('towns.prompt.md', 'Run (AWS bills it)');
    await playground.see(/Name the towns/);
    await playground.page.getByText('{{country}} has no value.').waitFor();
    await playground.page.locator('.settings textarea[aria-invalid=true]:focus').waitFor();
    await window.workbench.screenshot('playground-needs-value');
    assert.equal(await playground.sent('ConverseStream'), before);
    await window.workbench.page.keyboard.type('Italy');
    await playground.page.getByRole('button', { name: 'Send', exact: true }).click();
    await playground.answered(2);
    assert.equal((await playground.sent('ConverseStream')) - before, 1);
  });

  /** Presses a line above the model of a prompt file. */
  async function lens(name: string, title: string): Promise<void> {
    await window.workbench.views.openFile(name);
    await inFront(name);
    const link = window.workbench.page.locator('.codelens-decoration:visible a', {
      hasText: title,
    });
    await link.first().waitFor();
    await window.workbench.screenshot('prompt-file');
    await link.first().click();
  }

  const inFront = (title: string) =>
    until(`the tab ${title}`, async () => (await window.workbench.activeEditor()).includes(title));

  async function addTo(choice: string): Promise<void> {
    await playground.front('Rivers');
    await playground.menu('Add to Dataset…');
    await window.workbench.quickPick.waitFor('Add to Dataset');
    await window.workbench.quickPick.pick(choice);
  }

  async function runOver(table: string): Promise<void> {
    await playground.menu('Run over a Table as Batch Job…');
    await window.workbench.quickPick.waitFor('Choose a Table');
    await window.workbench.quickPick.pick(table);
  }

  async function lines<T>(name: string): Promise<T[]> {
    const all = (await text(name)).trimEnd().split('\n');
    return all.map((line) => JSON.parse(line) as T);
  }

  async function ids(name: string): Promise<string[]> {
    return (await lines<{ recordId: string }>(name)).map(({ recordId }) => recordId);
  }
});
