import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow, readJson } from '../support/repository.js';

const kilobyte = 1000;

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly bytes: number; readonly inputs: Readonly<Record<string, unknown>> }>
  >;
}

/** Sizes of what `npm run build -- --production` leaves; the package is made of nothing else. */
describe('the package', () => {
  before(function () {
    this.timeout(60_000);
    execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
  });

  it('has an entry of at most 400 kB', () => {
    assert.ok(statSync('dist/extension.js').size <= 400 * kilobyte);
  });

  it('has at most 2 MB of AWS code, none of it in the entry', () => {
    const { outputs } = readJson('dist/meta.json') as Metafile;
    const isAws = (input: string) => /node_modules\/@(aws-sdk|smithy|aws-crypto)\//.test(input);
    const withAws = Object.entries(outputs).filter(
      ([path, { inputs }]) =>
        /dist\/(chunks\/|extension)/.test(path) && Object.keys(inputs).some(isAws),
    );
    assert.ok(withAws.every(([path]) => !path.endsWith('dist/extension.js')));
    const bytes = withAws.reduce((sum, [, output]) => sum + output.bytes, 0);
    assert.ok(bytes <= 2000 * kilobyte, `${bytes} bytes`);
  });

  it('has pages of at most 60 kB each, compressed', () => {
    const pages = filesBelow('dist/webviews', '.js');
    assert.ok(pages.length > 0);
    for (const page of pages) {
      const bytes = gzipSync(readFileSync(page)).length;
      assert.ok(bytes <= 60 * kilobyte, `${page}: ${bytes} bytes`);
    }
  });

  it('becomes a .vsix of at most 3 MB with the files it needs and no sources', async function () {
    this.timeout(120_000);
    const folder = await mkdtemp(join(tmpdir(), 'vsix-'));
    const file = join(folder, 'package.vsix');
    const vsce = 'node_modules/@vscode/vsce/vsce';
    execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], {
      stdio: 'pipe',
    });
    assert.ok(statSync(file).size <= 3000 * kilobyte, `${statSync(file).size} bytes`);
    await rm(folder, { recursive: true });
    const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n');
    for (const needed of ['dist/extension.js', 'dist/sandbox.js', 'dist/worker.js', 'LICENSE']) {
      assert.ok(listed.includes(needed), `${needed} is missing`);
    }
    assert.deepEqual(
      listed.filter((path) => /\.(ts|tsx|map)$|^(src|test|node_modules)\//.test(path)),
      [],
    );
    assert.ok(listed.every((path) => existsSync(path)));
  });
});
