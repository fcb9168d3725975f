import * as z from 'zod/mini';
import type { Conversation } from './types.js';
import { errorActions, errorKinds } from '../errors.js';
import type { NativeAnswer } from '../native/nativeAnswer.js';

const optional = z.exactOptional;
const text = z.string();
const count = z.number();
const json = z.json();
const jsonObject = z.record(z.string(), z.json());

const Image = z.object({
  type: z.literal('image'),
  format: z.enum(['png', 'jpeg', 'gif', 'webp']),
  base64: text,
  name: optional(text),
});
const Document = z.object({
  type: z.literal('document'),
  format: z.enum(['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md']),
  name: text,
  base64: text,
  citations: optional(z.boolean()),
});
const Other = z.object({ type: z.literal('other'), value: jsonObject });
const Citation = z.object({
  title: optional(text),
  source: optional(text),
  quotes: z.array(text),
  location: optional(jsonObject),
});
const ttl = z.enum(['5m', '1h']);
const ToolResult = z.object({
  type: z.literal('toolResult'),
  toolUseId: text,
  content: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('text'), text }),
      z.object({ type: z.literal('json'), json }),
      Image,
      Document,
      Other,
    ]),
  ),
  status: optional(z.enum(['success', 'error'])),
  isServerTool: optional(z.boolean()),
  serverType: optional(text),
});
const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text, citations: optional(z.array(Citation)) }),
  Image,
  Document,
  z.object({
    type: z.literal('toolUse'),
    toolUseId: text,
    name: text,
    input: json,
    invalidInput: optional(text),
    isServerTool: optional(z.boolean()),
  }),
  ToolResult,
  z.object({
    type: z.literal('reasoning'),
    text,
    signature: optional(text),
    redacted: optional(text),
  }),
  z.object({ type: z.literal('cachePoint'), ttl: optional(ttl) }),
  Other,
]);

const Usage = z.object({
  inputTokens: optional(count),
  outputTokens: optional(count),
  totalTokens: optional(count),
  cacheReadTokens: optional(count),
  cacheWriteTokens: optional(count),
  cacheWriteOneHourTokens: optional(count),
});

const Timing = z.object({
  firstTokenMs: optional(count),
  totalMs: optional(count),
  latencyMs: optional(count),
});

const errorKind = z.enum(errorKinds);

const Answer = z.object({
  modelId: text,
  time: text,
  status: z.enum(['done', 'stopped', 'failed']),
  stopReason: optional(text),
  usage: optional(Usage),
  timing: optional(Timing),
  trace: optional(jsonObject),
  additionalFields: optional(json),
  serviceTier: optional(text),
  requestId: optional(text),
  error: optional(z.object({ kind: errorKind, message: text })),
});

/** What a native call gave, as it is kept. */
export const NativeAnswerSchema: z.ZodMiniType<NativeAnswer> = z.object({
  modelId: text,
  status: z.enum(['running', 'done', 'stopped', 'failed']),
  headers: z.record(text, text),
  httpStatus: optional(count),
  text,
  raw: text,
  reasoning: optional(text),
  toolCalls: optional(z.array(z.object({ name: text, input: text }))),
  citations: optional(z.array(Citation)),
  stopReason: optional(text),
  guardrailAction: optional(text),
  trace: optional(jsonObject),
  usage: optional(Usage),
  timing: optional(Timing),
  failure: optional(
    z.object({ kind: errorKind, message: text, action: optional(z.enum(errorActions)) }),
  ),
});

const Turn = z.object({
  id: text,
  role: z.enum(['user', 'assistant']),
  content: z.array(Block),
  answer: optional(Answer),
});

const Settings = z.object({
  isStreaming: z.boolean(),
  parameters: z.object({
    maxTokens: optional(count),
    temperature: optional(count),
    topP: optional(count),
    stopSequences: optional(z.array(text)),
  }),
  additionalFields: optional(text),
  tools: optional(
    z.array(
      z.object({
        name: text,
        description: optional(text),
        inputSchema: text,
        mockResult: optional(text),
      }),
    ),
  ),
  toolChoice: optional(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('auto') }),
      z.object({ type: z.literal('any') }),
      z.object({ type: z.literal('tool'), name: text }),
    ]),
  ),
  structuredOutput: optional(
    z.object({ schema: text, name: optional(text), description: optional(text) }),
  ),
  guardrail: optional(
    z.object({
      id: text,
      name: optional(text),
      version: text,
      trace: z.enum(['enabled', 'disabled', 'enabled_full']),
      streamMode: optional(z.enum(['sync', 'async'])),
    }),
  ),
  serviceTier: optional(z.enum(['priority', 'default', 'flex', 'reserved'])),
  latency: optional(z.enum(['standard', 'optimized'])),
  effort: optional(z.enum(['low', 'medium', 'high', 'xhigh', 'max'])),
  caching: optional(
    z.object({
      afterSystem: optional(z.boolean()),
      afterTools: optional(z.boolean()),
      afterLastUserTurn: optional(z.boolean()),
      ttl: optional(ttl),
    }),
  ),
});

/** A conversation as the page, a file or the history hands it over. */
export const ConversationSchema: z.ZodMiniType<Conversation> = z.object({
  version: z.literal(1),
  id: text,
  title: optional(text),
  modelId: text,
  system: text,
  turns: z.array(Turn),
  settings: Settings,
  variables: z.record(text, text),
  branchedFrom: optional(z.object({ conversationId: text, turnId: text })),
});
