import * as l10n from '@vscode/l10n';
import type * as z from 'zod/mini';
import { conversationsOf } from '../../../core/converse/openOptions.js';
import type { openPlayground } from '../../../platform/commandTable.js';
import { familyOf, isEmbedding } from '../../../core/models/families.js';
import type { Conversation, Turn } from '../../../core/converse/types.js';
import { emptyNative, type PlaygroundDocument } from './documentSchema.js';

/** The arguments of `bedrock.playground.open`. */
export type OpenOptions = z.infer<typeof openPlayground>;

/** A playground with what the caller gave. */
export function newDocument(
  options: OpenOptions,
  newId: () => string,
  lastModelId = '',
): PlaygroundDocument {
  const models = options.modelIds ?? [options.modelId ?? lastModelId];
  return documentOf(conversationsOf(options, models.length > 0 ? models : [''], newId), newId());
}

/** A playground around conversations. */
export function documentOf(lanes: readonly Conversation[], id: string): PlaygroundDocument {
  const modelId = lanes[0]?.modelId ?? '';
  const family = familyOf(modelId);
  // Embeddings have no Converse form.
  const mode = family && isEmbedding(family) && lanes.length === 1 ? 'native' : 'converse';
  return { version: 1, id, mode, lanes: [...lanes], native: emptyNative, verdicts: {} };
}

/** The playground's models with the prompt of another one. */
export function withPrompt(
  document: PlaygroundDocument,
  prompt: PlaygroundDocument,
): PlaygroundDocument {
  const [source] = prompt.lanes;
  if (!source) return document;
  const lanes = document.lanes.map(({ id, modelId }) => ({ ...source, id, modelId }));
  return { ...document, lanes };
}

/** True where a playground holds answers, which were paid for. */
export function isAnswered({ lanes, nativeAnswer }: PlaygroundDocument): boolean {
  const hasAnswer = lanes.some(({ turns }) => turns.some(({ answer }) => answer !== undefined));
  return hasAnswer || nativeAnswer !== undefined;
}

/**
 * What a playground is called in tabs and lists: its title, how its first prompt begins (of a branch, its
 * last as well), or its native call.
 */
export function documentTitle(document: PlaygroundDocument): string | undefined {
  const { title, lanes, nativeAnswer } = document;
  if (title !== undefined && title !== '') return title;
  const prompts = (lanes[0]?.turns ?? []).filter(({ role }) => role === 'user').map(promptLine);
  const [first = ''] = prompts;
  if (first === '') return nativeAnswer && `InvokeModel · ${nativeAnswer.modelId}`;
  if (!lanes[0]?.branchedFrom) return cut(first, 48);
  const last = prompts.length > 1 ? cut(prompts.at(-1) ?? '', 24) : l10n.t('branch');
  return `${cut(first, 24)} › ${last}`;
}

function promptLine({ content }: Turn): string {
  const text = content.find((block) => block.type === 'text')?.text.trim() ?? '';
  return text.replaceAll(/\s+/g, ' ');
}

function cut(line: string, most: number): string {
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

/** The playground with a turn at the end of a lane, or in the place of the turn with that id. */
export function withTurn(
  document: PlaygroundDocument,
  laneId: string,
  turn: Turn,
): PlaygroundDocument {
  const lanes = document.lanes.map((lane) => {
    if (lane.id !== laneId) return lane;
    const rest = lane.turns.filter(({ id }) => id !== turn.id);
    return { ...lane, turns: [...rest, turn] };
  });
  return { ...document, lanes };
}
