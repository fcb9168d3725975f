import { type Family, familyOf } from '../models/families.js';
import { converse } from '../models/bodies/converse.js';
import { bodyOf, detectBody } from '../models/bodies/registry.js';
import type { BodyForm } from '../models/bodies/types.js';
import type { InvocationType } from '../batch/types.js';
import type { OutputReader, OutputSummary } from './types.js';

/** What is known about the job the results belong to. */
export interface ResultSource {
  readonly modelId?: string | undefined;
  readonly invocationType?: InvocationType | undefined;
}

/** Tried in turn where the model is not known; shapes that share members come after stricter ones. */
const guesses: readonly Family[] = ['nova', 'anthropic', 'openAiChat', 'llama', 'titanText'];

function formOf(source: ResultSource): BodyForm | undefined {
  if (source.invocationType === 'Converse') return converse;
  const family = source.modelId === undefined ? undefined : familyOf(source.modelId);
  return family && bodyOf(family);
}

/** The reader for a job's outputs; without knowing the model it looks at what the output has. */
export function outputReaderFor(source: ResultSource): OutputReader {
  const form = formOf(source);
  return (modelOutput) => known(form ? form.readOutput(modelOutput) : guess(modelOutput));
}

/** The prompt of a record as one short text; '' where there is none. */
export function promptPreview(modelInput: unknown, source: ResultSource): string {
  const form = formOf(source);
  if (form) return form.readInput(modelInput);
  const detected = detectBody(modelInput) ?? 'openAiChat';
  return (detected === 'converse' ? converse : bodyOf(detected)).readInput(modelInput);
}

function guess(modelOutput: unknown): OutputSummary {
  for (const family of guesses) {
    const read = bodyOf(family).readOutput(modelOutput);
    if (read.text !== '' || read.outputTokens !== undefined) return read;
  }
  return {};
}

/** Readers give '' where they find no text; here an absent answer stays absent. */
function known(summary: OutputSummary): OutputSummary {
  const { text, ...rest } = summary;
  return text === '' ? rest : summary;
}
