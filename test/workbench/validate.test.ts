import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Problem } from '../../src/core/batch/types.js';
import { datasetText, sampleText } from '../support/datasets.js';
import { badFiles, writeBadFile } from './support/badFiles.js';
import { haiku, refuses, run, scratchFolder } from './support/workbench.js';

interface Validation {
  readonly format: string;
  readonly records: number;
  readonly bytes: number;
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly byCode: Readonly<Record<string, number>>;
}

const validate = (path: string, options?: object) =>
  run<Validation>('bedrock.batch.validate', vscode.Uri.file(path), ...(options ? [options] : []));

describe('bedrock.batch.validate', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;

  before(async () => {
    scratch = await scratchFolder();
  });

  after(() => scratch.remove());

  async function file(name: string, text: string): Promise<string> {
    const path = join(scratch.path, name);
    await writeFile(path, text);
    return path;
  }

  it('finds nothing in a valid file', async () => {
    const text = datasetText('anthropic');
    const found = await validate(await file('valid.jsonl', text), { modelId: haiku });
    assert.deepEqual(found, {
      format: 'bedrock',
      records: 120,
      bytes: Buffer.byteLength(text),
      problems: [],
      problemCount: 0,
      byCode: {},
    });
  });

  it('finds the one wrong record of the sample, by line, also without a model', async () => {
    const path = await file('tickets.jsonl', sampleText());
    for (const options of [undefined, { modelId: haiku, invocationType: 'InvokeModel' }]) {
      const { problems, problemCount, byCode } = await validate(path, options);
      assert.equal(problemCount, 1);
      assert.deepEqual(byCode, { wrongBody: 1 });
      assert.equal(problems[0]?.line, 58);
      assert.equal(problems[0].severity, 'error');
      assert.match(problems[0].message, /max_tokens/);
    }
  });

  it('finds every record of a Converse file wrong for InvokeModel, and none for Converse', async () => {
    const path = await file('converse.jsonl', datasetText('converse'));
    const wrong = await validate(path, { modelId: haiku, invocationType: 'InvokeModel' });
    assert.equal(wrong.problemCount, 120);
    const right = await validate(path, { modelId: haiku, invocationType: 'Converse' });
    assert.equal(right.problemCount, 0);
  });

  it('tells records without an id as warnings, and counts more than it lists', async () => {
    const records = Array.from({ length: 20_000 }, (_, index) =>
      JSON.stringify({ modelInput: { max_tokens: 1, messages: [], n: index } }),
    );
    const found = await validate(await file('noids.jsonl', records.join('\n')));
    assert.equal(found.byCode['missingRecordId'], 20_000);
    assert.ok(found.problems.length < found.problemCount);
  });

  for (const bad of badFiles) {
    it(`says what is wrong with ${bad.name}`, async () => {
      const path = await writeBadFile(scratch.path, bad);
      if (!bad.problem) {
        await refuses(validate(path), bad.kind, bad.says);
        return;
      }
      const { format, records, problems, problemCount, byCode } = await validate(path);
      assert.equal(format, bad.format);
      assert.equal(records, bad.records);
      assert.equal(problemCount, 1);
      assert.deepEqual(byCode, { [bad.problem.code]: 1 });
      assert.equal(problems[0]?.line, bad.problem.line);
      assert.equal(problems[0].code, bad.problem.code);
      assert.match(problems[0].message, /\.$/);
    });
  }

  it('shows what it found in the Problems view, at the line', async () => {
    const path = await file('shown.jsonl', sampleText());
    await validate(path);
    const [diagnostic] = vscode.languages.getDiagnostics(vscode.Uri.file(path));
    assert.equal(diagnostic?.range.start.line, 57);
    assert.equal(diagnostic.code, 'wrongBody');
    assert.equal(diagnostic.source, 'Bedrock');
    await writeFile(path, datasetText('anthropic'));
    await validate(path);
    assert.deepEqual(vscode.languages.getDiagnostics(vscode.Uri.file(path)), []);
  });

  it('takes a path instead of a Uri, as a key binding gives it', async () => {
    const path = await file('path.jsonl', datasetText('anthropic'));
    for (const name of [path, vscode.Uri.file(path).toString(), vscode.Uri.file(path).toJSON()]) {
      assert.equal((await run<Validation>('bedrock.batch.validate', name)).records, 120);
    }
  });

  it('refuses options of the wrong type by their name', async () => {
    const path = await file('options.jsonl', datasetText('anthropic'));
    await refuses(validate(path, { modelId: 5 }), 'invalidInput', /"modelId" must be of type/);
  });

  it('refuses a file that is not on disk', () =>
    refuses(
      run('bedrock.batch.validate', vscode.Uri.parse('untitled:draft.jsonl')),
      'invalidInput',
      /Save draft\.jsonl/,
    ));
});
