import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';

const extensionId = 'bedrock-workbench.bedrock-workbench';

describe('the extension in an editor', () => {
  it('is found by the editor', () => {
    assert.ok(vscode.extensions.getExtension(extensionId), `${extensionId} is not installed`);
  });

  it('activates without an error', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('opens one workspace folder', () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  it('registers every command that its manifest declares', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    const declared = declaredCommands(extension?.packageJSON);
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = declared.filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it('sees nothing of the AWS account of the person who runs the tests', () => {
    const seen = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
    assert.deepEqual(seen.sort(), [
      'AWS_CONFIG_FILE',
      'AWS_EC2_METADATA_DISABLED',
      'AWS_SHARED_CREDENTIALS_FILE',
    ]);
    assert.ok(!existsSync(process.env['AWS_CONFIG_FILE'] ?? ''), 'there is an AWS config file');
  });
});

function declaredCommands(manifest: unknown): string[] {
  const { contributes } = manifest as { contributes?: { commands?: { command: string }[] } };
  return (contributes?.commands ?? []).map((entry) => entry.command);
}
