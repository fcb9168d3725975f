import type { CatalogueModel } from '../../models/catalogue.js';
import type { Json } from '../bodyCheck.js';
import type { ChatReply, ChatRequest } from '../chat.js';

/** How one family of chat and text models speaks through InvokeModel. */
export interface ChatFamily {
  /** Checks a native body as AWS would (throws a ValidationException) and reads the prompt. */
  readonly read: (body: Json, model: CatalogueModel) => ChatRequest;
  /** The native answer. */
  readonly write: (reply: ChatReply, body: Json, model: CatalogueModel) => Json;
  /** The native chunks of a streamed answer. */
  readonly stream: (reply: ChatReply, body: Json, model: CatalogueModel) => Json[];
}

/** How one family of embedding models speaks: vectors at once, no stream. */
export interface EmbeddingFamily {
  readonly embed: (body: Json, model: CatalogueModel) => { output: Json; inputTokens: number };
}
