import * as z from 'zod/mini';
import type { Rates } from '../../core/converse/cost.js';
import type { TokenCount } from '../../core/converse/runtimeApi.js';
import type { AnswerState } from '../../core/converse/streamReducer.js';
import type { StreamEvent } from '../../core/converse/streamEvents.js';
import type { ConversationProblem, Turn } from '../../core/converse/types.js';
import type { ErrorAction, ErrorKind } from '../../core/errors.js';
import { call, stream } from '../../rpc/contract.js';
import { ConversationSchema } from './conversationSchema.js';
import { DocumentSchema, type PlaygroundDocument } from './documentSchema.js';
import type { PlaygroundStrings } from './strings.js';

const RunId = z.object({ runId: z.string() });
const Start = z.object({
  runId: z.string(),
  laneId: z.string(),
  /** Id the answer's turn will have. */
  turnId: z.string(),
  conversation: ConversationSchema,
});
export type StartRun = Readonly<z.infer<typeof Start>>;
const ModelId = z.object({ modelId: z.string() });
const Text = z.object({ text: z.string() });
const TextFile = z.object({ text: z.string(), languageId: z.string() });

/** What the person has to know of a model before a prompt is sent. */
export interface ModelFacts {
  readonly modelId: string;
  readonly name: string;
  readonly provider?: string;
  /** Modalities as AWS spells them; absent where the model is not in the list. */
  readonly input?: readonly string[];
  readonly canStream?: boolean;
  /** Absent where no price could be backed by a source. */
  readonly rates?: Rates;
  /** Tokens the model reads and writes at most. */
  readonly context?: { readonly input: number; readonly output?: number };
}

/** What the connection means for the bill. */
export interface ConnectionFacts {
  readonly kind: 'sandbox' | 'aws' | 'none';
  /** Region and profile, for people. */
  readonly label: string;
}

/** An error with what can be done about it. */
export interface RunFailure {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly action?: ErrorAction;
}

/** An answer as it arrives: the state so far first, then every event, then how it ended. */
export type RunEvent =
  | { readonly type: 'state'; readonly state: AnswerState }
  | { readonly type: 'events'; readonly events: readonly StreamEvent[] }
  | { readonly type: 'end'; readonly turn: Turn; readonly failure?: RunFailure };

/** What the extension tells the page without being asked. */
export type PageUpdate =
  | { readonly type: 'connection'; readonly connection: ConnectionFacts }
  | { readonly type: 'document'; readonly document: PlaygroundDocument };

/** An answer that still arrives, or that arrived while the page was hidden. */
export interface OpenRun {
  readonly runId: string;
  readonly laneId: string;
}

/** What the page starts from. */
export interface LoadedPlayground {
  readonly document: PlaygroundDocument;
  readonly runs: readonly OpenRun[];
  /** Prompts that were sent before, oldest first. */
  readonly inputs: readonly string[];
}

/** What the playground page may ask the extension for. */
export const playgroundContract = {
  load: call<undefined, LoadedPlayground>(z.undefined()),
  watch: stream<undefined, PageUpdate>(z.undefined()),
  /** Opens a playground of its own. */
  open: call<PlaygroundDocument, undefined>(DocumentSchema),
  save: call<PlaygroundDocument, undefined>(DocumentSchema),
  start: call<StartRun, { readonly problems: readonly ConversationProblem[] }>(Start),
  follow: stream<z.infer<typeof RunId>, RunEvent>(RunId),
  stop: call<z.infer<typeof RunId>, undefined>(RunId),
  modelFacts: call<z.infer<typeof ModelId>, ModelFacts>(ModelId),
  pickModel: call<z.infer<typeof ModelId>, ModelFacts | undefined>(ModelId),
  countTokens: call<z.infer<typeof ConversationSchema>, TokenCount>(ConversationSchema),
  copy: call<z.infer<typeof Text>, undefined>(Text),
  openText: call<z.infer<typeof TextFile>, undefined>(TextFile),
  insertText: call<z.infer<typeof Text>, undefined>(Text),
  openLink: call<z.infer<typeof Text>, undefined>(Text),
  /** Does what an error proposes; true where the request may be sent again. */
  act: call<{ readonly action: ErrorAction }, boolean>(
    z.object({
      action: z.enum([
        'signIn',
        'pickConnection',
        'openModelAccess',
        'setApiKey',
        'showLog',
        'retry',
        'startSandbox',
      ]),
    }),
  ),
} as const;

/** Handed to the page in its HTML. */
export interface PlaygroundPageData {
  readonly lang: string;
  readonly documentId: string;
  readonly strings: PlaygroundStrings;
}
