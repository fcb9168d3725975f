import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  chooseSandbox,
  endOf,
  haiku,
  listJobs,
  refuses,
  run,
  scratchFolder,
  type SandboxAccess,
} from './support/workbench.js';

interface Submitted {
  readonly runId: string;
  readonly jobs: readonly { jobArn: string; jobName: string; records: number }[];
}

interface Downloaded {
  readonly files: readonly string[];
  readonly success: number;
  readonly missing: number;
}

const count = 120;
const numbers = Array.from({ length: count }, (_, index) => index + 1);
const row = (number: number) => ({
  'Ticket No.': `T-${9007199254740993n + BigInt(number)}`,
  'First Name': `Zoë ${number}`,
  地域: `"${number}", 東京`,
});

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = (separator: string) =>
  [
    Object.keys(row(1)).join(separator),
    ...numbers.map((number) => Object.values(row(number)).map(cell).join(separator)),
    '',
  ].join('\n');

const tables: Readonly<Record<string, string>> = {
  'people.csv': csv(','),
  'people (2).csv': `\ufeff${csv(';').replaceAll('\n', '\r\n')}`,
  'people.tsv': csv('\t'),
  'people.jsonl': numbers.map((number) => JSON.stringify(row(number))).join('\n'),
  'one-line.json': JSON.stringify(numbers.map(row)),
  'pretty.json': JSON.stringify(numbers.map(row), undefined, 2),
};

describe('a batch job over the rows of a table, by commands alone', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let access: SandboxAccess;

  before(async () => {
    scratch = await scratchFolder();
    access = await chooseSandbox(join(scratch.path, 'sandbox'));
    for (const [name, text] of Object.entries(tables)) {
      await writeFile(join(scratch.path, name), text);
    }
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  const template = 'Greet {{First Name}} of {{地域}}.';

  const submit = (name: string, more: object = {}) =>
    run<Submitted>('bedrock.batch.submit', vscode.Uri.file(join(scratch.path, name)), {
      modelId: haiku,
      outputS3Uri: `s3://${access.bucket}/output/`,
      roleArn: access.roleArn,
      confirm: false,
      template,
      ...more,
    });

  interface Line {
    readonly recordId: string;
    readonly modelInput: { readonly messages: readonly { content: readonly { text: string }[] }[] };
  }
  async function linesOf(path: string): Promise<Line[]> {
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Line);
  }

  for (const name of Object.keys(tables)) {
    it(`${name} becomes a job, and its answers carry the ids of its rows`, async () => {
      const submitted = await submit(name, { idColumn: 'Ticket No.' });
      assert.equal(submitted.jobs[0]?.records, count);
      const job = await endOf(submitted.jobs[0].jobArn);
      assert.equal(job.invocationType, 'Converse');
      const { files, success, missing } = await run<Downloaded>(
        'bedrock.results.download',
        submitted.runId,
      );
      assert.deepEqual([success, missing], [count, 0]);
      const output = files.find((each) => each.endsWith('.jsonl.out')) ?? '';
      const answers = new Map((await linesOf(output)).map((line) => [line.recordId, line]));
      for (const number of numbers) {
        const { 'Ticket No.': id, 'First Name': person, 地域: region } = row(number);
        const asked = answers.get(id)?.modelInput.messages[0]?.content[0]?.text;
        assert.equal(asked, `Greet ${person} of ${region}.`, id);
      }
      const place = await run<{ path: string; line: number }>(
        'bedrock.batch.openInput',
        submitted.runId,
        row(count)['Ticket No.'],
      );
      assert.equal(place.path, join(scratch.path, name), 'the table, not what was made of it');
      const shown = vscode.window.activeTextEditor;
      assert.equal(shown?.document.uri.fsPath, place.path);
      const rest = shown.document.getText().split('\n').slice(shown.selection.active.line);
      assert.ok(rest.slice(0, 3).join('\n').includes(row(count)['Ticket No.']), rest[0]);
    });
  }

  it('a second job over a table leaves the records of the first where they are', async () => {
    const path = join(scratch.path, 'people.prompts.jsonl');
    const before = await readFile(path, 'utf8');
    await submit('people.csv', { template: 'Name {{First Name}}', idColumn: null });
    assert.equal(await readFile(path, 'utf8'), before);
    const names = await readdir(scratch.path);
    const newest = names.filter((name) => /^people\.prompts.*\.jsonl$/.test(name)).sort();
    const [first] = await linesOf(join(scratch.path, 'people.prompts-4.jsonl'));
    assert.equal(first?.recordId, 'row-1', newest.join());
  });

  it('takes the prompt of a file, with its model, values and settings', async () => {
    const prompt = join(scratch.path, 'greet.prompt.md');
    const head = `model: ${haiku}\nparameters:\n  maxTokens: 50\nvariables:\n  tone: kind`;
    await writeFile(prompt, `---\n${head}\n---\n\nA {{tone}} word for {{First Name}}\n`);
    const made = await run<{ output: string; records: number; modelId?: string }>(
      'bedrock.batch.convert',
      join(scratch.path, 'people.tsv'),
      { promptFile: vscode.Uri.file(prompt), output: join(scratch.path, 'kind.jsonl') },
    );
    assert.equal(made.modelId, haiku);
    const [first] = await linesOf(made.output);
    assert.deepEqual(first?.modelInput, {
      messages: [{ role: 'user', content: [{ text: 'A kind word for Zoë 1' }] }],
      inferenceConfig: { maxTokens: 50 },
    });
  });

  const wrong: readonly [string, string, object, RegExp][] = [
    ['no prompt', 'people.csv', { template: undefined }, /is a table. Give a "template"/],
    ['an unknown name', 'people.csv', { template: 'Hi {{Name}}' }, /no column "Name"/],
    ['a filter', 'people.csv', { template: '{{First Name | upper}}' }, /is not worked out/],
    ['no name at all', 'people.csv', { template: 'Hi' }, /has no variables/],
    [
      'ids that repeat',
      'same.csv',
      { idColumn: 'a', template: '{{a}}' },
      /cannot name the records/,
    ],
    [
      'an empty cell',
      'gap.csv',
      { template: '{{a}}' },
      /nothing of the row on line 3: its cells are empty/,
    ],
    ['few rows', 'few.csv', { template: '{{a}}' }, /has 2 records/],
  ];
  for (const [what, name, more, says] of wrong) {
    it(`${what} is refused before anything is sent`, async () => {
      await writeFile(join(scratch.path, 'same.csv'), `a,b\n${'1,2\n'.repeat(count)}`);
      await writeFile(join(scratch.path, 'gap.csv'), 'a,b\n1,2\n,3\n');
      await writeFile(join(scratch.path, 'few.csv'), 'a,b\n1,2\n2,3\n');
      const jobs = (await listJobs()).length;
      await refuses(submit(name, more), 'invalidInput', says);
      assert.equal((await listJobs()).length, jobs);
    });
  }
});
