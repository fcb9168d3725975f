import { awsError, validationError } from '../awsError.js';
import type { BedrockCall } from '../bedrockCall.js';
import { pageOf } from '../http/paging.js';
import { randomText } from '../state/identity.js';
import type { Handlers, OutputOf } from '../wire/handler.js';
import { type Guardrail, type GuardrailVersion, versionOf } from './guardrail.js';
import { definitionOf } from './guardrailRequest.js';
import { guardrailArn } from './guardrailStore.js';

/** https://docs.aws.amazon.com/general/latest/gr/bedrock.html */
const maxVersions = 20;

/** A guardrail by id or ARN; throws AWS's ResourceNotFoundException. */
export function requireGuardrail({ guardrails }: BedrockCall, identifier: string): Guardrail {
  const found = guardrails.find(identifier);
  if (found !== undefined) return found;
  throw notFound(`The guardrail ${identifier} does not exist.`);
}

/** A version of a guardrail, `DRAFT` or a number; throws AWS's ResourceNotFoundException. */
export function requireVersion(guardrail: Guardrail, version: string): GuardrailVersion {
  const found = versionOf(guardrail, version);
  if (found !== undefined) return found;
  throw notFound(`Version ${version} of the guardrail ${guardrail.guardrailId} does not exist.`);
}

function notFound(message: string) {
  return awsError('ResourceNotFoundException', message);
}

function checkName({ guardrails }: BedrockCall, name: string, own?: Guardrail): void {
  const taken = guardrails.all().some((at) => at !== own && at.versions[0]?.name === name);
  if (!taken) return;
  throw awsError('ConflictException', `Another guardrail has the name ${name}. Use another name.`);
}

export const guardrailHandlers = {
  async CreateGuardrail(input, call) {
    const { guardrails, region, identity } = call;
    const definition = definitionOf(input);
    const token = input.clientRequestToken;
    let made =
      token === undefined
        ? undefined
        : guardrails.all().find((at) => at.clientRequestToken === token);
    if (made === undefined) {
      checkName(call, definition.name);
      const guardrailId = randomText(12, 'abcdefghijklmnopqrstuvwxyz0123456789');
      const now = new Date().toISOString();
      made = {
        guardrailId,
        guardrailArn: guardrailArn(`${region}:${identity.accountId}`, guardrailId),
        ...(token === undefined ? {} : { clientRequestToken: token }),
        versions: [
          { version: 'DRAFT', status: 'READY', createdAt: now, updatedAt: now, ...definition },
        ],
      };
      await guardrails.save(made);
    }
    const { version, createdAt } = requireVersion(made, 'DRAFT');
    return { ...idsOf(made), version, createdAt: new Date(createdAt) };
  },

  async UpdateGuardrail(input, call) {
    const guardrail = requireGuardrail(call, input.guardrailIdentifier);
    const definition = definitionOf(input);
    checkName(call, definition.name, guardrail);
    const { version, status, createdAt } = requireVersion(guardrail, 'DRAFT');
    const updatedAt = new Date();
    const times = { createdAt, updatedAt: updatedAt.toISOString() };
    const draft = { version, status, ...times, ...definition };
    await call.guardrails.save({ ...guardrail, versions: [draft, ...guardrail.versions.slice(1)] });
    return { ...idsOf(guardrail), version, updatedAt };
  },

  async CreateGuardrailVersion({ guardrailIdentifier, description }, call) {
    const guardrail = requireGuardrail(call, guardrailIdentifier);
    const draft = requireVersion(guardrail, 'DRAFT');
    if (guardrail.versions.length > maxVersions) {
      const text = `The guardrail has the most versions it can have, ${maxVersions}. Delete one first.`;
      throw awsError('ServiceQuotaExceededException', text);
    }
    const last = Math.max(0, ...guardrail.versions.slice(1).map((at) => Number(at.version)));
    const version = String(last + 1);
    const now = new Date().toISOString();
    const made = {
      ...draft,
      version,
      createdAt: now,
      updatedAt: now,
      ...(description === undefined ? {} : { description }),
    };
    await call.guardrails.save({ ...guardrail, versions: [...guardrail.versions, made] });
    return { guardrailId: guardrail.guardrailId, version };
  },

  GetGuardrail({ guardrailIdentifier, guardrailVersion = 'DRAFT' }, call) {
    const guardrail = requireGuardrail(call, guardrailIdentifier);
    const { createdAt, updatedAt, ...version } = requireVersion(guardrail, guardrailVersion);
    return {
      ...idsOf(guardrail),
      // The record keeps the policies as Create gave them and Get shows them.
      ...(version as Omit<OutputOf<'bedrock', 'GetGuardrail'>, 'guardrailId' | 'guardrailArn'>),
      createdAt: new Date(createdAt),
      updatedAt: new Date(updatedAt),
    };
  },

  ListGuardrails({ guardrailIdentifier, ...paging }, call) {
    const found =
      guardrailIdentifier === undefined
        ? call.guardrails.all().map((at) => summary(at, requireVersion(at, 'DRAFT')))
        : versionSummaries(requireGuardrail(call, guardrailIdentifier));
    const { page, ...next } = pageOf(paging, found);
    return { guardrails: page, ...next };
  },

  async DeleteGuardrail({ guardrailIdentifier, guardrailVersion }, call) {
    const guardrail = requireGuardrail(call, guardrailIdentifier);
    if (guardrailVersion === undefined) await call.guardrails.remove(guardrail.guardrailId);
    else {
      if (guardrailVersion === 'DRAFT') {
        throw validationError('The draft cannot be deleted on its own.');
      }
      requireVersion(guardrail, guardrailVersion);
      const versions = guardrail.versions.filter((at) => at.version !== guardrailVersion);
      await call.guardrails.save({ ...guardrail, versions });
    }
    return {};
  },
} satisfies Handlers<'bedrock'>;

function idsOf({ guardrailId, guardrailArn: arn }: Guardrail) {
  return { guardrailId, guardrailArn: arn };
}

function versionSummaries(guardrail: Guardrail) {
  return guardrail.versions.map((version) => summary(guardrail, version));
}

function summary({ guardrailId: id, guardrailArn: arn }: Guardrail, at: GuardrailVersion) {
  const { status, name, description, version } = at;
  const times = { createdAt: new Date(at.createdAt), updatedAt: new Date(at.updatedAt) };
  return { id, arn, status, name, description, version, ...times };
}
