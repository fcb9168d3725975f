import * as z from 'zod/mini';
import { AppError } from '../../core/errors.js';
import { baseModelId } from '../../core/models/families.js';
import type { Model, OwnModel } from '../../core/models/model.js';
import { l10n } from 'vscode';

const named = z.object({ modelId: z.string() });
const ownNode = z.object({ kind: z.literal('own'), own: z.object({ arn: z.string() }) });

/** The model ids, profile ids or ARNs that a command was given: texts, `{modelId}`, tree nodes, lists. */
export function parseReferences(args: readonly unknown[]): string[] {
  const [first, second] = args;
  // With several lines selected a tree gives the one clicked and the list of all.
  const given = Array.isArray(second) ? second : Array.isArray(first) ? first : [first];
  return given.filter((value) => value !== undefined).map(parseReference);
}

function parseReference(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  const byId = named.safeParse(value);
  if (byId.success) return byId.data.modelId;
  const own = ownNode.safeParse(value);
  if (own.success) return own.data.own.arn;
  throw new AppError('invalidInput', l10n.t('Name a model: an id, a profile id or an ARN.'));
}

/** A model by its id, its ARN, or the id or ARN of a profile that leads to it. */
export function findModel(models: readonly Model[], reference: string): Model | undefined {
  const exact = models.find(({ id, arn }) => id === reference || arn === reference);
  if (exact) return exact;
  const byProfile = models.find(({ profiles }) =>
    profiles.some(({ id, arn }) => id === reference || arn === reference),
  );
  return byProfile ?? models.find(({ id }) => id === baseModelId(reference));
}

/** Something of the account's own by its ARN. */
export function findOwn(own: readonly OwnModel[], reference: string): OwnModel | undefined {
  return own.find(({ arn }) => arn === reference);
}
