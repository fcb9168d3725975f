import {
  type AppliedGuardrail,
  assess,
  type Assessment,
  type GuardedText,
  maskText,
  reasonOf,
} from '../guardrails/assess.js';
import type { ChatReply, ChatRequest, GuardOutcome, Responder } from './chat.js';
import { countTokens, cutTokens } from './tokens.js';

/** A guardrail on one call. */
export interface Guard {
  readonly applied: AppliedGuardrail;
  readonly trace: 'enabled' | 'disabled' | 'enabled_full';
  /** True where the answer is shown while it is checked: masks do not apply then. */
  readonly isAsync: boolean;
  /** What of the prompt is looked at. */
  readonly textsOf: (request: ChatRequest) => readonly GuardedText[];
}

/** A responder behind a guardrail: the prompt is checked before it, its answer after it. */
export function guardResponder(respond: Responder, guard: Guard): Responder {
  const { applied, textsOf } = guard;
  const isFull = guard.trace === 'enabled_full';
  return async (request, signal) => {
    const texts = textsOf(request);
    const input = assess(applied, 'INPUT', texts, isFull);
    if (input.isBlocked) return blockedInput(guard, input);
    const reply = await respond(maskRequest(request, input), signal);
    const context = texts.flatMap(({ text, qualifiers = [] }) => {
      const kept = qualifiers.filter((at) => at !== 'guard_content');
      return kept.length === 0 ? [] : [{ text, qualifiers: kept }];
    });
    const output = assess(applied, 'OUTPUT', [...context, { text: reply.text }], isFull);
    return {
      ...checkedReply(guard, reply, output),
      guard: outcome(guard, { input, output, reply }),
    };
  };
}

function maskRequest(request: ChatRequest, { masks }: Assessment): ChatRequest {
  return {
    ...request,
    system: maskText(request.system, masks),
    turns: request.turns.map((turn) => ({ ...turn, text: maskText(turn.text, masks) })),
  };
}

function blockedInput(guard: Guard, input: Assessment): ChatReply {
  const text = guard.applied.version.blockedInputMessaging;
  const nothing = { stop: 'end', inputTokens: 0, outputTokens: 0 } as const;
  return { text, ...nothing, guard: outcome(guard, { input }) };
}

function checkedReply(
  { applied, isAsync }: Guard,
  reply: ChatReply,
  output: Assessment,
): ChatReply {
  const { inputTokens, outputTokens } = reply;
  if (output.isBlocked) {
    const message = applied.version.blockedOutputsMessaging;
    // Shown while it is checked, a part of the answer is out before the finding is there.
    const shown = isAsync ? `${cutTokens(reply.text, countTokens(reply.text) / 2)}\n\n` : '';
    return { text: shown + message, stop: 'end', inputTokens, outputTokens };
  }
  return isAsync ? reply : { ...reply, text: maskText(reply.text, output.masks) };
}

interface Findings {
  readonly input: Assessment;
  readonly output?: Assessment;
  readonly reply?: ChatReply;
}

function outcome({ applied, trace, isAsync }: Guard, found: Findings): GuardOutcome {
  const { input, output, reply } = found;
  const id = applied.guardrail.guardrailId;
  const isMasked = !isAsync && output !== undefined && output.masks.length > 0;
  const changedAnswer = input.isBlocked || output?.isBlocked === true || isMasked;
  const decisive = changedAnswer && output !== undefined ? output : input;
  return {
    intervened: changedAnswer || input.masks.length > 0,
    changedAnswer,
    ...(trace === 'disabled'
      ? {}
      : {
          trace: {
            ...(changedAnswer && reply !== undefined ? { modelOutput: [reply.text] } : {}),
            inputAssessment: { [id]: input.shown },
            ...(output === undefined ? {} : { outputAssessments: { [id]: [output.shown] } }),
            actionReason: reasonOf(decisive),
          },
        }),
  };
}
