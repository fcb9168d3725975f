import type { GuardrailAssessment } from '@aws-sdk/client-bedrock-runtime';
import type { Handlers } from '../wire/handler.js';
import { assess, maskText, reasonOf } from './assess.js';
import { requireGuardrail, requireVersion } from './handlers.js';

/** The operation of the runtime that asks a guardrail alone, without a model. */
export const guardrailRuntimeHandlers = {
  ApplyGuardrail({ guardrailIdentifier, guardrailVersion, source, content, outputScope }, call) {
    const guardrail = requireGuardrail(call, guardrailIdentifier);
    const version = requireVersion(guardrail, guardrailVersion);
    const texts = content.flatMap(({ text }) => (text === undefined ? [] : [text]));
    const found = assess({ guardrail, version }, source, texts, outputScope === 'FULL');
    const assessment = found.shown as GuardrailAssessment;
    const isActing = found.isBlocked || found.masks.length > 0;
    const blockedText =
      source === 'INPUT' ? version.blockedInputMessaging : version.blockedOutputsMessaging;
    const masked = texts.map(({ text }) => ({ text: maskText(text, found.masks) }));
    return {
      usage: assessment.invocationMetrics?.usage,
      action: isActing ? 'GUARDRAIL_INTERVENED' : 'NONE',
      actionReason: reasonOf(found),
      outputs: found.isBlocked ? [{ text: blockedText }] : isActing ? masked : [],
      assessments: [assessment],
      guardrailCoverage: assessment.invocationMetrics?.guardrailCoverage,
    };
  },
} satisfies Handlers<'bedrock-runtime'>;
