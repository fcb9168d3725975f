import * as vscode from 'vscode';
import { Session } from './aws/session.js';

import { AppError } from './core/errors.js';
import { JobTracker } from './core/jobs/tracker.js';
import type { DisposableStore } from './core/lifecycle.js';
import { onDispose, type Disposable } from './core/lifecycle.js';
import { Ledger } from './io/ledger.js';
import { SandboxService } from './io/sandbox/sandboxService.js';
import { Config } from './platform/config.js';
import { createErrorReporter, type ErrorReporter } from './platform/notify.js';
import { createOutputLog, type OutputLog } from './platform/outputLog.js';
import { ReadOnlyDocuments } from './platform/readOnlyDocuments.js';
import { Datasets } from './resources/datasets/datasets.js';
import { ModelPreferences } from './resources/models/modelPreferences.js';
import { ModelsStore } from './resources/models/modelsStore.js';

/** What features are given; each takes the part it needs with `Pick`. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: OutputLog;
  readonly config: Config;
  readonly report: ErrorReporter;
  readonly session: Session;
  readonly sandbox: SandboxService;
  readonly ledger: Ledger;
  readonly tracker: JobTracker;
  readonly models: ModelsStore;
  readonly modelPreferences: ModelPreferences;
  readonly datasets: Datasets;
  /** Texts to read: records as they are sent and as they came. */
  readonly documents: ReadOnlyDocuments;
  /** A file of the built extension, by its name below `dist`. */
  readonly distFile: (name: string) => string;
}

const apiKeySecret = 'bedrock.apiKey';

/** Builds the services. Nothing is read, started or contacted here. */
export function createServices(context: vscode.ExtensionContext, store: DisposableStore): Services {
  const log = store.add(createOutputLog('Bedrock Workbench'));
  const config = new Config(log);
  const report = createErrorReporter(log);
  const distFile = (name: string) => vscode.Uri.joinPath(context.extensionUri, 'dist', name).fsPath;
  const storage = (name: string) => vscode.Uri.joinPath(context.globalStorageUri, name).fsPath;
  const sandbox = store.add(
    new SandboxService(
      () => ({
        program: distFile('sandbox.js'),
        dataDir: storage('sandbox'),
        port: config.get('bedrock.sandbox.port'),
        speed: config.get('bedrock.sandbox.speed'),
      }),
      log,
    ),
  );
  const session = store.add(createSession(context, { config, log, sandbox }));
  // The sandbox's port and keys change with each start.
  store.add(
    sandbox.onDidChange(() => {
      session.reset();
    }),
  );
  const ledger = store.add(new Ledger(storage('runs'), log));
  const tracker = store.add(
    new JobTracker({
      jobsApi: async (connection) => (await session.awsFor(connection)).jobs,
      log,
      now: Date.now,
      random: Math.random,
      schedule,
    }),
  );
  const models = store.add(
    new ModelsStore({
      session,
      memento: context.globalState,
      overrides: () => config.get('bedrock.models.batch'),
    }),
  );
  const modelPreferences = store.add(new ModelPreferences(context.globalState));
  const datasets = store.add(new Datasets(distFile('worker.js'), config));
  const documents = store.add(new ReadOnlyDocuments('bedrock-record'));
  return {
    ...{ context, log, config, report, session, sandbox, ledger, tracker, models, datasets },
    ...{ modelPreferences, documents, distFile },
  };
}

function createSession(
  context: vscode.ExtensionContext,
  services: Pick<Services, 'config' | 'log' | 'sandbox'>,
): Session {
  const { config, log, sandbox } = services;
  return new Session({
    mfaCode: async (serial) => {
      const code = await vscode.window.showInputBox({
        title: vscode.l10n.t('MFA Code'),
        prompt: vscode.l10n.t('The code that {0} shows now.', serial),
        ignoreFocusOut: true,
        validateInput: (value) =>
          /^\d{6}$/.test(value.trim()) ? undefined : vscode.l10n.t('A code has six digits.'),
      });
      if (code === undefined) throw new AppError('cancelled', 'Cancelled.');
      return code.trim();
    },
    apiKey: async () => {
      const key = await context.secrets.get(apiKeySecret);
      if (key) return key;
      throw new AppError(
        'credentials',
        vscode.l10n.t('No Bedrock API key is stored. Set one, or choose another connection.'),
        { action: 'setApiKey' },
      );
    },
    sandbox: async () => {
      const { endpoint, region, accessKeyId, secretAccessKey } = await sandbox.access();
      return { endpoint, region, keys: { accessKeyId, secretAccessKey } };
    },
    caBundle: async (connection) => {
      const own = config.get('bedrock.caBundle') || process.env['AWS_CA_BUNDLE'];
      if (own || connection.kind !== 'profile') return own;
      const { loadProfiles } = await import('./aws/profiles.js');
      const profiles = await loadProfiles();
      return profiles.find((profile) => profile.name === connection.profile)?.caBundle;
    },
    batchOverrides: () => config.get('bedrock.models.batch'),
    log,
    version: String((context.extension.packageJSON as { version: unknown }).version),
  });
}

function schedule(milliseconds: number, action: () => void): Disposable {
  const timer = setTimeout(action, milliseconds);
  return onDispose(() => {
    clearTimeout(timer);
  });
}

/** True where a Bedrock API key is stored. */
export async function hasApiKey(context: vscode.ExtensionContext): Promise<boolean> {
  return Boolean(await context.secrets.get(apiKeySecret));
}

/** Stores or forgets the Bedrock API key. */
export async function setApiKey(context: vscode.ExtensionContext, key: string | undefined) {
  if (key === undefined) await context.secrets.delete(apiKeySecret);
  else await context.secrets.store(apiKeySecret, key);
}
