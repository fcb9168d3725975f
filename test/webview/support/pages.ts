import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

interface BuiltPage {
  readonly js: string;
  readonly css: string;
}

const built = new Map<string, Promise<BuiltPage>>();

/** Script and style sheet of a page, as esbuild.mjs makes them for release; built once a process. */
export function buildPage(name: string): Promise<BuiltPage> {
  const known = built.get(name) ?? bundle(name);
  built.set(name, known);
  return known;
}

async function bundle(name: string): Promise<BuiltPage> {
  const { outputFiles } = await build({
    entryPoints: { [name]: `src/webviews/${name}/main.tsx` },
    outdir: 'dist/webviews',
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  const text = (ending: string) =>
    outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { js: text('.js'), css: text('.css') };
}

/** A file of the icon font's package. */
export function codicon(name: 'codicon.css' | 'codicon.ttf'): Promise<Buffer> {
  return readFile(`node_modules/@vscode/codicons/dist/${name}`);
}
