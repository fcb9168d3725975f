/** One turn of a conversation, reduced to what a reply is made from. */
export interface ChatTurn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Images, documents and other attachments in the turn. */
  readonly attachments: number;
  /** True where the turn carries the result of a tool. */
  readonly isToolResult: boolean;
}

export interface ChatTool {
  readonly name: string;
  /** JSON Schema of the input. */
  readonly schema: unknown;
}

/** A prompt in one form for every family. */
export interface ChatRequest {
  readonly model: string;
  readonly system: string;
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly tools: readonly ChatTool[];
  /** A tool the caller insists on, or `any`; `none` where tools are switched off. */
  readonly toolChoice?: string;
  /** JSON Schema the answer must fit. */
  readonly schema?: unknown;
  /** True where the model writes down its thoughts first. */
  readonly reasons: boolean;
}

export type StopCause = 'end' | 'length' | 'stopSequence' | 'tool';

export interface ChatReply {
  readonly text: string;
  readonly reasoning?: string;
  readonly tool?: { readonly id: string; readonly name: string; readonly input: unknown };
  readonly stop: StopCause;
  /** The sequence that ended the reply. */
  readonly stopSequence?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What a guardrail did, where the request named one. */
  readonly guard?: GuardOutcome;
}

/** The part of a guardrail in a reply. */
export interface GuardOutcome {
  /** True where it blocked or masked something. */
  readonly intervened: boolean;
  /** True where the answer itself is another because of it. */
  readonly changedAnswer: boolean;
  /** What it found, where the caller asked for it. */
  readonly trace?: Readonly<Record<string, unknown>>;
}

/** Answers a prompt: the sandbox's own writer, or a local server behind `--upstream`. */
export type Responder = (request: ChatRequest, signal: AbortSignal) => Promise<ChatReply>;

/** A plain prompt as a conversation of one turn. */
export function userTurn(text: string, attachments = 0): ChatTurn {
  return { role: 'user', text, attachments, isToolResult: false };
}
