import type { CodeCall, CodePlace } from '../../../core/code/requests.js';
import { buildConverseRequest } from '../../../core/converse/buildRequest.js';
import type { ViewedCode } from '../contract.js';
import type { PlaygroundDocument } from '../document/documentSchema.js';
import { invokeRequest } from '../native/nativeHandlers.js';

/** What an answer misses of a schema, in words; empty where it fits. */
export async function checkAnswer(input: {
  text: string;
  schema: string;
}): Promise<readonly string[]> {
  // Loaded with the first answer that has a form: the JSON reader is large.
  const { checkStructuredAnswer } = await import('../../../core/converse/structuredAnswer.js');
  return checkStructuredAnswer(input.text, input.schema);
}

interface CodeInput {
  readonly document: PlaygroundDocument;
  readonly laneId: string;
  readonly language: string;
}

/** The current request as a program. */
export async function viewCode(input: CodeInput, place: CodePlace): Promise<ViewedCode> {
  const { codeLanguages, generateCode } = await import('../../../core/code/generateCode.js');
  const { id } = codeLanguages.find((known) => known.id === input.language) ?? { id: 'python' };
  return { languages: codeLanguages, code: generateCode(id, currentCall(input), place) };
}

function currentCall({ document, laneId }: CodeInput): CodeCall {
  const { mode, native, lanes } = document;
  const lane = lanes.find(({ id }) => id === laneId) ?? lanes[0];
  if (!lane) throw new RangeError('A playground has at least one lane.');
  if (mode === 'native') {
    const operation = native.isStreaming ? 'InvokeModelWithResponseStream' : 'InvokeModel';
    // `native.modelId` is the model the body was made for; the lane's is the one that is called.
    return { operation, request: invokeRequest({ ...native, modelId: lane.modelId }) };
  }
  // An answer at the end is what the request gave, not a part of it.
  const isAnswered = lane.turns.at(-1)?.role === 'assistant';
  const asked = isAnswered ? { ...lane, turns: lane.turns.slice(0, -1) } : lane;
  const operation = lane.settings.isStreaming ? 'ConverseStream' : 'Converse';
  return { operation, request: buildConverseRequest(asked) };
}
