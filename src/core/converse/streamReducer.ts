import type { BlockStart, StreamEvent } from './streamEvents.js';
import type {
  Answer,
  AnswerError,
  Block,
  JsonObject,
  JsonValue,
  ReasoningBlock,
  TextBlock,
  Timing,
  ToolResultBlock,
  Turn,
  Usage,
} from './types.js';
import type { ConverseResponse } from './wire.js';

/** A block that may still grow. `inputJson` is the tool input's text so far. */
export interface OpenBlock {
  readonly index: number;
  readonly block: Block;
  readonly isOpen: boolean;
  readonly inputJson?: string;
}

/** An answer while it arrives: plain JSON; blocks that did not change keep their identity. */
export interface AnswerState {
  readonly status: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  /** In order of index. */
  readonly blocks: readonly OpenBlock[];
  readonly stopReason?: string;
  readonly usage?: Usage;
  readonly timing?: Timing;
  readonly trace?: JsonObject;
  readonly additionalFields?: JsonValue;
  readonly serviceTier?: string;
  readonly requestId?: string;
  readonly error?: AnswerError;
}

/** The state before the first event. */
export const waitingAnswer: AnswerState = { status: 'waiting', blocks: [] };

/** The state after an event. The stream may be cut into events anywhere. */
export function reduceStream(state: AnswerState, event: StreamEvent): AnswerState {
  switch (event.type) {
    case 'messageStart': {
      const { requestId } = event;
      return { ...state, status: 'streaming', ...(requestId === undefined ? {} : { requestId }) };
    }
    case 'messageStop': {
      const { stopReason, additionalFields } = event;
      const more = additionalFields === undefined ? {} : { additionalFields };
      return { ...state, stopReason, ...more };
    }
    case 'metadata': {
      const { usage, trace, serviceTier, latencyMs } = event;
      return {
        ...state,
        ...(usage && { usage }),
        ...(trace && { trace }),
        ...(serviceTier === undefined ? {} : { serviceTier }),
        ...(latencyMs === undefined ? {} : { timing: { ...state.timing, latencyMs } }),
      };
    }
    case 'timing': {
      const { firstTokenMs, totalMs } = event;
      const first = firstTokenMs === undefined ? {} : { firstTokenMs };
      const timing = { ...state.timing, ...first, totalMs };
      return { ...closeAll(state), status: 'done', timing };
    }
    default:
      return reduceBlock(state, event);
  }
}

type BlockEvent = Extract<StreamEvent, { readonly index: number }>;

function reduceBlock(state: AnswerState, event: BlockEvent): AnswerState {
  const found = state.blocks.find((open) => open.index === event.index);
  const next = changeBlock(found, event);
  if (next === undefined || next === found) return state;
  const blocks =
    found === undefined
      ? [...state.blocks, next].sort((a, b) => a.index - b.index)
      : state.blocks.map((open) => (open === found ? next : open));
  return { ...state, status: 'streaming', blocks };
}

/** The block after an event; undefined where the event belongs to nothing (a stop without a start). */
function changeBlock(open: OpenBlock | undefined, event: BlockEvent): OpenBlock | undefined {
  if (event.type === 'blockStop') return open && close(open);
  if (event.type === 'blockStart') {
    const inputJson = event.start.type === 'toolUse' ? { inputJson: '' } : {};
    return { index: event.index, isOpen: true, block: startBlock(event.start), ...inputJson };
  }
  const at = open ?? { index: event.index, isOpen: true, block: emptyBlock(event) };
  if (event.type === 'toolInput') return { ...at, inputJson: (at.inputJson ?? '') + event.json };
  return { ...at, block: growBlock(at.block, event) };
}

function startBlock(start: BlockStart): Block {
  if (start.type === 'toolUse') return { ...start, input: {} };
  if (start.type === 'toolResult') return { ...start, content: [] };
  return { ...start, base64: '' };
}

type DeltaEvent = Exclude<BlockEvent, { readonly type: 'blockStart' | 'blockStop' }>;

/** The block a first delta without a start belongs to. */
function emptyBlock(event: DeltaEvent): Block {
  switch (event.type) {
    case 'reasoning':
    case 'signature':
    case 'redacted':
      return { type: 'reasoning', text: '' };
    case 'toolInput':
      return { type: 'toolUse', toolUseId: '', name: '', input: {} };
    case 'toolResult':
      return { type: 'toolResult', toolUseId: '', content: [] };
    case 'image':
      return { type: 'image', format: 'png', base64: '' };
    default:
      return { type: 'text', text: '' };
  }
}

type GrowEvent = Exclude<DeltaEvent, { readonly type: 'toolInput' }>;

function growBlock(block: Block, event: GrowEvent): Block {
  switch (event.type) {
    case 'text':
      return block.type === 'text' ? { ...block, text: block.text + event.text } : block;
    case 'citation':
      return block.type === 'text' ? withCitation(block, event) : block;
    case 'toolResult':
      return block.type === 'toolResult' ? withResult(block, event) : block;
    case 'image':
      if (event.error !== undefined) return { type: 'text', text: `[image: ${event.error}]` };
      return block.type === 'image'
        ? { ...block, base64: block.base64 + (event.base64 ?? '') }
        : block;
    default:
      return block.type === 'reasoning' ? growReasoning(block, event) : block;
  }
}

type Event<T extends StreamEvent['type']> = Extract<StreamEvent, { readonly type: T }>;

function withCitation(block: TextBlock, { citation }: Event<'citation'>): TextBlock {
  return { ...block, citations: [...(block.citations ?? []), citation] };
}

function withResult(block: ToolResultBlock, { content }: Event<'toolResult'>): ToolResultBlock {
  return { ...block, content: [...block.content, ...content] };
}

function growReasoning(
  block: ReasoningBlock,
  event: Event<'reasoning' | 'signature' | 'redacted'>,
): ReasoningBlock {
  if (event.type === 'reasoning') return { ...block, text: block.text + event.text };
  if (event.type === 'signature') {
    return { ...block, signature: (block.signature ?? '') + event.signature };
  }
  return { ...block, redacted: joinBase64(block.redacted ?? '', event.base64) };
}

/** Two base64 texts as one: each delta is encoded by itself, so padding may stand in the middle. */
function joinBase64(first: string, second: string): string {
  if (first === '' || !first.endsWith('=')) return first + second;
  return btoa(atob(first) + atob(second));
}

function closeAll(state: AnswerState): AnswerState {
  if (state.blocks.every(({ isOpen }) => !isOpen)) return state;
  return { ...state, blocks: state.blocks.map(close) };
}

function close(open: OpenBlock): OpenBlock {
  if (!open.isOpen) return open;
  const { inputJson, block } = open;
  if (block.type !== 'toolUse') return { ...open, isOpen: false };
  return { ...open, isOpen: false, block: { ...block, ...parseInput(inputJson ?? '') } };
}

/** Tool input from its text; nothing at all means `{}`. */
function parseInput(json: string): { input: JsonValue; invalidInput?: string } {
  if (json.trim() === '') return { input: {} };
  try {
    return { input: JSON.parse(json) as JsonValue };
  } catch (error) {
    if (error instanceof SyntaxError) return { input: {}, invalidInput: json };
    throw error;
  }
}

/** The person pressed stop: what came is kept. */
export function stopAnswer(state: AnswerState, timing?: Timing): AnswerState {
  return { ...closeAll(state), status: 'stopped', ...mergeTiming(state, timing) };
}

/** The stream broke: what came is kept, the error beside it. */
export function failAnswer(state: AnswerState, error: AnswerError, timing?: Timing): AnswerState {
  return { ...closeAll(state), status: 'failed', error, ...mergeTiming(state, timing) };
}

function mergeTiming(state: AnswerState, timing: Timing | undefined): { timing?: Timing } {
  return timing === undefined ? {} : { timing: { ...state.timing, ...timing } };
}

/** The state after a Converse answer in one piece. */
export function answerFromResponse(response: ConverseResponse): AnswerState {
  const { content, ...facts } = response;
  const blocks = content.map((block, index) => ({ index, block, isOpen: false }));
  return { status: 'done', blocks, ...facts };
}

/** The answer as a turn of the conversation. An answer without any block gives a turn without content. */
export function answerTurn(
  state: AnswerState,
  made: { readonly turnId: string; readonly modelId: string; readonly time: string },
): Turn {
  const { status, blocks, ...facts } = closeAll(state);
  const answer: Answer = {
    ...facts,
    modelId: made.modelId,
    time: made.time,
    status: status === 'waiting' || status === 'streaming' ? 'stopped' : status,
  };
  const content = blocks.map(({ block }) => block);
  return { id: made.turnId, role: 'assistant', content, answer };
}
