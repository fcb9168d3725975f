import { existsSync } from 'node:fs';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import type { Report } from './chromium.js';
import type { DesktopHost } from './install.js';
import { cacheFolder } from './paths.js';

const updateServer = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * A desktop VS Code: `VSCODE_EXECUTABLE`, or a downloaded one. Downloading is tried where
 * `VSCODE_VERSION` or `CI_ELECTRON=1` asks for it and, except on Linux, by default. Undefined where
 * there is none to be had; throws where one was asked for and cannot be had.
 */
export async function installDesktop(report: Report): Promise<DesktopHost | undefined> {
  const executable = process.env['VSCODE_EXECUTABLE'];
  if (executable) {
    needDisplay();
    if (existsSync(executable)) return { kind: 'desktop', executable, version: 'as installed' };
    throw new Error(`VSCODE_EXECUTABLE is "${executable}", but there is no such file.`);
  }
  const version = process.env['VSCODE_VERSION'];
  const asked = version !== undefined || process.env['CI_ELECTRON'] === '1';
  if (!asked && process.platform === 'linux') return undefined;
  needDisplay();
  if (!(await canDownload())) {
    if (asked) throw new Error(`VS Code cannot be downloaded: ${updateServer} does not answer.`);
    report('VS Code cannot be downloaded from here; using code-server instead.');
    return undefined;
  }
  report(`Downloading VS Code ${version ?? 'stable'} ...`);
  const downloaded = await downloadAndUnzipVSCode({
    version: version ?? 'stable',
    cachePath: cacheFolder,
    timeout: 30_000,
  });
  return { kind: 'desktop', executable: downloaded, version: version ?? 'stable' };
}

/** Asks the update server for a sign of life; a closed network must not hold anybody up. */
async function canDownload(): Promise<boolean> {
  try {
    const response = await fetch(updateServer, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function needDisplay(): void {
  if (process.platform !== 'linux') return;
  if (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) return;
  throw new Error('Desktop VS Code needs a display: put "xvfb-run -a" before the command.');
}
