import * as vscode from 'vscode';
import { formatDay } from '../../../core/format.js';
import { AppError, isAppError } from '../../../core/errors.js';
import type { GuardrailsApi, GuardrailSummary } from '../../../core/guardrails/guardrail.js';
import { type Choice, pick } from '../../../platform/quickInput.js';
import type { GuardrailPick } from '../contract.js';

/**
 * Asks for a guardrail and then for its version; undefined where the person wants none. Throws
 * `notFound` where there is none to choose, and says how to go on where none may be listed.
 */
export async function pickGuardrail(
  api: GuardrailsApi,
  current: GuardrailPick,
): Promise<GuardrailPick | undefined> {
  const found = await listed(() => api.list());
  if (found.length === 0) {
    throw new AppError(
      'notFound',
      vscode.l10n.t(
        'There is no guardrail in this Region. Create one in the AWS console, or enter an ARN in the field.',
      ),
    );
  }
  const active = found.find(({ id, arn }) => id === current.id || arn === current.id);
  const none: Choice<GuardrailSummary | undefined> = {
    label: vscode.l10n.t('No guardrail'),
    value: undefined,
  };
  const chosen = await pick<GuardrailSummary | undefined>({
    title: vscode.l10n.t('Choose a Guardrail'),
    placeholder: vscode.l10n.t('Search by name, id or description'),
    items: [...(current.id === '' ? [] : [none]), ...found.map(guardrailItem)],
    isCurrent: (guardrail) => guardrail !== undefined && guardrail === active,
  });
  if (!chosen) return undefined;
  const isSame = chosen === active;
  const version = await pickVersion(api, chosen, isSame ? current.version : '');
  return { id: chosen.id, name: chosen.name, version };
}

async function pickVersion(
  api: GuardrailsApi,
  { id, name }: GuardrailSummary,
  current: string,
): Promise<string> {
  const versions = await listed(() => api.versions(id));
  const [only] = versions;
  if (!only || versions.length === 1) return only?.version ?? 'DRAFT';
  return pick({
    title: vscode.l10n.t('Version of {0}', name),
    placeholder: vscode.l10n.t('A numbered version never changes'),
    items: versions.map(versionItem),
    isCurrent: (version) => version === current,
  });
}

function guardrailItem(guardrail: GuardrailSummary): Choice<GuardrailSummary> {
  const { id, name, status, description } = guardrail;
  const state = status === 'READY' ? [] : [status];
  return {
    label: name,
    description: [id, ...state].join(' · '),
    ...(description !== undefined && { detail: description }),
    value: guardrail,
  };
}

function versionItem({ version, updated, description }: GuardrailSummary): Choice<string> {
  const isDraft = version === 'DRAFT';
  const day = updated && formatDay(updated);
  return {
    label: isDraft ? vscode.l10n.t('Working draft') : vscode.l10n.t('Version {0}', version),
    description: [isDraft ? 'DRAFT' : '', day ?? ''].filter((part) => part !== '').join(' · '),
    ...(description !== undefined && { detail: description }),
    value: version,
  };
}

/** The list, or its error with the way that needs no right to list. */
async function listed<T>(list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (error) {
    if (!isAppError(error) || error.kind !== 'accessDenied') throw error;
    const hint = vscode.l10n.t('You can enter the id or ARN and the version in the fields.');
    throw new AppError('accessDenied', `${error.message} ${hint}`, { cause: error });
  }
}
