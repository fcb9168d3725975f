import * as l10n from '@vscode/l10n';
import { connectionKey, type Connection } from '../core/connection.js';
import { AppError } from '../core/errors.js';
import { Emitter, type Disposable } from '../core/lifecycle.js';
import type { Logger } from '../core/log.js';
import type { BatchOverrides } from '../core/models/batchSupport.js';
import type { Aws } from './aws.js';
import type { AwsKeys } from './credentials.js';

/** What the running sandbox tells those who want to talk to it. */
export interface SandboxAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly keys: AwsKeys;
}

export interface SessionPorts {
  readonly mfaCode: (serial: string) => Promise<string>;
  readonly apiKey: () => Promise<string>;
  /** Starts the sandbox where it does not run. */
  readonly sandbox: () => Promise<SandboxAccess>;
  readonly caBundle: (connection: Connection) => Promise<string | undefined>;
  /** What the settings say about models and batch. */
  readonly batchOverrides?: () => BatchOverrides;
  readonly log: Logger;
  /** Of the extension. */
  readonly version?: string;
}

/**
 * The connection in use and the open clients, one set a connection. The SDK is loaded with the first
 * use: this file must import nothing of it at run time.
 */
export class Session implements Disposable {
  private readonly open = new Map<string, Promise<Aws>>();
  private readonly changes = new Emitter<Connection | undefined>();
  readonly onDidChange = this.changes.event;
  private connection: Connection | undefined;
  /** A remembered connection that is being worked out; `aws` waits for it. */
  restoring: Promise<void> | undefined;

  constructor(private readonly ports: SessionPorts) {}

  get current(): Connection | undefined {
    return this.connection;
  }

  /** Makes this the connection in use. Nothing is contacted. */
  use(connection: Connection | undefined): void {
    this.connection = connection;
    this.changes.fire(connection);
  }

  /** The connection in use, once a remembered one is worked out; undefined where there is none. */
  async settled(): Promise<Connection | undefined> {
    if (!this.connection) await this.restoring;
    return this.connection;
  }

  /** As `settled`. @throws AppError `credentials` where none is chosen, with Choose Connection. */
  async require(): Promise<Connection> {
    const connection = await this.settled();
    if (connection) return connection;
    throw new AppError(
      'credentials',
      l10n.t('No connection is chosen. Choose an AWS profile or the sandbox.'),
      { action: 'pickConnection' },
    );
  }

  /** The clients of the connection in use; rejects with `credentials` where none is chosen. */
  async aws(): Promise<Aws> {
    return this.awsFor(await this.require());
  }

  /** The clients of any connection; they are made once and kept until `reset`. */
  awsFor(connection: Connection): Promise<Aws> {
    const key = connectionKey(connection);
    let opened = this.open.get(key);
    if (!opened) {
      opened = this.connect(connection);
      this.open.set(key, opened);
      // A failed opening (sandbox did not start, bad certificate file) must be tried anew.
      opened.catch(() => this.open.delete(key));
    }
    return opened;
  }

  /**
   * Drops all clients and credentials: after a sign-in, an edited profile, a restarted sandbox. Calls that
   * are under way end as they would have.
   */
  reset(): void {
    this.letGo((aws) => {
      aws.retire();
    });
  }

  dispose(): void {
    this.letGo((aws) => {
      aws.dispose();
    });
    this.changes.dispose();
  }

  private letGo(end: (aws: Aws) => void): void {
    const all = [...this.open.values()];
    this.open.clear();
    for (const opened of all) opened.then(end, () => undefined);
  }

  private async connect(connection: Connection): Promise<Aws> {
    const [{ createAws }, caBundle] = await Promise.all([
      import('./aws.js'),
      this.ports.caBundle(connection),
    ]);
    const effective =
      connection.kind === 'sandbox'
        ? { ...connection, endpoints: { all: (await this.ports.sandbox()).endpoint } }
        : connection;
    return createAws(effective, {
      mfaCode: this.ports.mfaCode,
      apiKey: this.ports.apiKey,
      sandboxKeys: async () => (await this.ports.sandbox()).keys,
      log: this.ports.log,
      version: this.ports.version,
      batchOverrides: this.ports.batchOverrides,
      ...(caBundle ? { caBundle } : {}),
    });
  }
}
