import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';
import { openWorkbench, type Workbench } from './workbench.js';

/** A window whose AWS profiles lead to a sandbox that the test itself holds. */
export interface ProfileWindow {
  readonly workbench: Workbench;
  readonly at: TestSandbox;
  readonly workspace: string;
  readonly configFile: string;
  /** A folder at the head of PATH, for programs of the test. */
  readonly bin: string;
  close(): Promise<void>;
}

export interface ProfileWindowOptions {
  /** The config file's text. */
  readonly config: (at: TestSandbox) => string;
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly pictures?: string;
  readonly speed?: number;
}

/** Opens it on a workspace of those files. */
export async function openProfileWindow(options: ProfileWindowOptions): Promise<ProfileWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'bedrock-profiles-'));
  const workspace = await mkdtemp(join(tmpdir(), 'bedrock-e2e-'));
  const at = await startTestSandbox(options.speed === undefined ? {} : { speed: options.speed });
  const close = async () => {
    await at.close();
    await rm(folder, { recursive: true, force: true });
    await rm(workspace, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const configFile = join(folder, 'config');
    await writeFile(configFile, options.config(at));
    for (const [name, text] of Object.entries(options.files)) {
      await writeFile(join(workspace, name), text);
    }
    const workbench = await openWorkbench({
      workspace,
      env: {
        AWS_CONFIG_FILE: configFile,
        // Says that PATH is as it should be: otherwise the server takes that of a login shell.
        VSCODE_CLI: '1',
        PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
      },
      ...(options.settings ? { settings: options.settings } : {}),
    });
    return {
      workbench,
      at,
      workspace,
      configFile,
      bin: folder,
      close: async () => {
        await workbench.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A section of the config file with the sandbox's own keys and endpoint. */
export function keysProfile(name: string, at: TestSandbox): string {
  const { accessKeyId, secretAccessKey, endpoint } = at.sandbox;
  return `[profile ${name}]
region = us-east-1
endpoint_url = ${endpoint}
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
`;
}

/** Puts a shell script on the window's PATH. */
export async function writeProgram(bin: string, name: string, script: string): Promise<string> {
  const path = join(bin, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
