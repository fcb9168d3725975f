import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** User settings under which nothing pops up over what a test looks at or asks the network. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'explorer.compactFolders': false,
  'window.confirmBeforeClose': 'never',
  'window.dialogStyle': 'custom',
};

/**
 * Writes the settings, the quiet ones first, for an editor with that `--user-data-dir`. A server reads
 * settings of the scopes `machine` and `machine-overridable` from its `Machine` folder alone.
 */
export async function writeUserSettings(
  userDataFolder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const text = JSON.stringify({ ...quietSettings, ...settings }, null, 2);
  for (const scope of ['User', 'Machine']) {
    await mkdir(join(userDataFolder, scope), { recursive: true });
    await writeFile(join(userDataFolder, scope, 'settings.json'), text);
  }
}
