import { join } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import type { Report } from './chromium.js';
import { awsVariables, personalVariables } from './environment.js';
import type { DesktopHost } from './install.js';
import { testOutput } from './paths.js';
import type { Suite } from './runSuite.js';
import { writeUserSettings } from './userSettings.js';

/** Runs the suite in a desktop VS Code with fresh folders under `scratch`. */
export async function runInDesktop(
  host: DesktopHost,
  suite: Suite,
  scratch: string,
  report: Report,
): Promise<void> {
  report(`host: VS Code ${host.version} (${host.executable})`);
  // The paths stay short: macOS allows 103 characters for the socket that VS Code makes there.
  const userData = join(scratch, 'u');
  await writeUserSettings(userData, suite.settings);
  const unset = Object.fromEntries(personalVariables().map((name) => [name, undefined]));
  try {
    await runTests({
      vscodeExecutablePath: host.executable,
      extensionDevelopmentPath: suite.extensionPath,
      extensionTestsPath: suite.entry,
      extensionTestsEnv: { ...unset, ...awsVariables(join(scratch, 'home')), ...suite.env },
      launchArgs: [
        suite.workspace,
        ...['--user-data-dir', userData],
        ...['--extensions-dir', join(scratch, 'e')],
        ...['--logsPath', join(testOutput, 'workbench', 'logs')],
        '--disable-extensions',
        '--disable-workspace-trust',
        '--use-inmemory-secretstorage',
      ],
    });
  } catch (error) {
    // Failed tests are told by the counts; anything else is the editor's own failure.
    if (!(error instanceof TestRunFailedError)) throw error;
    report(`VS Code ended with ${error.code ?? error.signal ?? 'an error'}.`);
  }
}
