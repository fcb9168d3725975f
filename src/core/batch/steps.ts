import type { ProblemCode } from './types.js';

/** A step that leads on from a finding, which an editor's quick fix and the review offer. */
export type Step = 'convert' | 'playground' | 'otherType';

const steps: Readonly<Partial<Record<ProblemCode, Step>>> = {
  plainRows: 'convert',
  jsonArray: 'convert',
  openAiBatch: 'convert',
  anthropicBatch: 'convert',
  tooFewRecords: 'playground',
  modelAdvice: 'playground',
  wrongInvocationType: 'otherType',
};

/** The step that a finding's words name, where there is one. */
export function stepOf(code: ProblemCode): Step | undefined {
  return steps[code];
}
