import { l10n } from 'vscode';
import { isOfConnection, type ErrorAction, type Failure } from '../core/errors.js';
import { plainMarkdown } from '../core/markdown.js';
import type { CommandId } from './commands.js';
import { actionLabels } from './recover.js';
import { contextWords, type TreeItemData } from './tree.js';

export interface FailedRow {
  readonly id: string;
  readonly failure: Failure;
  /** What could not be listed, where the view lists several things. */
  readonly what?: string;
  /** The command that lists again. */
  readonly retry: CommandId;
}

const leadsOn: Readonly<Partial<Record<ErrorAction, CommandId>>> = {
  signIn: 'bedrock.connection.signIn',
  pickConnection: 'bedrock.connection.select',
  setApiKey: 'bedrock.connection.setApiKey',
  startSandbox: 'bedrock.sandbox.start',
};

/** Why, in as few words as a narrow side bar shows. */
function cause({ kind }: Failure): string {
  switch (kind) {
    case 'credentials':
      return l10n.t('No valid credentials');
    case 'accessDenied':
      return l10n.t('Not allowed');
    case 'network':
      return l10n.t('No connection');
    case 'timeout':
      return l10n.t('No answer');
    case 'throttled':
      return l10n.t('Too many requests');
    default:
      return l10n.t('Not listed');
  }
}

/**
 * A row of a tree for what could not be listed: the cause, and AWS's words after it. Enter does what leads on; Retry, Sign In and Choose Connection are buttons of the row
 * (`view/item/context` on `failure.`).
 */
export function failureRow({ id, failure, what, retry }: FailedRow): TreeItemData {
  const { message, action } = failure;
  const command = (action && leadsOn[action]) ?? retry;
  const title = command === retry || !action ? l10n.t('Retry') : actionLabels()[action];
  const isOfAll = what === undefined || isOfConnection(failure);
  const label = isOfAll ? cause(failure) : l10n.t('{0}: {1}', cause(failure), what);
  return {
    id,
    label,
    description: message,
    tooltip: plainMarkdown(message),
    icon: 'warning',
    iconColor: 'list.warningForeground',
    contextValue: contextWords('failure', [
      action === 'signIn' ? 'signIn' : '',
      isOfConnection(failure) ? 'connection' : '',
    ]),
    command: { id: command, title, args: [] },
    accessibilityLabel: `${label}. ${message} ${l10n.t('Press Enter: {0}.', title)}`,
  };
}
