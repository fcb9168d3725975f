import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { delay } from '../../../src/core/async.js';

/** Options of {@link runCommand}. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command is killed. */
  readonly timeout?: number;
}

/** Runs a command to its end; throws with the end of its output when it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    timeout: options.timeout ?? 600_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    const tail = output.trimEnd().split('\n').slice(-20).join('\n');
    throw new Error(`"${[command, ...args].join(' ')}" ended with ${code ?? 'a signal'}:\n${tail}`);
  }
  return output;
}

/**
 * Kills the child and everything it started (it must have been spawned with `detached: true`), and
 * resolves once they are gone, so that nothing writes to their folders any more.
 */
export async function killGroup(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else {
      child.once('exit', () => {
        resolve();
      });
    }
  });
  signalGroup(child, 'SIGKILL');
  await ended;
  for (let waited = 0; waited < 2_000 && groupLives(child); waited += 20) await delay(20);
}

/** True where somebody of the group still runs; zombies, where nobody reaps orphans, write nothing. */
function groupLives(child: ChildProcess): boolean {
  if (!signalGroup(child, 0)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isOf(child.pid, name));
}

/** True where that process is of the group and no zombie. */
function isOf(group: number | undefined, pid: string): boolean {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, , groupOf] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(groupOf) === group && state !== 'Z';
  } catch {
    return false; // It ended just now.
  }
}

/** Sends the signal; false where nobody is left to get it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * Kills the group when this process ends by itself, by Ctrl+C or by SIGTERM, and then cleans up
 * (synchronously, for nothing else runs any more); returns the undo.
 */
export function killWithUs(child: ChildProcess, cleanUp: () => void): () => void {
  const onExit = () => {
    signalGroup(child, 'SIGKILL');
    cleanUp();
  };
  const onSignal = () => process.exit(130);
  process.once('exit', onExit);
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  return () => {
    process.off('exit', onExit);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}
