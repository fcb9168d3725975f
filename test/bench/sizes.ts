import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow, readJson } from '../support/repository.js';
import { limitRow, type BenchRow } from './row.js';

const kilobyte = 1000;

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly bytes: number; readonly inputs: Readonly<Record<string, unknown>> }>
  >;
}

/** Sizes of what ships, after a production build: entry, AWS code, sandbox, pages and the package. */
export function sizeRows(): BenchRow[] {
  const pages = filesBelow('dist/webviews', '.js').map(
    (path) => gzipSync(readFileSync(path)).length,
  );
  return [
    limitRow('size of the entry', statSync('dist/extension.js').size / kilobyte, 400, 'kB'),
    limitRow('size of all AWS chunks', awsBytes() / kilobyte, 2000, 'kB'),
    limitRow('size of the sandbox', statSync('dist/sandbox.js').size / kilobyte, 800, 'kB'),
    limitRow('size of the largest page, gzip', Math.max(...pages) / kilobyte, 60, 'kB'),
    limitRow('size of the .vsix', vsixBytes() / kilobyte, 3000, 'kB'),
  ];
}

/** Bytes of the files that hold AWS code; the entry must hold none. */
export function awsBytes(): number {
  const { outputs } = readJson('dist/meta.json') as Metafile;
  const isAws = (input: string) => /node_modules\/@(aws-sdk|smithy|aws-crypto)\//.test(input);
  const withAws = Object.entries(outputs).filter(
    ([path, { inputs }]) =>
      /dist\/(chunks\/|extension)/.test(path) && Object.keys(inputs).some(isAws),
  );
  if (withAws.some(([path]) => path.endsWith('dist/extension.js'))) {
    throw new Error('the entry holds AWS code');
  }
  return withAws.reduce((sum, [, output]) => sum + output.bytes, 0);
}

/** Packages the extension into a folder that is removed again. */
export function vsixBytes(): number {
  const folder = mkdtempSync(join(tmpdir(), 'vsix-'));
  const file = join(folder, 'package.vsix');
  const vsce = 'node_modules/@vscode/vsce/vsce';
  try {
    execFileSync(
      process.execPath,
      [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--out', file],
      {
        stdio: 'pipe',
      },
    );
    return statSync(file).size;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
