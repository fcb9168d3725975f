import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import { Emitter, type Disposable } from '../../core/lifecycle.js';
import type { Logger } from '../../core/log.js';
import { attachSandbox, shareSandbox, unshareSandbox } from './sandboxAccess.js';
import {
  startSandboxProcess,
  type SandboxInfo,
  type SandboxOptions,
  type SandboxProcess,
} from './sandboxProcess.js';

/**
 * The sandbox of this window: started on demand, once, and ended with the window; or the one that
 * another window of this person runs already, because two must not share the data.
 */
export class SandboxService implements Disposable {
  private readonly changes = new Emitter<SandboxInfo | undefined>();
  /** Tells the sandbox's access when it starts, undefined when it ends. */
  readonly onDidChange = this.changes.event;
  private starting: Promise<SandboxProcess> | undefined;
  private running: SandboxProcess | undefined;
  private isStopped = false;

  constructor(
    private readonly defaults: () => SandboxOptions,
    private readonly log: Logger,
  ) {}

  get dataDir(): string {
    return this.defaults().dataDir;
  }

  /** The sandbox for a call: started on demand, but not against the person who stopped it. */
  access(): Promise<SandboxInfo> {
    if (!this.isStopped) return this.start();
    return Promise.reject(
      new AppError('network', l10n.t('The sandbox is stopped. Start it to go on.'), {
        action: 'startSandbox',
      }),
    );
  }

  /** The running sandbox, started where it does not run. Options count for a start only. */
  async start(options: Partial<SandboxOptions> = {}): Promise<SandboxInfo> {
    this.isStopped = false;
    this.starting ??= this.launch({ ...this.defaults(), ...options });
    return (await this.starting).info;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    const starting = this.starting;
    if (!starting) return;
    await (await starting).stop();
    this.forget();
  }

  dispose(): void {
    void this.running?.stop();
    this.changes.dispose();
  }

  private async launch(options: SandboxOptions): Promise<SandboxProcess> {
    try {
      const sandbox = (await attachSandbox(options.dataDir)) ?? (await this.startOwn(options));
      this.running = sandbox;
      void sandbox.ended.then(() => {
        this.forget();
        this.log.info('sandbox ended');
      });
      this.changes.fire(sandbox.info);
      return sandbox;
    } catch (error) {
      this.starting = undefined;
      throw error;
    }
  }

  private async startOwn(options: SandboxOptions): Promise<SandboxProcess> {
    const sandbox = await startSandboxProcess(options, this.log);
    await shareSandbox(options.dataDir, sandbox.info);
    void sandbox.ended.then(() => unshareSandbox(options.dataDir));
    return sandbox;
  }

  private forget(): void {
    if (!this.starting) return;
    this.starting = undefined;
    this.running = undefined;
    this.changes.fire(undefined);
  }
}
