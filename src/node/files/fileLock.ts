import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod/mini';
import { processExists } from '../processExists.js';
import { hasCode } from './fileErrors.js';

/** A lock held by this process; released by `release`, or by others once its process is gone. */
export interface FileLock {
  release(): Promise<void>;
}

const heartbeatMs = 5_000;
/** Without a heartbeat for this long the holder counts as gone (sleep of a laptop included). */
const staleAfterMs = 30_000;

/** A file without a readable holder is one that is being written, for this long. */
const unwrittenMs = 2_000;

const holderSchema = z.object({ pid: z.number(), host: z.string(), token: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** Takes the lock at `path`, or returns undefined while a living process has it. */
export async function acquireLock(path: string): Promise<FileLock | undefined> {
  const own: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(path, own)) return held(path, own);
    const holder = await readHolder(path);
    if (await isAlive(path, holder)) return undefined;
    await steal(path, holder);
  }
  return undefined;
}

/** Process id of whoever has the lock at `path`, on this machine or another. */
export async function lockHolder(path: string): Promise<number | undefined> {
  return (await readHolder(path))?.pid;
}

async function create(path: string, own: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function held(path: string, own: Holder): FileLock {
  const beat = setInterval(() => {
    const now = new Date();
    // A lock that was taken away (the process slept too long) must not be refreshed or removed.
    void utimes(path, now, now).catch(() => {
      clearInterval(beat);
    });
  }, heartbeatMs);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      const holder = await readHolder(path);
      if (holder?.token === own.token) await rm(path, { force: true });
    },
  };
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const parsed = z.safeParse(holderSchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Gone or half written: the caller decides by age.
    return undefined;
  }
}

async function isAlive(path: string, holder: Holder | undefined): Promise<boolean> {
  if (holder?.host === hostname() && !processExists(holder.pid)) return false;
  try {
    const age = Date.now() - (await stat(path)).mtimeMs;
    return age < (holder ? staleAfterMs : unwrittenMs);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Moves a dead holder's file aside; a live lock that slipped in between is moved back. */
async function steal(path: string, dead: Holder | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved && moved.token !== dead?.token) await rename(aside, path);
  else await rm(aside, { force: true });
}
