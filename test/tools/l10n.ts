/** Writes the strings that translators get: `npm run l10n`. */
import { writeFile } from 'node:fs/promises';
import { getL10nJson } from '@vscode/l10n-dev';
import { filesBelow, readText } from '../support/repository.js';

export const bundlePath = 'media/l10n/bundle.l10n.json';

/** Every string the code passes to `l10n.t`, sorted. */
export async function collectStrings(): Promise<Record<string, unknown>> {
  const files = filesBelow('src', '.ts', '.tsx').map((path) => ({
    contents: readText(path),
    extension: path.slice(path.lastIndexOf('.')),
  }));
  const strings = await getL10nJson(files);
  return Object.fromEntries(Object.entries(strings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv[1]?.endsWith('l10n.ts')) {
  await writeFile(bundlePath, `${JSON.stringify(await collectStrings(), undefined, 2)}\n`);
}
