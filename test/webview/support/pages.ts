import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** Script and style sheet of a page, as esbuild.mjs makes them for release. */
export async function buildPage(name: string): Promise<{ js: string; css: string }> {
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
