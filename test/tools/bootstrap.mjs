// Makes a clone with nothing installed ready to run. Plain JavaScript without packages, because it
// is what installs them.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const oldestNode = 20;

/** Installs the npm packages unless those of package-lock.json are there already. */
export async function bootstrap() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    console.error(`Node ${process.versions.node} is too old: install Node ${oldestNode} or newer.`);
    process.exit(1);
  }
  if (packagesAreInstalled()) return;
  console.log('Installing the npm packages (npm ci) ...');
  const { code } = await run('npm', ['ci']);
  if (code === 0) return;
  console.error('npm ci failed; its message above says why. Mend that and run this again.');
  process.exit(1);
}

/** True where node_modules holds what package-lock.json asks for. */
function packagesAreInstalled() {
  const wanted = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true;
  // A checkout makes the file newer without changing it.
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const want = Object.entries(JSON.parse(readFileSync(wanted, 'utf8')).packages);
  return want.every(
    ([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version,
  );
}

/**
 * Runs a command in the repository with our own input and output; resolves with its exit code, or
 * with `timedOut` when it was ended after `limitMinutes`. `isCaptured` gives what it wrote as `output`
 * instead.
 */
export function run(command, args, { env = {}, limitMinutes = 60, isCaptured = false } = {}) {
  const isWindows = process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: isCaptured ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      // npm is a .cmd there, which only a shell starts.
      shell: isWindows && command === 'npm',
      detached: !isWindows,
    });
    let output = '';
    const collect = (chunk) => (output += chunk);
    for (const stream of isCaptured ? [child.stdout, child.stderr] : []) {
      stream.setEncoding('utf8').on('data', collect);
    }
    const signal = (name) => {
      try {
        process.kill(isWindows ? child.pid : -child.pid, name);
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    };
    // It may have started an editor, which it can end only while it lives.
    const stop = () => {
      signal('SIGTERM');
      setTimeout(signal, 10_000, 'SIGKILL').unref();
    };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, limitMinutes * 60_000);
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    const end = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve({ code, timedOut, output });
    };
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      end(1);
    });
    child.once('close', (code) => end(code ?? 130));
  });
}
