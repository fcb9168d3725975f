import * as z from 'zod/mini';
import type { ModelFacts } from '../../core/models/modelFacts.js';
import type { InvokeStreamEvent, TokenCount } from '../../core/converse/runtimeApi.js';
import type { JsonFinding, JsonSuggestion } from '../../core/json/jsonSchema.js';
import type { NativeAnswer } from '../../core/native/nativeAnswer.js';
import type { AnswerState } from '../../core/converse/streamReducer.js';
import type { StreamEvent } from '../../core/converse/streamEvents.js';
import type { ConversationProblem, Turn } from '../../core/converse/types.js';
import type { Failure } from '../../core/errors.js';
import { call, stream } from '../../rpc/contract.js';
import { ConversationSchema } from '../../core/converse/conversationSchema.js';
import {
  DocumentSchema,
  type NativeRequest,
  NativeSchema,
  type PlaygroundDocument,
} from './document/documentSchema.js';
import type { OpenRun, StreamedStep } from '../../core/streaming/streamedRuns.js';
import { type PageData, pageCalls } from '../../rpc/pageCalls.js';
import type { PlaygroundStrings } from './strings.js';

export { maxLanes } from './document/documentSchema.js';
export type { ModelFacts, NativeRequest, PlaygroundDocument };

const RunId = z.object({ runId: z.string() });
const Start = z.object({
  runId: z.string(),
  laneId: z.string(),
  /** Id the answer's turn will have. */
  turnId: z.string(),
  conversation: ConversationSchema,
});
/** A playground has one native answer at a time. */
const StartNative = z.object({ runId: z.string(), native: NativeSchema });
export type StartRun = Readonly<z.infer<typeof Start>>;
const ModelId = z.object({ modelId: z.string() });
/** For native mode every model will do; Converse wants one that answers in text. */
const ModelPick = z.object({ modelId: z.string(), isNative: z.boolean() });
const Text = z.object({ text: z.string() });
const TextFile = z.object({ text: z.string(), languageId: z.string() });

const GuardrailPickSchema = z.object({
  id: z.string(),
  version: z.string(),
  name: z.exactOptional(z.string()),
});
/** A guardrail as the settings have it; an empty id is none. */
export type GuardrailPick = Readonly<z.infer<typeof GuardrailPickSchema>>;

/** What the connection means for the bill. */
export interface ConnectionFacts {
  readonly kind: 'sandbox' | 'aws' | 'none';
  /** Region and profile, for people. */
  readonly label: string;
}

/** How a prompt ended: the lane's new turn, and what can be done where it failed. */
export interface AnswerEnd {
  readonly laneId: string;
  readonly turn: Turn;
  readonly failure?: Failure;
}

/** An answer as it arrives: the state so far first, then every event, then how it ended. */
export type RunEvent = StreamedStep<AnswerState, StreamEvent, AnswerEnd>;

/** What the extension tells the page without being asked. */
export type PageUpdate =
  | { readonly type: 'connection'; readonly connection: ConnectionFacts }
  | { readonly type: 'document'; readonly document: PlaygroundDocument };

/** A file for a prompt. */
export interface ReadFile {
  readonly name: string;
  readonly base64: string;
}

/** What native mode starts with. */
export interface ReadyNative {
  readonly body: string;
  readonly contentType: string;
  readonly accept: string;
  readonly canStream: boolean;
}

/** A finding in a native body; line and column from 1. */
export interface BodyProblem extends JsonFinding {
  readonly line: number;
  readonly column: number;
}

/** What can be written at a place of a native body, and what stands there. */
export interface BodyHelp {
  readonly suggestions: readonly JsonSuggestion[];
  readonly about?: string;
}

/** A native answer as it arrives: where it stands, then every event, then all of it. */
export type NativeEvent = StreamedStep<NativeAnswer, InvokeStreamEvent, NativeAnswer>;

/** A language of "View code". */
export interface CodeLanguageChoice {
  readonly id: string;
  readonly label: string;
  readonly languageId: string;
}

const Code = z.object({ document: DocumentSchema, laneId: z.string(), language: z.string() });

/** The current request as programs. */
export interface ViewedCode {
  readonly languages: readonly CodeLanguageChoice[];
  readonly code: string;
}

/** What the page starts from. */
export interface LoadedPlayground {
  readonly document: PlaygroundDocument;
  /** Answers that still arrive, by lane. */
  readonly runs: readonly OpenRun[];
  /** The native answer that still arrives. */
  readonly nativeRunId?: string;
  /** Prompts that were sent before, oldest first. */
  readonly inputs: readonly string[];
  /** True where the person asked to send the playground as it is. */
  readonly isToSend: boolean;
}

/** The lane whose settings are shown, and what is typed below it and not sent yet. */
const Menu = z.object({ laneId: z.string(), draft: z.string() });

/** What the playground page may ask the extension for. */
export const playgroundContract = {
  ...pageCalls,
  load: call<undefined, LoadedPlayground>(z.undefined()),
  watch: stream<undefined, PageUpdate>(z.undefined()),
  /** Opens a playground of its own. */
  open: call<PlaygroundDocument, undefined>(DocumentSchema),
  /** Puts a playground into the history, without opening it. */
  keepBranch: call<PlaygroundDocument, undefined>(DocumentSchema),
  save: call<PlaygroundDocument, undefined>(DocumentSchema),
  start: call<StartRun, { readonly problems: readonly ConversationProblem[] }>(Start),
  follow: stream<z.infer<typeof RunId>, RunEvent>(RunId),
  /** Ends an answer of either kind; what came is kept. */
  stop: call<z.infer<typeof RunId>, undefined>(RunId),
  modelFacts: call<z.infer<typeof ModelId>, ModelFacts>(ModelId),
  pickModel: call<z.infer<typeof ModelPick>, ModelFacts | undefined>(ModelPick),
  pickGuardrail: call<GuardrailPick, GuardrailPick | undefined>(GuardrailPickSchema),
  countTokens: call<z.infer<typeof ConversationSchema>, TokenCount>(ConversationSchema),
  check: call<z.infer<typeof ConversationSchema>, readonly ConversationProblem[]>(
    ConversationSchema,
  ),
  /** What an answer misses of a schema, in words. */
  checkAnswer: call<{ readonly text: string; readonly schema: string }, readonly string[]>(
    z.object({ text: z.string(), schema: z.string() }),
  ),
  pickFiles: call<undefined, readonly ReadFile[]>(z.undefined()),
  readFiles: call<{ readonly uris: string[] }, readonly ReadFile[]>(
    z.object({ uris: z.array(z.string()) }),
  ),
  readyNative: call<z.infer<typeof ModelId>, ReadyNative>(ModelId),
  checkNative: call<{ readonly modelId: string; readonly body: string }, readonly BodyProblem[]>(
    z.object({ modelId: z.string(), body: z.string() }),
  ),
  helpNative: call<
    { readonly modelId: string; readonly body: string; readonly offset: number },
    BodyHelp
  >(z.object({ modelId: z.string(), body: z.string(), offset: z.int() })),
  startNative: call<z.infer<typeof StartNative>, undefined>(StartNative),
  followNative: stream<z.infer<typeof RunId>, NativeEvent>(RunId),
  viewCode: call<z.infer<typeof Code>, ViewedCode>(Code),
  showHistory: call<undefined, undefined>(z.undefined()),
  /** Rename, export, prompt files, datasets: the editor's own list. */
  showMenu: call<z.infer<typeof Menu>, undefined>(Menu),
  openText: call<z.infer<typeof TextFile>, undefined>(TextFile),
  insertText: call<z.infer<typeof Text>, undefined>(Text),
} as const;

/** Handed to the page in its HTML. */
export type PlaygroundPageData = PageData<PlaygroundStrings>;
