import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseS3Uri } from '../../../src/core/batch/names.js';
import { outcomeOf } from '../../../src/core/jobs/summary.js';
import { downloadResults } from '../../../src/io/results/downloadResults.js';
import { datasetText, sampleText, type BodyKind } from '../../support/datasets.js';
import { newRun, submitAndWait } from '../../support/runs.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';

interface Row {
  readonly kind: BodyKind;
  readonly modelId: string;
  readonly invocationType?: 'Converse';
}

const rows: readonly Row[] = [
  { kind: 'anthropic', modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' },
  {
    kind: 'converse',
    modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    invocationType: 'Converse',
  },
  { kind: 'converse', modelId: 'us.amazon.nova-2-lite-v1:0', invocationType: 'Converse' },
  { kind: 'nova', modelId: 'us.amazon.nova-2-lite-v1:0' },
  { kind: 'llama', modelId: 'us.meta.llama4-scout-17b-instruct-v1:0' },
  { kind: 'mistral', modelId: 'mistral.mistral-large-3-675b-instruct' },
  { kind: 'cohereCommand', modelId: 'cohere.command-text-v14' },
  { kind: 'titanText', modelId: 'amazon.titan-text-express-v1' },
  { kind: 'titanEmbed', modelId: 'amazon.titan-embed-text-v2:0' },
];

describe('a dataset becomes a job and its results come back', () => {
  let at: TestSandbox;

  before(async () => {
    at = await startTestSandbox();
  });

  after(() => at.close());

  async function download(run: { readonly id: string }, outputS3Uri: string, jobId: string) {
    const place = parseS3Uri(outputS3Uri);
    assert.ok(place);
    const folder = join(at.folder, 'results', run.id);
    await mkdir(folder, { recursive: true });
    const prefix = `${place.key}${jobId}/`;
    return downloadResults(at.aws.storage, { bucket: place.bucket, prefix, folder });
  }

  for (const { kind, modelId, invocationType } of rows) {
    it(`${kind} records as ${invocationType ?? 'InvokeModel'} on ${modelId}`, async () => {
      const path = join(at.folder, `${kind}.jsonl`);
      await writeFile(path, datasetText(kind));
      const run = await newRun(at, path, {
        modelId,
        ...(invocationType ? { invocationType } : {}),
      });
      const [job] = await submitAndWait(at, run);
      assert.equal(job?.status, 'Completed', job?.message);
      assert.deepEqual(job.counters, { total: 120, processed: 120, success: 120, error: 0 });
      const files = await download(run, run.request.outputS3Uri, job.id);
      const output = files.find((file) => file.endsWith('.jsonl.out')) ?? '';
      const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
      const ids = lines.map((line) => (JSON.parse(line) as { recordId: string }).recordId);
      assert.equal(new Set(ids).size, 120);
      assert.ok(files.some((file) => file.endsWith('manifest.json.out')));
    });
  }

  it('the sample ends with 119 answers and one error, which is not a success', async () => {
    const path = join(at.folder, 'tickets.jsonl');
    await writeFile(path, sampleText());
    const run = await newRun(at, path, { modelId: rows[0]?.modelId ?? '' });
    const [job] = await submitAndWait(at, run);
    assert.deepEqual(job?.counters, { total: 120, processed: 120, success: 119, error: 1 });
    assert.equal(outcomeOf(job), 'withErrors');
  });

  it('a file with a byte order mark, Windows line ends, blank lines and no ids is cleaned on the way', async () => {
    const path = join(at.folder, 'windows.jsonl');
    const lines = datasetText('anthropic')
      .trimEnd()
      .split('\n')
      .map((line) =>
        JSON.stringify({ modelInput: (JSON.parse(line) as { modelInput: unknown }).modelInput }),
      );
    await writeFile(path, `\ufeff${lines.join('\r\n\r\n')}`);
    const run = await newRun(at, path, { modelId: rows[0]?.modelId ?? '' });
    const [job] = await submitAndWait(at, run);
    assert.equal(job?.counters.success, 120);
    const part = run.shards[0];
    const stored = await at.aws.storage.read(part?.bucket ?? '', part?.key ?? '');
    let text = '';
    for await (const chunk of stored) text += Buffer.from(chunk).toString('utf8');
    assert.doesNotMatch(text, /\r|\ufeff|\n\n/);
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { recordId?: string }).recordId);
    assert.equal(new Set(ids).size, 120);
    assert.ok(!ids.includes(undefined));
  });
});
