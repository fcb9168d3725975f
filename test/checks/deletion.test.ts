import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import ts from 'typescript';
import { filesBelow, readText } from '../support/repository.js';

const entry = 'src/extension.ts';
const features = readdirSync('src/features');
const sources = filesBelow('src', '.ts', '.tsx');

/** The files of ours that a file imports, of whatever form the import is. */
function importsOf(path: string): string[] {
  const specifiers = readText(path).matchAll(/(?:from|import|import\()\s*'(\.[^']*)\.js'/g);
  return [...specifiers].map(([, specifier = '']) => join(dirname(path), specifier));
}

const imports = new Map(sources.map((path) => [path, importsOf(path)]));
const isOf = (feature: string, path: string) => path.startsWith(`src/features/${feature}/`);
const pageOf = (path: string) => /^src\/webviews\/(\w+)\/\w/.exec(path)?.[1];

/** The pages that show a feature: they go with it. */
function pagesOf(feature: string): Set<string> {
  const importers = sources.filter((path) =>
    imports.get(path)?.some((target) => isOf(feature, target)),
  );
  return new Set(importers.flatMap((path) => pageOf(path) ?? []));
}

/** What is left of the sources without those features and their pages. */
function without(gone: readonly string[]): string[] {
  const pages = new Set(gone.flatMap((feature) => [...pagesOf(feature)]));
  return sources.filter(
    (path) => !gone.some((feature) => isOf(feature, path)) && !pages.has(pageOf(path) ?? ''),
  );
}

/** The entry without the lines of those features. */
function entryWithout(gone: readonly string[]): string {
  const names = gone.map((feature) => `register${feature[0]?.toUpperCase()}${feature.slice(1)}`);
  const lines = readText(entry).split('\n');
  const left = lines.filter(
    (line) => !names.some((name) => new RegExp(`\\b${name}\\b`).test(line)),
  );
  assert.equal(
    lines.length - left.length,
    2 * gone.length,
    'an import and a line of the list each',
  );
  return left.join('\n');
}

const parsed = new Map<string, ts.SourceFile | undefined>();

/** A program over those that are left, the entry as given; what is not among them is not there. */
function compile(
  config: string,
  left: readonly string[],
  ownEntry: string,
  roots: readonly string[] = left,
): ts.Program {
  const { config: json } = ts.readConfigFile(config, readText) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(
    { ...json, files: [], include: undefined },
    ts.sys,
    dirname(resolve(config)),
  );
  const host = ts.createCompilerHost(options);
  const there = new Set(left.map((path) => resolve(path)));
  const isOurs = (path: string) =>
    path.startsWith(`${resolve('src')}${sep}`) && /\.tsx?$/.test(path);
  const isHidden = (path: string) => isOurs(path) && !there.has(path);
  return ts.createProgram(roots, options, {
    ...host,
    fileExists: (path) => !isHidden(resolve(path)) && host.fileExists(path),
    getSourceFile: (path, version) => {
      if (resolve(path) === resolve(entry)) return ts.createSourceFile(path, ownEntry, version);
      const key = `${config}:${path}`;
      if (!parsed.has(key)) parsed.set(key, host.getSourceFile(path, version));
      return parsed.get(key);
    },
  });
}

const texts = (found: readonly ts.Diagnostic[]) =>
  found.map(
    ({ file, messageText }) =>
      `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );

describe('deleting a feature', function () {
  this.timeout(60_000);

  for (const feature of features) {
    it(`${feature}, with its page and its lines in the entry, breaks no import`, () => {
      const broken = without([feature])
        .filter((path) => path !== entry)
        .flatMap((path) =>
          (imports.get(path) ?? [])
            .filter((target) => isOf(feature, target))
            .map((target) => `${path} ← ${target}`),
        );
      assert.deepEqual(broken, []);
      // Types come by imports alone: of what still resolves all, only the entry can be in doubt.
      const program = compile('tsconfig.json', without([feature]), entryWithout([feature]), [
        entry,
      ]);
      const own = program.getSourceFile(entry);
      assert.ok(own);
      assert.deepEqual(texts(program.getSemanticDiagnostics(own)), []);
    });
  }

  it('even all but the last, leaves what compiles', () => {
    const gone = features.slice(0, -1);
    const left = without(gone);
    assert.ok(left.length > 200, `only ${left.length} files are left`);
    const isPage = (path: string) => path.startsWith('src/webviews/');
    for (const [config, roots] of [
      ['tsconfig.json', left.filter((path) => !isPage(path))],
      ['src/webviews/tsconfig.json', left.filter(isPage)],
    ] as const) {
      const program = compile(config, left, entryWithout(gone), roots);
      assert.deepEqual(texts(ts.getPreEmitDiagnostics(program)), []);
    }
  });

  it('notices an import that would break', () => {
    const program = compile('tsconfig.json', without(['jobs']), readText(entry), [entry]);
    const own = program.getSourceFile(entry);
    assert.match(texts(program.getSemanticDiagnostics(own)).join('\n'), /Cannot find module/);
  });
});
