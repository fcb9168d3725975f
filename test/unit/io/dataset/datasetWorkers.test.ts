import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { isCancelled } from '../../../../src/core/errors.js';
import { useTranslations } from '../../../../src/core/translation.js';
import { checkDataset } from '../../../../src/io/dataset/check/checkDataset.js';
import { aRecord, records, temporaryFolder } from './files.js';

const workerBuild = {
  entryPoints: [
    fileURLToPath(new URL('../../../../src/io/dataset/check/worker.ts', import.meta.url)),
  ],
  bundle: true,
  platform: 'node',
  format: 'esm',
  // As in esbuild.mjs: a CommonJS package in an ES module still calls `require`.
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
  },
} satisfies BuildOptions;

describe('checkDataset with worker threads', function () {
  this.timeout(60_000);
  const write = temporaryFolder();
  let worker: URL;
  before(async () => {
    const outfile = write('worker.mjs', '');
    await build({ ...workerBuild, outfile });
    worker = pathToFileURL(outfile);
  });

  it('finds in two threads what it finds in one', async () => {
    const lines = records(3000) + `{"bad\n${aRecord('r2999')}\n` + records(3000, 3000);
    const path = write('two.jsonl', lines);
    const options = { rangeBytes: 10_000, modelId: 'anthropic.claude-x' };
    const inline = await checkDataset(path, { ...options, workers: 0 });
    const threaded = await checkDataset(path, { ...options, worker, workers: 2 });
    assert.deepEqual(threaded, inline);
    assert.deepEqual(inline.byCode, { notJson: 1, duplicateRecordId: 2 });
    assert.equal(inline.problems.find(({ line }) => line === 3003)?.code, 'duplicateRecordId');
  });

  it('says what it finds in the language that is set', async () => {
    const path = write('translated.jsonl', `${records(200)}{"recordId":"x"}\n`);
    const english = 'The record has no "modelInput". Add the request for the model.';
    const translated = 'Dem Datensatz fehlt "modelInput".';
    useTranslations({ [english]: translated });
    try {
      for (const workers of [0, 2]) {
        const { problems } = await checkDataset(path, { worker, workers, rangeBytes: 10_000 });
        assert.deepEqual(
          problems.map(({ message }) => message),
          [translated],
        );
      }
    } finally {
      useTranslations(undefined);
    }
  });

  it('finds an id of the first range again in the last', async () => {
    const path = write('far.jsonl', `${aRecord('r77')}\n${records(2000, 100)}${aRecord('r77')}\n`);
    const found = await checkDataset(path, { worker, workers: 2, rangeBytes: 4096 });
    assert.deepEqual(found.byCode, { duplicateRecordId: 1 });
    assert.match(found.problems[0]?.message ?? '', /"r77" was already used on line 1\./);
    assert.equal(found.problems[0]?.line, 2002);
  });

  it('reports progress up to the size of the file', async () => {
    const path = write('progress.jsonl', records(1000));
    const seen: number[] = [];
    const onProgress = (bytes: number) => seen.push(bytes);
    const { bytes } = await checkDataset(path, {
      worker,
      workers: 2,
      rangeBytes: 10_000,
      onProgress,
    });
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    assert.equal(seen.at(-1), bytes);
  });

  it('stops promptly when aborted', async () => {
    const path = write('abort.jsonl', records(40_000));
    const controller = new AbortController();
    let stopped = 0;
    const onProgress = () => {
      stopped = performance.now();
      controller.abort();
    };
    const options = {
      worker,
      workers: 2,
      rangeBytes: 20_000,
      onProgress,
      signal: controller.signal,
    };
    await assert.rejects(checkDataset(path, options), isCancelled);
    assert.ok(performance.now() - stopped < 500);
  });

  it('does not start when aborted before', async () => {
    const path = write('aborted.jsonl', records(100));
    await assert.rejects(checkDataset(path, { signal: AbortSignal.abort() }), isCancelled);
  });

  it('checks lines of 20 MB and passes over lines of 50 and 70 MB without keeping them', async () => {
    const path = write('long.jsonl', `${aRecord('first')}\n`);
    const file = openSync(path, 'a');
    const writeLong = (id: string, megabytes: number) => {
      writeSync(file, `{"recordId":"${id}","modelInput":{"prompt":"`);
      const chunk = Buffer.alloc(1_000_000, 'ä');
      for (let count = 0; count < megabytes; count++) writeSync(file, chunk);
      writeSync(file, '"}}\n');
    };
    writeLong('ok', 20);
    writeLong('large', 50);
    writeLong('huge', 70);
    writeSync(file, records(98));
    closeSync(file);
    const found = await checkDataset(path, { worker, workers: 2, modelId: 'meta.llama3-1-70b' });
    assert.deepEqual(
      found.problems
        .filter(({ line }) => line > 2)
        .map(({ line, code }) => [line, code])
        .slice(0, 2),
      [
        [3, 'recordTooLarge'],
        [4, 'lineTooLong'],
      ],
    );
    assert.deepEqual([found.records, found.lines], [102, 102]);
  });
});
