import * as vscode from 'vscode';
import { endpointFor, type CallerIdentity, connectionLabel } from '../../core/connection.js';
import { AppError, isAppError } from '../../core/errors.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { registerCommands, runForPerson } from '../../platform/commands.js';
import type { SelectedConnection } from '../../platform/commandTable.js';
import { askText } from '../../platform/quickInput.js';
import { hasApiKey, setApiKey, type Services } from '../../services.js';
import { chooseConnection, chooseRegion } from './chooseConnection.js';
import { ConnectionService } from './connectionService.js';
import { createConnectionStatusBar } from './connectionStatusBar.js';
import { signIn } from './signIn.js';

type Needs = Pick<
  Services,
  'context' | 'config' | 'log' | 'session' | 'report' | 'models' | 'tracker'
>;

/** Choosing, testing and signing in to a connection. */
export function registerConnection(services: Needs): Disposable {
  const { context, session, report } = services;
  const store = new DisposableStore();
  const connections = store.add(new ConnectionService(services));
  store.add(createConnectionStatusBar(services));
  store.add(
    registerCommands(
      {
        'bedrock.connection.select': async ([given], { isPerson }) => {
          const choice =
            given ??
            (await chooseConnection((await connections.sources()).profiles, session.current));
          if (choice.apiKey && isPerson) await ensureApiKey(context);
          await connections.choose(choice);
          try {
            return await describe(await identityIfAllowed(services), session);
          } catch (error) {
            if (!isPerson) throw error;
            // The choice stands: trying again, after a sign-in say, asks no second time which.
            report(error, { retry: () => void runForPerson('bedrock.connection.test') });
            return undefined;
          }
        },
        'bedrock.connection.selectRegion': async ([given]) => {
          if (session.current?.kind === 'sandbox') throw onlyOneRegion(session.current.region);
          const region = given ?? (await chooseRegion(session.current?.region));
          await connections.choose({ ...connections.choice, region });
        },
        'bedrock.connection.test': () => testConnection(services),
        'bedrock.connection.signIn': async () => {
          const done = await signIn(session.current, (await connections.sources()).profiles);
          session.reset();
          return done;
        },
        'bedrock.connection.setApiKey': async () => {
          await askApiKey(context);
          session.reset();
        },
        'bedrock.log.show': () => {
          services.log.show();
          return Promise.resolve();
        },
        'bedrock.connection.removeApiKey': async () => {
          await setApiKey(context, undefined);
          session.reset();
        },
      },
      report,
    ),
  );
  connections.restore();
  return store;
}

function onlyOneRegion(region: string): AppError {
  return new AppError(
    'unsupported',
    vscode.l10n.t(
      'The sandbox plays {0} only. Choose an AWS connection for another Region.',
      region,
    ),
    { action: 'pickConnection' },
  );
}

async function ensureApiKey(context: vscode.ExtensionContext): Promise<void> {
  if (!(await hasApiKey(context))) await askApiKey(context);
}

async function askApiKey(context: vscode.ExtensionContext): Promise<void> {
  const key = await askText({
    title: vscode.l10n.t('Bedrock API Key'),
    prompt: vscode.l10n.t('It is kept in the secret store of this machine.'),
    password: true,
    validate: (value) => (value.trim() === '' ? vscode.l10n.t('Enter the key.') : undefined),
  });
  await setApiKey(context, key.trim());
}

/**
 * Who the connection is, where that can be asked: a denied or unimplemented GetCallerIdentity and an
 * API key leave it unknown; missing or wrong credentials are an error, and so is an endpoint at which
 * nothing answers. STS alone may be out of reach: then Bedrock decides.
 */
async function identityIfAllowed(
  services: Pick<Services, 'session' | 'models' | 'log'>,
): Promise<CallerIdentity | undefined> {
  if (services.session.current?.kind === 'apiKey') return undefined;
  const aws = await services.session.aws();
  try {
    return await aws.identity();
  } catch (error) {
    if (isAboutCredentials(error)) throw error;
    services.log.warn('the caller identity is not known', { error });
    if (!isRefusal(error)) {
      const { models: reason } = (await services.models.refresh(aws.connection)).catalogue.errors;
      if (reason && !isRefusal(reason)) throw reason;
    }
    return undefined;
  }
}

/** No credentials, wrong ones, or a role that could not be assumed: nothing else will work either. */
function isAboutCredentials(error: unknown): boolean {
  if (!isAppError(error)) return false;
  if (['credentials', 'cancelled'].includes(error.kind)) return true;
  return error.details['action'] === 'sts:AssumeRole';
}

/** An answer, though not the one asked for: somebody is there and knows the keys. */
function isRefusal(error: unknown): boolean {
  return isAppError(error) && ['accessDenied', 'unsupported'].includes(error.kind);
}

async function describe(
  identity: CallerIdentity | undefined,
  session: Services['session'],
): Promise<SelectedConnection> {
  const connection = await session.require();
  const endpoint = endpointFor(connection, 'bedrock');
  return {
    region: connection.region,
    sandbox: connection.kind === 'sandbox',
    ...(connection.kind === 'profile' ? { profile: connection.profile } : {}),
    ...(identity ? { accountId: identity.accountId, arn: identity.arn } : {}),
    ...(endpoint ? { endpoint } : {}),
  };
}

/** Asks STS and Bedrock, and tells account, ARN and Region. */
async function testConnection(services: Needs): Promise<SelectedConnection> {
  const { session } = services;
  const aws = await session.aws();
  const identity = session.current?.kind === 'apiKey' ? undefined : await aws.identity();
  const { models, errors } = (await services.models.refresh(aws.connection)).catalogue;
  if (errors.models) throw errors.models;
  const label = connectionLabel(aws.connection);
  void vscode.window.showInformationMessage(
    identity
      ? vscode.l10n.t(
          'Connected: {0}. Account {1}, {2}, {3} models.',
          label,
          identity.accountId,
          identity.arn,
          models.length,
        )
      : vscode.l10n.t(
          'Connected: {0}, {1} models. A Bedrock API key has no AWS identity: batch jobs need a profile.',
          label,
          models.length,
        ),
  );
  return describe(identity, session);
}
