import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
  /** Absolute path of an extension's folder, to run it from where it is. */
  readonly extensionPath?: string;
  /** Absolute path of a suite in that folder, run in the extension host as soon as it is up. */
  readonly suite?: string;
  /** Absolute path of a .vsix to install: the way people get the extension. */
  readonly vsix?: string;
  /** More environment for the extension host, such as `AWS_CONFIG_FILE`. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings besides the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** The port to listen on; a free one by default. */
  readonly port?: number | undefined;
  /** A killed server to go on from: its folders, installed extension and address. */
  readonly after?: CodeServer | undefined;
}

/** A running VS Code server; everything it knows lives in one temporary folder. */
export interface CodeServer {
  /** Its temporary folder: `home`, `user`, `server` and `extensions`. */
  readonly folder: string;
  /** Address of the workbench, for any browser on this machine. */
  readonly url: string;
  /** Copies the logs, the extension host's among them, to a folder for a person to read. */
  keepLogs(target: string): Promise<void>;
  /** Kills the server and all it started, as a power cut does; its folder stays until `close`. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const startDeadline = 60_000;

/** Starts the server on a loopback port with fresh folders; resolves when it answers. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const folder = options.after?.folder ?? (await mkdtemp(join(tmpdir(), 'bedrock-editor-')));
  try {
    return await startIn(folder, options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, options: CodeServerOptions): Promise<CodeServer> {
  const { host, after } = options;
  const home = join(folder, 'home');
  await mkdir(home, { recursive: true });
  if (!after) await writeUserSettings(join(folder, 'user'), options.settings);
  const env = isolatedEnvironment(home, options.env);
  const folders = [
    ...['--user-data-dir', join(folder, 'user')],
    ...['--server-data-dir', join(folder, 'server')],
    ...['--extensions-dir', join(folder, 'extensions')],
  ];
  if (options.vsix && !after) {
    const install = [host.serverMain, ...folders, '--install-extension', options.vsix, '--force'];
    await runCommand(host.node, install, { env, timeout: 120_000 });
  } else if (options.extensionPath && !options.suite && !after) {
    await listExtension(join(folder, 'extensions'), options.extensionPath);
  }
  const child = spawn(
    host.node,
    [
      host.serverMain,
      ...folders,
      ...serverFlags,
      ...['--port', after ? new URL(after.url).port : String(options.port ?? 0)],
      ...(options.suite ? [suiteFlag] : []),
    ],
    { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const forget = killWithUs(child, () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  let origin: string;
  try {
    origin = await listening(child);
  } catch (error) {
    await killGroup(child);
    forget();
    throw error;
  }
  return {
    folder,
    url: workbenchUrl(origin, options),
    keepLogs: (target) => keepLogs(folder, target),
    async kill() {
      await killGroup(child);
      forget();
    },
    async close() {
      await killGroup(child);
      forget();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * A built VS Code reads the payload in the address only with this flag. It also suppresses
 * notifications, so an editor that is clicked through goes without.
 */
const suiteFlag = '--enable-smoke-test-driver';

const serverFlags = [
  ...['--host', '127.0.0.1'],
  '--without-connection-token',
  '--accept-server-license-terms',
  '--disable-telemetry',
  '--disable-workspace-trust',
];

/** Enters an extension in the list of installed ones as being where it is. */
async function listExtension(extensions: string, path: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as {
    publisher: string;
    name: string;
    version: string;
  };
  const entry = {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, path, scheme: 'file' },
  };
  await mkdir(extensions);
  await writeFile(join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

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

function workbenchUrl(origin: string, options: CodeServerOptions): string {
  const url = new URL(origin);
  url.searchParams.set('folder', options.workspace);
  if (options.suite && options.extensionPath) {
    const remote = (path: string) => `vscode-remote://${url.host}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(options.extensionPath)],
      ['extensionTestsPath', remote(options.suite)],
      ['enableProposedApi', ''],
      ['skipWelcome', 'true'],
    ];
    url.searchParams.set('payload', JSON.stringify(payload));
  }
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
