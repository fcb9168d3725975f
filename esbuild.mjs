// Builds everything that ships, and with --tests the suite that runs inside the editor.
//   node esbuild.mjs [--production] [--watch] [--tests]
import { build, context } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { dirname, join, relative } from 'node:path';
import { bundledPackages, noticesOf } from './test/tools/thirdPartyNotices.mjs';

const flags = new Set(process.argv.slice(2));
const isProduction = flags.has('--production');

/** CommonJS packages inside an ES module bundle still call `require` for Node's own modules. */
const requireShim =
  "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

const shared = {
  bundle: true,
  minify: isProduction,
  sourcemap: isProduction ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** Extension, sandbox command line and dataset worker: ES modules that share lazy chunks. */
const host = {
  ...shared,
  entryPoints: {
    extension: 'src/extension.ts',
    sandbox: 'src/sandbox/main.ts',
    worker: 'src/io/dataset/check/worker.ts',
    resultIndexWorker: 'src/io/results/worker.ts',
  },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  mainFields: ['module', 'main'],
  // Naming any condition drops `module`, and packages then give their CommonJS form, whose lazy
  // imports have no named exports.
  conditions: ['module', 'import'],
  banner: { js: requireShim },
};

const pages = readdirSync('src/webviews', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`src/webviews/${entry.name}/main.tsx`))
  .map((entry) => entry.name);

/** One script and one style sheet a webview page. */
const webviews = {
  ...shared,
  entryPoints: Object.fromEntries(pages.map((page) => [page, `src/webviews/${page}/main.tsx`])),
  outdir: 'dist/webviews',
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
};

/** The suite that runs inside the editor: an ES module as the extension is, packages left outside. */
const tests = {
  ...shared,
  minify: false,
  entryPoints: ['test/workbench/index.ts', 'test/workbench/**/*.test.ts'],
  outbase: 'test',
  outdir: 'dist/test',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  packages: 'external',
  external: ['vscode'],
};

const ships = [host, ...(pages.length > 0 ? [webviews] : [])];

/** Files that are copied as they are. */
const codicons = await Promise.all(
  ['codicon.css', 'codicon.ttf'].map(async (name) => ({
    path: `dist/webviews/${name}`,
    contents: await readFile(`node_modules/@vscode/codicons/dist/${name}`),
  })),
);

if (flags.has('--watch')) {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist/webviews', { recursive: true });
  for (const { path, contents } of codicons) await writeFile(path, contents);
  for (const job of ships) await (await context({ ...job, logLevel: 'info' })).watch();
} else {
  const results = await Promise.all(ships.map((job) => build({ ...job, write: false })));
  const meta = {
    inputs: Object.assign({}, ...results.map((result) => result.metafile.inputs)),
    outputs: Object.assign({}, ...results.map((result) => result.metafile.outputs)),
  };
  await update('dist', [
    ...results.flatMap((result) => result.outputFiles),
    ...codicons,
    { path: 'dist/meta.json', contents: Buffer.from(JSON.stringify(meta)) },
  ]);
  await put('ThirdPartyNotices.txt', Buffer.from(noticesOf(bundledPackages(meta))));
  if (flags.has('--tests')) {
    await update('dist/test', (await build({ ...tests, write: false })).outputFiles);
  }
}

/**
 * Makes a folder hold those files and no others, writing only what differs: who uses an up-to-date
 * build does not notice another. `dist/test` is left to `--tests`.
 */
async function update(folder, files) {
  const wanted = new Set(files.map(({ path }) => relative('.', path)));
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative('.', join(entry.parentPath, entry.name));
    const isTests = folder === 'dist' && path.startsWith(join('dist', 'test'));
    if (entry.isFile() && !isTests && !wanted.has(path)) await rm(path, { force: true });
  }
  for (const { path, contents } of files) await put(path, contents);
}

/** Writes a file that differs. */
async function put(path, contents) {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
