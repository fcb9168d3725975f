import type { InvocationType } from '../batch/types.js';
import { converse } from '../models/bodies/converse.js';
import { bodyOf, detectBody, families } from '../models/bodies/registry.js';
import type { BodyForm } from '../models/bodies/types.js';
import { familyOf } from '../models/families.js';
import { foreignReaders } from './foreignAnswer.js';
import { hasAnswer, type ModelAnswer } from './modelAnswer.js';

/** What is known of a call beside its answer. */
export interface AnswerSource {
  /** The ARN of an application profile or of an imported model says nothing; the request does. */
  readonly modelId?: string | undefined;
  readonly invocationType?: InvocationType | undefined;
  /** The request's body, which a batch job's output repeats. */
  readonly modelInput?: unknown;
}

/**
 * The answer in a response body or `modelOutput`, in any form we know. The form is that of the model,
 * else that of the request, else one in which the body has an answer; a body is read in other forms
 * too where the expected one finds nothing in it.
 */
export function readAnswer(output: unknown, source: AnswerSource): ModelAnswer {
  let best: ModelAnswer = { text: '' };
  for (const read of readersFor(source)) {
    const answer = read(output);
    if (hasAnswer(answer)) return answer;
    if (Object.keys(answer).length > Object.keys(best).length) best = answer;
  }
  return best;
}

/** The body a call is written in, by its model; undefined where that is not known. */
export function formOfModel(source: AnswerSource): BodyForm | undefined {
  if (source.invocationType === 'Converse') return converse;
  const family = source.modelId === undefined ? undefined : familyOf(source.modelId);
  return family && bodyOf(family);
}

/** The body a request is written in, by its members; undefined where several share them. */
export function formOfInput(modelInput: unknown): BodyForm | undefined {
  const detected = detectBody(modelInput);
  return detected === 'converse' ? converse : detected && bodyOf(detected);
}

type Reader = (output: unknown) => ModelAnswer;

function* readersFor(source: AnswerSource): Generator<Reader> {
  const expected = formOfModel(source) ?? formOfInput(source.modelInput);
  if (expected) yield expected.readOutput;
  yield converse.readOutput;
  for (const family of families) yield bodyOf(family).readOutput;
  yield* foreignReaders;
}
