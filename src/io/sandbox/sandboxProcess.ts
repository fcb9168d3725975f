import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import type { Logger } from '../../core/log.js';

/** The line a started sandbox prints. */
export const sandboxInfoSchema = z.object({
  endpoint: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  bucket: z.string(),
  roleArn: z.string(),
});

/** What a caller needs to talk to the running sandbox. */
export type SandboxInfo = z.infer<typeof sandboxInfoSchema>;

export interface SandboxOptions {
  /** Path of the built command line, `dist/sandbox.js`. */
  readonly program: string;
  readonly dataDir: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly speed: number;
}

export interface SandboxProcess {
  readonly info: SandboxInfo;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 20_000;
const stopLimitMs = 3_000;

/**
 * Starts the sandbox in a process of its own, so that its work never blocks the extension host, and
 * waits for the line that tells its endpoint. It ends with this process.
 */
export async function startSandboxProcess(
  options: SandboxOptions,
  log: Logger,
): Promise<SandboxProcess> {
  const { program, dataDir, port, speed } = options;
  const args = ['--port', port, '--data', dataDir, '--speed', speed, '--exit-with-parent'];
  const child = spawn(process.execPath, [program, ...args.map(String)], {
    // In Electron the executable is the editor itself; this makes it Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.debug('sandbox', { line });
    errors.push(line);
    if (errors.length > 20) errors.shift();
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const info = await firstLine(child, errors);
  log.info('sandbox started', { endpoint: info.endpoint, dataDir });
  return { info, ended, stop: () => stop(child, ended) };
}

function firstLine(child: ChildProcess, errors: readonly string[]): Promise<SandboxInfo> {
  return new Promise((resolve, reject) => {
    const fail = (message: string, cause?: unknown) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      const said = errors.at(-1);
      const text = said === undefined ? message : didNotStart(said);
      reject(new AppError('internal', text, { cause, action: 'showLog' }));
    };
    const timer = setTimeout(() => {
      fail(l10n.t('The sandbox did not start: it gave no sign within 20 seconds. See the log.'));
    }, startLimitMs);
    child.once('error', (error) => {
      fail(didNotStart(error.message), error);
    });
    child.once('exit', (code) => {
      fail(l10n.t('The sandbox did not start: it ended with code {0}. See the log.', String(code)));
    });
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      try {
        resolve(z.parse(sandboxInfoSchema, JSON.parse(line)));
      } catch (error) {
        fail(
          l10n.t(
            'The sandbox did not start: its first line is not what was expected. See the log.',
          ),
          error,
        );
      }
    });
  });
}

function didNotStart(why: string): string {
  return l10n.t('The sandbox did not start: {0}. See the log.', why);
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await ended;
  clearTimeout(timer);
}
