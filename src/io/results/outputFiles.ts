import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import { addManifests, type Manifest, parseManifest } from '../../core/results/manifest.js';

/** Output files of one or more jobs, and what their manifests say together. */
export interface ResultFiles {
  readonly folder: string;
  /** Sorted by path. */
  readonly outputs: readonly string[];
  readonly manifest: Manifest;
}

const manifestName = 'manifest.json.out';

/** True for a file that holds results: not the manifest, not what lies beside it. */
export function isResultFile(path: string): boolean {
  return path.endsWith('.out') && !isManifest(path);
}

/**
 * The output files of a folder with everything below it, however deep the keys of the inputs were, or
 * the one file given. Every `.out` counts but manifests: how Bedrock names outputs of nested inputs is
 * not documented.
 * Fails with `notFound` where there are none.
 */
export async function findResultFiles(path: string): Promise<ResultFiles> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) {
    const folder = dirname(path);
    return { folder, outputs: [path], manifest: await readManifests([join(folder, manifestName)]) };
  }
  const files = found ? await listFiles(path) : [];
  const outputs = files.filter(isResultFile).sort();
  if (outputs.length === 0) {
    throw new AppError(
      'notFound',
      l10n.t(
        'There are no results here. Choose a folder with .jsonl.out files, or download them first.',
      ),
      { details: { path } },
    );
  }
  return { folder: path, outputs, manifest: await readManifests(files.filter(isManifest)) };
}

/**
 * The dataset a run was made from, where it is there and as long as it was when it was checked; else
 * undefined: which records are missing is then unknown. A touched or copied file still counts, since
 * the join goes by record ids.
 */
export async function sameDataset(path: string, bytes: number): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.size === bytes ? path : undefined;
}

function isManifest(path: string): boolean {
  return path.endsWith(manifestName);
}

/** Links are neither files nor folders here, so that nothing is walked in circles. */
async function listFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) files.push(path);
    else if (entry.isDirectory()) files.push(...(await listFiles(path)));
  }
  return files;
}

async function readManifests(paths: readonly string[]): Promise<Manifest> {
  const manifests: Manifest[] = [];
  for (const path of paths) {
    // A job that failed before it ran has none; a manifest that cannot be read says nothing.
    const text = await readFile(path, 'utf8').catch(() => '');
    manifests.push(parseManifest(text));
  }
  return addManifests(manifests);
}
