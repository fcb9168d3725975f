import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolatedEnvironment } from './environment.js';
import type { CodeServerHost } from './install.js';
import { killGroup, killWithUs, runCommand } from './processes.js';
import { writeUserSettings } from './userSettings.js';

/** What a server is started with. */
export interface CodeServerOptions {
  readonly host: CodeServerHost;
  /** Absolute path of the folder that the editor opens. */
  readonly workspace: string;
  /** Absolute path of an extension to run from its sources. */
  readonly extensionPath?: string;
  /** Absolute path of a .vsix to install: the way people get the extension. */
  readonly vsix?: string;
  /** More environment for the extension host, such as `AWS_CONFIG_FILE`. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings besides the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** A running VS Code server; everything it knows lives in one temporary folder. */
export interface CodeServer {
  readonly origin: string;
  /** Its temporary folder: `home`, `user`, `server` and `extensions`. */
  readonly folder: string;
  /** Address of the workbench; `extensionTestsPath` also runs that suite in the extension host. */
  workbenchUrl(extensionTestsPath?: string): string;
  /** Copies the logs, the extension host's among them, to a folder for a person to read. */
  keepLogs(target: string): Promise<void>;
  close(): Promise<void>;
}

const startDeadline = 60_000;

/** Starts the server on a free loopback port with fresh folders; resolves when it answers. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bedrock-editor-'));
  try {
    return await startIn(folder, options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, options: CodeServerOptions): Promise<CodeServer> {
  const { host } = options;
  const home = join(folder, 'home');
  await mkdir(home);
  await writeUserSettings(join(folder, 'user'), options.settings);
  const env = isolatedEnvironment(home, options.env);
  const folders = [
    ...['--user-data-dir', join(folder, 'user')],
    ...['--server-data-dir', join(folder, 'server')],
    ...['--extensions-dir', join(folder, 'extensions')],
  ];
  if (options.vsix) {
    const install = [host.serverMain, ...folders, '--install-extension', options.vsix, '--force'];
    await runCommand(host.node, install, { env, timeout: 120_000 });
  }
  const child = spawn(
    host.node,
    [host.serverMain, '--host', '127.0.0.1', '--port', '0', ...folders, ...serverFlags],
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const forget = killWithUs(child);
  let origin: string;
  try {
    origin = await listening(child);
  } catch (error) {
    await killGroup(child);
    forget();
    throw error;
  }
  return {
    origin,
    folder,
    workbenchUrl: (tests) => workbenchUrl(origin, options, tests),
    keepLogs: (target) => keepLogs(folder, target),
    async close() {
      await killGroup(child);
      forget();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const serverFlags = [
  '--without-connection-token',
  '--accept-server-license-terms',
  // A built VS Code ignores the payload in the address without this one.
  '--enable-smoke-test-driver',
  '--disable-telemetry',
  '--disable-workspace-trust',
];

/** The address the server says it listens on; throws with its output when it ends before that. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ${what}. Its output:\n${output.slice(-4000)}`));
    };
    const timer = setTimeout(() => {
      fail('did not start in time');
    }, startDeadline);
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      fail(`could not be started: ${error.message}`);
    });
    child.once('exit', (code) => {
      fail(`ended with ${code ?? 'a signal'}`);
    });
  });
}

function workbenchUrl(origin: string, options: CodeServerOptions, tests?: string): string {
  const { host } = new URL(origin);
  const remote = (path: string) => `vscode-remote://${host}${path}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  if (options.extensionPath) {
    payload.push(['extensionDevelopmentPath', remote(options.extensionPath)]);
  }
  if (tests) payload.push(['extensionTestsPath', remote(tests)], ['enableProposedApi', '']);
  const url = new URL(origin);
  url.searchParams.set('folder', options.workspace);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

async function keepLogs(folder: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const logs of [join(folder, 'user', 'logs'), join(folder, 'server', 'data', 'logs')]) {
    await cp(logs, target, { recursive: true, force: true }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  }
}
