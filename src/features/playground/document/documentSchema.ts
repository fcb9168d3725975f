import * as z from 'zod/mini';
import {
  ConversationSchema,
  NativeAnswerSchema,
} from '../../../core/converse/conversationSchema.js';

/** The most models one prompt is tried on at once. */
export const maxLanes = 4;

export const NativeSchema = z.object({
  /** The model the body was made for. */
  modelId: z.string(),
  body: z.string(),
  contentType: z.string(),
  accept: z.string(),
  isStreaming: z.boolean(),
  guardrail: z.exactOptional(
    z.object({ id: z.string(), version: z.string(), name: z.exactOptional(z.string()) }),
  ),
  trace: z.exactOptional(z.enum(['ENABLED', 'DISABLED', 'ENABLED_FULL'])),
  serviceTier: z.exactOptional(z.enum(['priority', 'default', 'flex', 'reserved'])),
  latency: z.exactOptional(z.enum(['standard', 'optimized'])),
});
/** The request of native mode: InvokeModel with the provider's own body. */
export type NativeRequest = Readonly<z.infer<typeof NativeSchema>>;

const VerdictSchema = z.object({
  /** Id of the lane that was voted for. */
  winner: z.exactOptional(z.string()),
  note: z.exactOptional(z.string()),
});

export const DocumentSchema = z.object({
  version: z.literal(1),
  id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  title: z.exactOptional(z.string()),
  mode: z.enum(['converse', 'native']),
  /** One conversation a model; a user's turn has the same id in all of them. */
  lanes: z.array(ConversationSchema).check(z.minLength(1), z.maxLength(maxLanes)),
  native: NativeSchema,
  /** What native mode gave last. */
  nativeAnswer: z.exactOptional(NativeAnswerSchema),
  /** By id of the user's turn. */
  verdicts: z.record(z.string(), VerdictSchema),
});
/** Everything a playground shows and keeps. */
export type PlaygroundDocument = Readonly<z.infer<typeof DocumentSchema>>;

/** The request of native mode before a model is chosen. */
export const emptyNative: NativeRequest = {
  modelId: '',
  body: '',
  contentType: 'application/json',
  accept: 'application/json',
  isStreaming: true,
};
