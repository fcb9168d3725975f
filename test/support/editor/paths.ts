import { join } from 'node:path';

/** The root of the repository. */
export const repositoryRoot = join(import.meta.dirname, '..', '..', '..');

/** Editors installed for the tests; not in the repository, safe to delete. */
export const cacheFolder = join(repositoryRoot, '.vscode-test');

/** Where failed tests leave logs and screenshots. */
export const testOutput = join(repositoryRoot, 'test-out');
