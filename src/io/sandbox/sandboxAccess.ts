import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import { delay } from '../../core/async.js';
import { atomicWrite } from '../../node/files/atomicWrite.js';
import { sandboxInfoSchema, type SandboxInfo, type SandboxProcess } from './sandboxProcess.js';

/** How often a window looks whether the sandbox of another window still runs, milliseconds. */
const lookEveryMs = 1_000;

const fileOf = (dataDir: string) => `${dataDir}.access.json`;

/**
 * Tells other windows of this person how to reach the sandbox that this process has started. The file
 * holds keys that are worth nothing beyond this sandbox; only the person may read it.
 */
export async function shareSandbox(dataDir: string, info: SandboxInfo): Promise<void> {
  await atomicWrite(fileOf(dataDir), JSON.stringify(info));
}

export async function unshareSandbox(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}

/** The sandbox that another window runs on the same data, or undefined. Stopping it only lets go. */
export async function attachSandbox(dataDir: string): Promise<SandboxProcess | undefined> {
  const info = await readShared(dataDir);
  if (!info || !(await answers(info))) return undefined;
  const controller = new AbortController();
  return {
    info,
    ended: untilSilent(info, controller.signal),
    stop: () => {
      controller.abort();
      return Promise.resolve();
    },
  };
}

async function untilSilent(info: SandboxInfo, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await answers(info))) {
    await delay(lookEveryMs, signal).catch(() => undefined);
  }
}

async function readShared(dataDir: string) {
  try {
    const parsed = z.safeParse(
      sandboxInfoSchema,
      JSON.parse(await readFile(fileOf(dataDir), 'utf8')),
    );
    return parsed.success ? parsed.data : undefined;
  } catch {
    // No file, or one that is being replaced: nobody shares a sandbox.
    return undefined;
  }
}

async function answers(info: SandboxInfo): Promise<boolean> {
  try {
    const response = await fetch(`${info.endpoint}/_sandbox/faults`, {
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok;
  } catch {
    // Refused or silent: it has ended.
    return false;
  }
}
