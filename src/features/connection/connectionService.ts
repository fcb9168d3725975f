import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Profile } from '../../core/connection.js';
import { toAppError } from '../../core/errors.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { connectionChoice } from '../../platform/commandTable.js';
import { Remembered } from '../../platform/memento.js';
import type { Services } from '../../services.js';
import {
  resolveConnection,
  type ConnectionChoice,
  type ConnectionSources,
} from './resolveConnection.js';

type Needs = Pick<Services, 'context' | 'config' | 'log' | 'session'>;

/** Remembers the choice of this workspace, and keeps the session's connection true to it. */
export class ConnectionService implements Disposable {
  private readonly store = new DisposableStore();
  private readonly ofWorkspace: Remembered<ConnectionChoice>;
  private readonly lastUsed: Remembered<ConnectionChoice>;

  constructor(private readonly services: Needs) {
    const { context, config } = services;
    const parse = (value: unknown) => {
      const parsed = z.safeParse(connectionChoice, value);
      return parsed.success ? parsed.data : undefined;
    };
    this.ofWorkspace = new Remembered(context.workspaceState, 'bedrock.connection', parse);
    this.lastUsed = new Remembered(context.globalState, 'bedrock.connection', parse);
    const keys = [
      'bedrock.profile',
      'bedrock.region',
      'bedrock.endpoint',
      'bedrock.endpoints',
    ] as const;
    this.store.add(
      config.onDidChange([...keys, 'bedrock.caBundle'], () => {
        this.reload();
      }),
    );
  }

  /** The choice in force: this workspace's, then the settings', then the last one anywhere. */
  get choice(): ConnectionChoice | undefined {
    const chosen = this.ofWorkspace.get();
    if (chosen) return chosen;
    const profile = this.services.config.get('bedrock.profile');
    if (profile) return { profile };
    return this.lastUsed.get();
  }

  /** Works the remembered choice out in the background; the session waits for it. */
  restore(): void {
    const { choice } = this;
    if (choice?.sandbox) {
      this.services.session.use({ kind: 'sandbox', region: 'us-east-1', endpoints: {} });
    } else if (choice) {
      this.services.session.restoring = this.apply(choice).catch((error: unknown) => {
        const failure = toAppError(error);
        this.services.log.warn('the remembered connection cannot be used', { error: failure });
      });
    }
  }

  /** Makes a choice the one in force and remembers it. */
  async choose(choice: ConnectionChoice): Promise<void> {
    await this.apply(choice);
    await this.ofWorkspace.set(choice);
    await this.lastUsed.set(choice);
  }

  async sources(): Promise<ConnectionSources & { readonly profiles: readonly Profile[] }> {
    const { loadProfiles, environmentEndpoints } = await import('../../aws/profiles.js');
    const { config } = this.services;
    const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
    return {
      profiles: await loadProfiles(),
      environment: {
        endpoints: environmentEndpoints(process.env),
        ...(region === undefined ? {} : { region }),
      },
      settings: {
        region: config.get('bedrock.region'),
        endpoint: config.get('bedrock.endpoint'),
        endpoints: config.get('bedrock.endpoints'),
      },
    };
  }

  /** Picks up edits of the AWS files from now on; called with the first use of a profile. */
  private watchProfiles(files: readonly string[]): void {
    if (this.isWatching) return;
    this.isWatching = true;
    const reload = () => {
      this.reload();
    };
    for (const file of files) {
      const uri = vscode.Uri.file(file);
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
      const watcher = this.store.add(vscode.workspace.createFileSystemWatcher(pattern));
      this.store.add(watcher.onDidChange(reload));
      this.store.add(watcher.onDidCreate(reload));
      this.store.add(watcher.onDidDelete(reload));
    }
  }
  private isWatching = false;

  dispose(): void {
    this.store.dispose();
  }

  private reload(): void {
    this.services.session.reset();
    this.restore();
  }

  private async apply(choice: ConnectionChoice): Promise<void> {
    const connection = resolveConnection(choice, await this.sources());
    this.services.session.use(connection);
    if (connection.kind !== 'profile') return;
    const { profileFiles } = await import('../../aws/sharedConfig.js');
    this.watchProfiles(profileFiles(process.env));
  }
}
