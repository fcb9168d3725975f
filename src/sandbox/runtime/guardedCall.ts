import { validationError } from '../awsError.js';
import { type AppliedGuardrail, type GuardedText, readGuardedText } from '../guardrails/assess.js';
import { versionOf } from '../guardrails/guardrail.js';
import { isObject } from '../http/body.js';
import { type Json, objectMember, textMember } from './bodyCheck.js';
import type { ChatRequest, Responder } from './chat.js';
import { blockText, guardContent } from './converseShape.js';
import { guardResponder } from './guard.js';
import type { BedrockCall } from '../bedrockCall.js';
import type { InputOf } from '../wire/handler.js';

/** The responder of a Converse call, behind the guardrail it names. */
export function converseResponder(
  { guardrailConfig }: InputOf<'bedrock-runtime', 'Converse' | 'ConverseStream'>,
  call: BedrockCall,
): Responder {
  const applied = requestedGuardrail(
    call,
    guardrailConfig?.guardrailIdentifier,
    guardrailConfig?.guardrailVersion,
  );
  if (applied === undefined) return call.respond;
  const texts = converseTexts(call.json);
  const mode = objectMember(call.json, 'guardrailConfig')['streamProcessingMode'];
  return guardResponder(call.respond, {
    applied,
    trace: traceOf(guardrailConfig?.trace),
    isAsync: mode === 'async',
    textsOf: () => texts,
  });
}

/** The responder of an InvokeModel call behind its guardrail, and the body without what is meant for that. */
export function nativeGuard(
  input: Pick<
    InputOf<'bedrock-runtime', 'InvokeModel'>,
    'guardrailIdentifier' | 'guardrailVersion' | 'trace'
  >,
  sent: Json,
  call: BedrockCall,
): { body: Json; respond: Responder } {
  const { 'amazon-bedrock-guardrailConfig': given, ...body } = sent;
  const applied = requestedGuardrail(call, input.guardrailIdentifier, input.guardrailVersion);
  if (applied === undefined) {
    if (given === undefined) return { body, respond: call.respond };
    throw validationError(
      'You must provide a guardrail identifier when you specify amazon-bedrock-guardrailConfig.',
    );
  }
  const config = isObject(given) ? given : {};
  const suffix = textMember(config, 'tagSuffix');
  const respond = guardResponder(
    (request, signal) => call.respond(untagged(request, suffix), signal),
    {
      applied,
      trace: traceOf(input.trace?.toLowerCase()),
      isAsync: config['streamProcessingMode'] === 'ASYNCHRONOUS',
      textsOf: (request) => nativeTexts(request, suffix),
    },
  );
  return { body, respond };
}

function traceOf(text = '') {
  return text === 'enabled' || text === 'enabled_full' ? text : 'disabled';
}

function requestedGuardrail(
  { guardrails }: BedrockCall,
  identifier = '',
  version = '',
): AppliedGuardrail | undefined {
  if (identifier === '' && version === '') return undefined;
  if (identifier === '' || version === '') {
    throw validationError(
      'The guardrail identifier and the guardrail version must be provided together.',
    );
  }
  const guardrail = guardrails.find(identifier);
  const found = guardrail && versionOf(guardrail, version);
  if (guardrail === undefined || found === undefined) {
    throw validationError(
      'The guardrail identifier or version provided in the request does not exist.',
    );
  }
  return { guardrail, version: found };
}

/**
 * What a guardrail looks at: the guard content of the messages where there is any, otherwise all their
 * texts; of the system prompt its guard content only.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
 */
function converseTexts({ messages, system }: Json): GuardedText[] {
  const blocksOf = (list: unknown) => (Array.isArray(list) ? list.filter(isObject) : []);
  const blocks = blocksOf(messages).flatMap(({ content }) => blocksOf(content));
  const guarded = blocks.flatMap((block) => readGuardedText(guardContent(block)));
  const all = blocks.flatMap(blockText).map((text) => ({ text }));
  const wrapped = blocksOf(system).flatMap((block) => readGuardedText(guardContent(block)));
  return [...wrapped, ...(guarded.length > 0 ? guarded : all)];
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tagging.html */
const tagName = 'amazon-bedrock-guardrails-guardContent_';

function tagged(suffix: string): RegExp {
  const name = tagName + suffix.replaceAll(/[^A-Za-z0-9]/g, '');
  return new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g');
}

function nativeTexts({ system, turns }: ChatRequest, suffix: string): GuardedText[] {
  const all = [system, ...turns.map(({ text }) => text)].filter((text) => text !== '');
  const inside =
    suffix === ''
      ? []
      : all.flatMap((text) => [...text.matchAll(tagged(suffix))].map(([, part = '']) => part));
  return (inside.length > 0 ? inside : all).map((text) => ({ text }));
}

function untagged(request: ChatRequest, suffix: string): ChatRequest {
  if (suffix === '') return request;
  const plain = (text: string) => text.replaceAll(tagged(suffix), '$1');
  return {
    ...request,
    system: plain(request.system),
    turns: request.turns.map((turn) => ({ ...turn, text: plain(turn.text) })),
  };
}
