import { readyBody } from '../../../src/core/native/readyBody.js';
import { addTurn, newConversation } from '../../../src/core/converse/conversation.js';
import { buildConverseRequest } from '../../../src/core/converse/buildRequest.js';
import {
  reduceStream,
  waitingAnswer,
  type AnswerState,
} from '../../../src/core/converse/streamReducer.js';
import type { StreamEvent } from '../../../src/core/converse/streamEvents.js';
import type { Conversation } from '../../../src/core/converse/types.js';
import type { ConverseRequest } from '../../../src/core/converse/wire.js';
import { isAppError, type AppError } from '../../../src/core/errors.js';

export const nova = 'amazon.nova-lite-v1:0';

/** A conversation of one question. */
export function asking(question: string, modelId = nova): Conversation {
  return addTurn(newConversation('c', modelId), {
    id: 'u1',
    role: 'user',
    content: [{ type: 'text', text: question }],
  });
}

/** The request of one question. */
export function requestFor(question: string, modelId = nova): ConverseRequest {
  return buildConverseRequest(asking(question, modelId));
}

/** InvokeModel with the ready-made body of a model. */
export function readyRequest(modelId: string) {
  return { modelId, ...readyBody(modelId) };
}

/** Reads a stream to its end; the state of what arrived is kept where it throws. */
export async function readStream(
  events: AsyncIterable<StreamEvent>,
): Promise<{ state: AnswerState; error?: AppError }> {
  let state = waitingAnswer;
  try {
    for await (const event of events) state = reduceStream(state, event);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { state, error };
  }
  return { state };
}

/** The text of an answer. */
export function textOf({ blocks }: AnswerState): string {
  return blocks.flatMap(({ block }) => (block.type === 'text' ? [block.text] : [])).join('');
}

/** The AppError a promise is refused with; fails where there is none. */
export async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error('it should have been refused');
}
