import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { awsBytes, vsixBytes } from '../bench/sizes.js';
import type { Metafile } from 'esbuild';
import { filesBelow } from '../support/repository.js';
import { bundledPackages } from '../tools/thirdPartyNotices.mjs';

const kilobyte = 1000;
const notices = 'ThirdPartyNotices.txt';

/** Sizes of what a production build leaves; the package is made of nothing else. */
describe('the package', () => {
  before(function () {
    this.timeout(60_000);
    execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
  });

  it('has an entry of at most 250 kB', () => {
    assert.ok(statSync('dist/extension.js').size <= 250 * kilobyte);
  });

  it('has at most 2 MB of AWS code, none of it in the entry', () => {
    const bytes = awsBytes();
    assert.ok(bytes > 100 * kilobyte, 'the AWS code was not found');
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

  it('becomes a .vsix of at most 3 MB', function () {
    this.timeout(120_000);
    const bytes = vsixBytes();
    assert.ok(bytes <= 3000 * kilobyte, `${bytes} bytes`);
  });

  it('names every package that is bundled, with the text of its license', () => {
    const text = readFileSync(notices, 'utf8');
    const meta = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;
    const folders = bundledPackages(meta);
    assert.ok(folders.some((folder) => folder.endsWith('/client-bedrock')));
    for (const folder of folders) {
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
        name: string;
        version: string;
      };
      assert.ok(text.includes(`${name} ${version} (`), name);
    }
    assert.match(text, /Apache License\s+Version 2\.0/);
  });

  it('lists the files it needs and no sources', function () {
    this.timeout(60_000);
    const listed = execFileSync(
      process.execPath,
      ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'],
      { encoding: 'utf8' },
    )
      .trim()
      .split('\n');
    const dist = ['extension', 'sandbox', 'worker', 'resultIndexWorker'];
    for (const needed of [...dist.map((name) => `dist/${name}.js`), 'LICENSE', notices]) {
      assert.ok(listed.includes(needed), `${needed} is missing`);
    }
    assert.deepEqual(
      listed.filter((path) => /\.(ts|tsx|map)$|^(src|test|node_modules)\//.test(path)),
      [],
    );
    assert.ok(listed.every((path) => existsSync(path)));
  });
});
