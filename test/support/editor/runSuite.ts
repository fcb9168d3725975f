import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from './chromium.js';
import { runInCodeServer } from './codeServerSuite.js';
import { runInDesktop } from './desktopSuite.js';
import { installEditorHost } from './install.js';

/** A mocha suite that runs inside an extension host. */
export interface Suite {
  /** Absolute path of the extension under test. */
  readonly extensionPath: string;
  /** Absolute path of the bundled module that exports `run()`; it lies inside `extensionPath`. */
  readonly entry: string;
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What a suite came to. */
export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
}

/** Runs the suite in the editor this machine can have; prints which one that is. */
export async function runSuite(suite: Suite, report: Report): Promise<SuiteCounts> {
  const host = await installEditorHost(report);
  const scratch = await mkdtemp(join(tmpdir(), 'bedrock-suite-'));
  const countsFile = join(scratch, 'counts.json');
  const withCounts = { ...suite, env: { ...suite.env, TEST_COUNTS_FILE: countsFile } };
  try {
    if (host.kind === 'desktop') await runInDesktop(host, withCounts, scratch, report);
    else await runInCodeServer(host, withCounts, report);
    return await readCounts(countsFile);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function readCounts(file: string): Promise<SuiteCounts> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error('The suite ended before it ran its tests; its output above says why.', {
      cause: error,
    });
  });
  return JSON.parse(text) as SuiteCounts;
}
