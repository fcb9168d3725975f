// Builds everything that ships, and with --tests the suite that runs inside the editor.
//   node esbuild.mjs [--production] [--watch] [--tests]
import { build, context } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
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

if (!flags.has('--watch')) await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });

const jobs = [
  host,
  ...(pages.length > 0 ? [webviews] : []),
  ...(flags.has('--tests') ? [tests] : []),
];
if (flags.has('--watch')) {
  for (const job of jobs) await (await context({ ...job, logLevel: 'info' })).watch();
} else {
  const results = await Promise.all(jobs.map((job) => build(job)));
  const merged = (key) => Object.assign({}, ...results.map(({ metafile }) => metafile[key]));
  const shipped = results
    .slice(0, pages.length > 0 ? 2 : 1)
    .map(({ metafile }) => metafile.outputs);
  await writeFile(
    'dist/meta.json',
    JSON.stringify({ inputs: merged('inputs'), outputs: merged('outputs') }),
  );
  const packages = bundledPackages({ outputs: Object.assign({}, ...shipped) });
  await writeFile('ThirdPartyNotices.txt', noticesOf(packages));
}

await mkdir('dist/webviews', { recursive: true });
for (const file of ['codicon.css', 'codicon.ttf']) {
  await cp(`node_modules/@vscode/codicons/dist/${file}`, `dist/webviews/${file}`);
}
