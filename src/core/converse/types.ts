import type { ErrorKind } from '../errors.js';

/**
 * A playground conversation as plain JSON: it survives setState, postMessage and files. Bytes are
 * base64; JSON that a person edits (schemas, extra fields) stays text, so that half-typed text is kept.
 */
export interface Conversation {
  readonly version: 1;
  readonly id: string;
  readonly title?: string;
  /** What is invoked: a model id, an inference profile id or an ARN. Empty where none is chosen yet. */
  readonly modelId: string;
  /** May hold `{{variables}}`, as the text of every user turn. */
  readonly system: string;
  readonly turns: readonly Turn[];
  readonly settings: Settings;
  /** Values of `{{variables}}` by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where this conversation was branched off. */
  readonly branchedFrom?: { readonly conversationId: string; readonly turnId: string };
}

/** One message; an assistant's carries how the answer came about. */
export interface Turn {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly content: readonly Block[];
  readonly answer?: Answer;
}

export type Block =
  | TextBlock
  | ImageBlock
  | DocumentBlock
  | ToolUseBlock
  | ToolResultBlock
  | ReasoningBlock
  | CachePointBlock
  | OtherBlock;

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
  /** Sources the model names for this text (Converse's citationsContent). */
  readonly citations?: readonly Citation[];
}

export type ImageFormat = 'png' | 'jpeg' | 'gif' | 'webp';

export interface ImageBlock {
  readonly type: 'image';
  readonly format: ImageFormat;
  readonly base64: string;
  /** The file's name, for people only; it is not sent. */
  readonly name?: string;
}

export type DocumentFormat =
  'pdf' | 'csv' | 'doc' | 'docx' | 'xls' | 'xlsx' | 'html' | 'txt' | 'md';

export interface DocumentBlock {
  readonly type: 'document';
  readonly format: DocumentFormat;
  /** Sent to the model: letters, digits, single spaces, hyphens, () and []. */
  readonly name: string;
  readonly base64: string;
  /** Asks the model to cite this document. */
  readonly citations?: boolean;
}

export interface ToolUseBlock {
  readonly type: 'toolUse';
  readonly toolUseId: string;
  readonly name: string;
  readonly input: JsonValue;
  /** The text that came instead, where the model's input was not JSON (cut off by the token limit). */
  readonly invalidInput?: string;
  /** True for a tool that AWS runs itself: the client owes no result. */
  readonly isServerTool?: boolean;
}

export interface ToolResultBlock {
  readonly type: 'toolResult';
  readonly toolUseId: string;
  readonly content: readonly ToolResultContent[];
  readonly status?: 'success' | 'error';
  /** Result of a tool that AWS ran. */
  readonly isServerTool?: boolean;
  /** What AWS calls such a result: `nova_code_interpreter_result` … It is sent back with it. */
  readonly serverType?: string;
}

export type ToolResultContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'json'; readonly json: JsonValue }
  | ImageBlock
  | DocumentBlock
  | OtherBlock;

/** Sent back unchanged with its signature in a tool loop, or the model refuses the turn. */
export interface ReasoningBlock {
  readonly type: 'reasoning';
  readonly text: string;
  readonly signature?: string;
  /** Encrypted thoughts, base64; the text is empty then. */
  readonly redacted?: string;
}

/** Everything before this point of the request is cached. */
export interface CachePointBlock {
  readonly type: 'cachePoint';
  readonly ttl?: CacheTtl;
}

/** A block this version does not know (video, audio, search results …), kept as AWS wrote it. */
export interface OtherBlock {
  readonly type: 'other';
  readonly value: JsonObject;
}

export interface Citation {
  readonly title?: string;
  readonly source?: string;
  /** The quoted passages. */
  readonly quotes: readonly string[];
  /** As AWS wrote it: `{documentPage: {documentIndex, start, end}}`, `{web: {url, domain}}` … */
  readonly location?: JsonObject;
}

export type CacheTtl = '5m' | '1h';
export type ServiceTier = 'priority' | 'default' | 'flex' | 'reserved';
export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** Only what is set is sent: some models refuse sampling parameters. */
export interface Parameters {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
}

export interface Settings {
  /** False for Converse in one piece instead of ConverseStream. */
  readonly isStreaming: boolean;
  readonly parameters: Parameters;
  /** JSON text of an object: top_k, thinking, anthropic_beta … */
  readonly additionalFields?: string;
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly structuredOutput?: StructuredOutput;
  readonly guardrail?: GuardrailChoice;
  readonly serviceTier?: ServiceTier;
  readonly latency?: 'standard' | 'optimized';
  readonly effort?: Effort;
  readonly caching?: Caching;
}

export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON text of the input's JSON Schema. */
  readonly inputSchema: string;
  /** What the mock-result box answers with: JSON text is sent as JSON, anything else as text. */
  readonly mockResult?: string;
}

export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'any' }
  | { readonly type: 'tool'; readonly name: string };

export interface StructuredOutput {
  /** JSON text of the schema. */
  readonly schema: string;
  readonly name?: string;
  readonly description?: string;
}

export interface GuardrailChoice {
  readonly id: string;
  /** For people only; not sent. */
  readonly name?: string;
  /** `DRAFT` or a number. */
  readonly version: string;
  readonly trace: 'enabled' | 'disabled' | 'enabled_full';
  /** Streaming only: `async` shows text before it is checked. */
  readonly streamMode?: 'sync' | 'async';
}

/** Where cache points are put beside the ones in the turns. */
export interface Caching {
  readonly afterSystem?: boolean;
  readonly afterTools?: boolean;
  readonly afterLastUserTurn?: boolean;
  readonly ttl?: CacheTtl;
}

/** How an answer came about. What AWS did not say is absent, never 0. */
export interface Answer {
  readonly modelId: string;
  /** ISO 8601. */
  readonly time: string;
  readonly status: 'done' | 'stopped' | 'failed';
  readonly stopReason?: string;
  readonly usage?: Usage;
  readonly timing?: Timing;
  readonly trace?: JsonObject;
  readonly additionalFields?: JsonValue;
  readonly serviceTier?: string;
  readonly requestId?: string;
  /** Why it failed; what had arrived is in the turn. */
  readonly error?: AnswerError;
}

export interface AnswerError {
  readonly kind: ErrorKind;
  readonly message: string;
}

export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Of the cache writes, those kept for an hour: they have a rate of their own. */
  readonly cacheWriteOneHourTokens?: number;
}

/** Milliseconds. */
export interface Timing {
  /** From sending to the first text, thought or tool input; measured here. */
  readonly firstTokenMs?: number;
  /** From sending to the end; measured here. */
  readonly totalMs?: number;
  /** What AWS reports. */
  readonly latencyMs?: number;
}

/** The finding of a check; `where` says which control shows it. */
export interface ConversationProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly where:
    | 'model'
    | 'system'
    | 'turns'
    | 'parameters'
    | 'additionalFields'
    | 'tools'
    | 'structuredOutput'
    | 'guardrail'
    | 'variables';
  readonly turnId?: string;
  /** Index of the tool or name of the variable. */
  readonly item?: number | string;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: JsonValue;
}
