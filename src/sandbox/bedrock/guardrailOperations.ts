import { awsError, validationError } from '../awsError.js';
import {
  type Guardrail,
  type GuardrailVersion,
  type GuardSource,
  versionOf,
} from '../guardrails/guardrail.js';
import {
  assess,
  type GuardedText,
  maskText,
  readGuardedText,
  reasonOf,
} from '../guardrails/assess.js';
import { readGuardrail } from '../guardrails/guardrailRequest.js';
import { guardrailArn } from '../guardrails/guardrailStore.js';
import { isObject } from '../http/body.js';
import { ConstraintCheck } from '../http/constraints.js';
import { pageOf } from '../http/paging.js';
import { jsonReply } from '../http/replies.js';
import { objectMember, textMember } from '../runtime/bodyCheck.js';
import { randomText } from '../state/identity.js';
import type { BedrockCall, BedrockOperation } from './call.js';

/** https://docs.aws.amazon.com/general/latest/gr/bedrock.html */
const maxVersions = 20;

function requireGuardrail(call: BedrockCall, identifier = call.labels[0] ?? ''): Guardrail {
  const found = call.guardrails.find(identifier);
  if (found !== undefined) return found;
  throw notFound(`The guardrail ${identifier} does not exist.`);
}

function requireVersion(guardrail: Guardrail, version: string): GuardrailVersion {
  const found = versionOf(guardrail, version);
  if (found !== undefined) return found;
  throw notFound(`Version ${version} of the guardrail ${guardrail.guardrailId} does not exist.`);
}

function notFound(message: string) {
  return awsError('ResourceNotFoundException', message);
}

function checkName(call: BedrockCall, name: string, own?: Guardrail): void {
  const taken = call.guardrails.all().some((at) => at !== own && at.versions[0]?.name === name);
  if (!taken) return;
  throw awsError('ConflictException', `Another guardrail has the name ${name}. Use another name.`);
}

export const createGuardrail: BedrockOperation = async (call) => {
  const { guardrails, body, region, identity } = call;
  const definition = readGuardrail(body);
  const token = textMember(body, 'clientRequestToken');
  let made =
    token === '' ? undefined : guardrails.all().find((at) => at.clientRequestToken === token);
  if (made === undefined) {
    checkName(call, definition.name);
    const guardrailId = randomText(12, 'abcdefghijklmnopqrstuvwxyz0123456789');
    const now = new Date().toISOString();
    made = {
      guardrailId,
      guardrailArn: guardrailArn(`${region}:${identity.accountId}`, guardrailId),
      ...(token === '' ? {} : { clientRequestToken: token }),
      versions: [
        { version: 'DRAFT', status: 'READY', createdAt: now, updatedAt: now, ...definition },
      ],
    };
    await guardrails.save(made);
  }
  const { guardrailId, guardrailArn: arn, versions } = made;
  const { version, createdAt } = versions[0] ?? {};
  return jsonReply({ guardrailId, guardrailArn: arn, version, createdAt }, 202);
};

export const updateGuardrail: BedrockOperation = async (call) => {
  const guardrail = requireGuardrail(call);
  const definition = readGuardrail(call.body);
  checkName(call, definition.name, guardrail);
  const { version, status, createdAt } = requireVersion(guardrail, 'DRAFT');
  const updatedAt = new Date().toISOString();
  const draft = { version, status, createdAt, updatedAt, ...definition };
  await call.guardrails.save({ ...guardrail, versions: [draft, ...guardrail.versions.slice(1)] });
  const { guardrailId, guardrailArn: arn } = guardrail;
  return jsonReply({ guardrailId, guardrailArn: arn, version, updatedAt }, 202);
};

export const createGuardrailVersion: BedrockOperation = async (call) => {
  const guardrail = requireGuardrail(call);
  const draft = requireVersion(guardrail, 'DRAFT');
  if (guardrail.versions.length > maxVersions) {
    const text = `The guardrail has the most versions it can have, ${maxVersions}. Delete one first.`;
    throw awsError('ServiceQuotaExceededException', text);
  }
  const check = new ConstraintCheck();
  check.text('description', call.body['description'], { min: 1, max: 200 });
  check.done();
  const last = Math.max(0, ...guardrail.versions.slice(1).map((at) => Number(at.version)));
  const version = String(last + 1);
  const now = new Date().toISOString();
  const description = textMember(call.body, 'description');
  const made = {
    ...draft,
    version,
    createdAt: now,
    updatedAt: now,
    ...(description === '' ? {} : { description }),
  };
  await call.guardrails.save({ ...guardrail, versions: [...guardrail.versions, made] });
  return jsonReply({ guardrailId: guardrail.guardrailId, version }, 202);
};

export const getGuardrail: BedrockOperation = (call) => {
  const { guardrailId, guardrailArn: arn, versions } = requireGuardrail(call);
  const asked = call.request.query.get('guardrailVersion') ?? 'DRAFT';
  const guardrail = { guardrailId, guardrailArn: arn, versions };
  return jsonReply({ guardrailId, guardrailArn: arn, ...requireVersion(guardrail, asked) });
};

export const listGuardrails: BedrockOperation = (call) => {
  const { query } = call.request;
  const one = query.get('guardrailIdentifier');
  const found =
    one === undefined
      ? call.guardrails
          .all()
          .map((guardrail) => summary(guardrail, requireVersion(guardrail, 'DRAFT')))
      : versionSummaries(requireGuardrail(call, one));
  const { page, ...next } = pageOf(query, found);
  return jsonReply({ guardrails: page, ...next });
};

function versionSummaries(guardrail: Guardrail) {
  return guardrail.versions.map((version) => summary(guardrail, version));
}

function summary({ guardrailId: id, guardrailArn: arn }: Guardrail, at: GuardrailVersion) {
  const { status, name, description, version, createdAt, updatedAt } = at;
  return { id, arn, status, name, description, version, createdAt, updatedAt };
}

export const deleteGuardrail: BedrockOperation = async (call) => {
  const guardrail = requireGuardrail(call);
  const version = call.request.query.get('guardrailVersion');
  if (version === undefined) await call.guardrails.remove(guardrail.guardrailId);
  else {
    if (version === 'DRAFT') throw validationError('The draft cannot be deleted on its own.');
    requireVersion(guardrail, version);
    const versions = guardrail.versions.filter((at) => at.version !== version);
    await call.guardrails.save({ ...guardrail, versions });
  }
  return jsonReply({}, 202);
};

export const applyGuardrail: BedrockOperation = (call) => {
  const [identifier = '', asked = ''] = call.labels;
  const guardrail = requireGuardrail(call, identifier);
  const version = requireVersion(guardrail, asked);
  const check = new ConstraintCheck();
  check.text('source', call.body['source'], { values: ['INPUT', 'OUTPUT'] }, true);
  check.text('outputScope', call.body['outputScope'], { values: ['INTERVENTIONS', 'FULL'] });
  if (!Array.isArray(call.body['content'])) check.add('null', 'content', 'Member must not be null');
  check.done();
  const source = call.body['source'] as GuardSource;
  const texts = guardedTexts(call.body['content']);
  const isFull = call.body['outputScope'] === 'FULL';
  const found = assess({ guardrail, version }, source, texts, isFull);
  const isActing = found.isBlocked || found.masks.length > 0;
  const blockedText =
    source === 'INPUT' ? version.blockedInputMessaging : version.blockedOutputsMessaging;
  const masked = texts.map(({ text }) => ({ text: maskText(text, found.masks) }));
  const { usage, guardrailCoverage } = objectMember(found.shown, 'invocationMetrics');
  return jsonReply({
    usage,
    action: isActing ? 'GUARDRAIL_INTERVENED' : 'NONE',
    actionReason: reasonOf(found),
    outputs: found.isBlocked ? [{ text: blockedText }] : isActing ? masked : [],
    assessments: [found.shown],
    guardrailCoverage,
  });
};

function guardedTexts(content: unknown): GuardedText[] {
  const blocks = Array.isArray(content) ? content.filter(isObject) : [];
  return blocks.flatMap((block) => readGuardedText(objectMember(block, 'text')));
}
