import { anyPrompt } from '../answers/anyPrompt.js';
import { type AnswerSource, formOfInput, formOfModel, readAnswer } from '../answers/readAnswer.js';
import type { OutputReader } from './types.js';

/** What is known about the job the results belong to. */
export type ResultSource = Pick<AnswerSource, 'modelId' | 'invocationType'>;

/** The reader for a job's outputs; an absent answer stays absent. */
export function outputReaderFor({ modelId, invocationType }: ResultSource): OutputReader {
  return (modelOutput, modelInput) => {
    const answer = readAnswer(modelOutput, { modelId, invocationType, modelInput });
    const { text, ...rest } = answer;
    return text === '' ? rest : answer;
  };
}

/** The prompt of a record as one short text; '' where there is none. */
export function promptPreview(modelInput: unknown, source: ResultSource): string {
  const form = formOfModel(source) ?? formOfInput(modelInput);
  const prompt = form?.readInput(modelInput) ?? '';
  return prompt === '' ? anyPrompt(modelInput) : prompt;
}
