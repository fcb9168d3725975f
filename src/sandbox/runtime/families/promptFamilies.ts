import * as cohere from '../../../core/models/bodies/cohere.js';
import * as prompts from '../../../core/models/bodies/promptText.js';
import { type Json, countMember, objectMember, stringList } from '../bodyCheck.js';
import { type ChatReply, type StopCause, userTurn } from '../chat.js';
import { hashText } from '../random.js';
import { refuseWrong } from '../refusal.js';
import { streamPieces } from '../tokens.js';
import type { ChatFamily } from './family.js';

const forms = { ...prompts, cohereCommand: cohere.cohereCommand };

interface PromptRead {
  readonly model: string;
  readonly prompt: string;
  readonly maxTokens: number;
  readonly stop?: readonly string[];
  readonly attachments?: number;
}

function promptRequest({ model, prompt, maxTokens, stop = [], attachments = 0 }: PromptRead) {
  const turns = [userTurn(stripTemplate(prompt), attachments)];
  return { model, system: '', turns, maxTokens, stop, tools: [], reasons: false };
}

/** The person's own words in a prompt with chat markers, so that the reply does not quote markers. */
export function stripTemplate(prompt: string): string {
  const llama = [
    ...prompt.matchAll(/<\|start_header_id\|>user<\|end_header_id\|>\s*([\s\S]*?)<\|eot_id\|>/g),
  ].at(-1)?.[1];
  const llama4 = [
    ...prompt.matchAll(/<\|header_start\|>user<\|header_end\|>\s*([\s\S]*?)<\|eot\|>/g),
  ].at(-1)?.[1];
  const mistral = [...prompt.matchAll(/\[INST\]([\s\S]*?)\[\/INST\]/g)].at(-1)?.[1];
  const found = llama ?? llama4 ?? mistral ?? prompt.replaceAll(/<[|｜][^<>]*[|｜]>|<\/?s>/g, ' ');
  return found.trim();
}

const titanStops: Readonly<Record<StopCause, string>> = {
  end: 'FINISH',
  length: 'LENGTH',
  stopSequence: 'STOP_CRITERIA_MET',
  tool: 'FINISH',
};

/** Amazon Titan Text G1. */
export const titanText: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, forms.titanText, id);
    const config = objectMember(body, 'textGenerationConfig');
    return promptRequest({
      model: id,
      prompt: String(body['inputText']),
      maxTokens: countMember(config['maxTokenCount'], 512),
      stop: stringList(config['stopSequences']),
    });
  },
  write: (reply) => ({
    inputTextTokenCount: reply.inputTokens,
    results: [
      {
        tokenCount: reply.outputTokens,
        outputText: `\n${reply.text}`,
        completionReason: titanStops[reply.stop],
      },
    ],
  }),
  stream: (reply) =>
    lastMarked(streamPieces(reply.text), (outputText, index, isLast) => ({
      outputText,
      index: 0,
      totalOutputTextTokenCount: isLast ? reply.outputTokens : null,
      completionReason: isLast ? titanStops[reply.stop] : null,
      inputTextTokenCount: index === 0 ? reply.inputTokens : null,
    })),
};

/** AI21 Jurassic-2. */
export const jurassic2: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, forms.jurassic2, id);
    return promptRequest({
      model: id,
      prompt: String(body['prompt']),
      maxTokens: countMember(body['maxTokens'], 200),
      stop: stringList(body['stopSequences']),
    });
  },
  write: (reply, body) => ({
    id: hashText(String(body['prompt'])),
    prompt: { text: String(body['prompt']), tokens: tokenList(reply.inputTokens) },
    completions: [
      {
        data: { text: `\n${reply.text}`, tokens: tokenList(reply.outputTokens) },
        finishReason: {
          reason: { end: 'endoftext', length: 'length', stopSequence: 'stop', tool: 'endoftext' }[
            reply.stop
          ],
        },
      },
    ],
  }),
  stream: () => [],
};

function tokenList(count: number): Json[] {
  return Array.from({ length: count }, (_, at) => ({
    generatedToken: { token: `t${at}`, logprob: 0 },
  }));
}

const cohereStops: Readonly<Record<StopCause, string>> = {
  end: 'COMPLETE',
  length: 'MAX_TOKENS',
  stopSequence: 'COMPLETE',
  tool: 'COMPLETE',
};

/** Cohere Command and Command Light. */
export const cohereCommand: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, forms.cohereCommand, id);
    return promptRequest({
      model: id,
      prompt: String(body['prompt']),
      maxTokens: countMember(body['max_tokens'], 20),
      stop: stringList(body['stop_sequences']),
    });
  },
  write: (reply, body) => ({
    id: pseudoUuid(reply.text),
    prompt: String(body['prompt']),
    generations: Array.from({ length: countMember(body['num_generations'], 1) }, (_, at) => ({
      id: pseudoUuid(`${reply.text}${at}`),
      text: ` ${reply.text}`,
      finish_reason: cohereStops[reply.stop],
    })),
  }),
  stream: (reply) => [
    ...streamPieces(reply.text).map((text) => ({ text, is_finished: false })),
    { is_finished: true, finish_reason: cohereStops[reply.stop] },
  ],
};

const llamaStops: Readonly<Record<StopCause, string>> = {
  end: 'stop',
  length: 'length',
  stopSequence: 'stop',
  tool: 'stop',
};

/** Meta Llama 3 and 4. */
export const llama: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, forms.llama, id);
    return promptRequest({
      model: id,
      prompt: String(body['prompt']),
      maxTokens: countMember(body['max_gen_len'], 512),
      attachments: Array.isArray(body['images']) ? body['images'].length : 0,
    });
  },
  write: (reply) => ({
    generation: `\n\n${reply.text}`,
    prompt_token_count: reply.inputTokens,
    generation_token_count: reply.outputTokens,
    stop_reason: llamaStops[reply.stop],
  }),
  stream: (reply) =>
    lastMarked(streamPieces(reply.text), (generation, index, isLast) => ({
      generation,
      prompt_token_count: index === 0 ? reply.inputTokens : null,
      generation_token_count: isLast ? reply.outputTokens : index + 1,
      stop_reason: isLast ? llamaStops[reply.stop] : null,
    })),
};

/** Mistral 7B, Mixtral and the 24.02 models: text completion. */
export const mistralText: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, forms.mistralText, id);
    return promptRequest({
      model: id,
      prompt: String(body['prompt']),
      maxTokens: countMember(
        body['max_tokens'],
        id.includes('7b') || id.includes('8x7b') ? 512 : 8192,
      ),
      stop: stringList(body['stop']),
    });
  },
  write: (reply) => ({
    outputs: [{ text: ` ${reply.text}`, stop_reason: llamaStops[reply.stop] }],
  }),
  stream: (reply) =>
    lastMarked(streamPieces(reply.text), (text, _index, isLast) => ({
      outputs: [{ text, stop_reason: isLast ? llamaStops[reply.stop] : null }],
    })),
};

/** DeepSeek-R1: a text completion that thinks aloud. */
export const deepseekR1: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, forms.deepseekR1, id);
    const read = {
      model: id,
      prompt: String(body['prompt']),
      maxTokens: countMember(body['max_tokens'], 8192),
      stop: stringList(body['stop']),
    };
    return { ...promptRequest(read), reasons: true };
  },
  write: (reply) => ({
    choices: [{ text: thinkingText(reply), stop_reason: llamaStops[reply.stop] }],
  }),
  stream: (reply) =>
    lastMarked(streamPieces(thinkingText(reply)), (text, _index, isLast) => ({
      choices: [{ text, stop_reason: isLast ? llamaStops[reply.stop] : null }],
    })),
};

function thinkingText({ reasoning, text }: ChatReply): string {
  return reasoning === undefined ? text : `${reasoning}\n</think>\n\n${text}`;
}

/** Maps the pieces of a stream; an empty reply still has one chunk, the last. */
export function lastMarked(
  pieces: readonly string[],
  write: (piece: string, index: number, isLast: boolean) => Json,
): Json[] {
  const all = pieces.length === 0 ? [''] : pieces;
  return all.map((piece, index) => write(piece, index, index === all.length - 1));
}

/** An id in the form of a UUID, the same for the same text. */
export function pseudoUuid(text: string): string {
  const hex = [0, 1, 2, 3]
    .map((at) => hashText(`${at}${text}`).toString(16).padStart(8, '0'))
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
