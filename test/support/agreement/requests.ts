import type { ChatRequest } from '../../../src/core/converse/chatRequest.js';
import { newConversation } from '../../../src/core/converse/conversation.js';
import type { Conversation, JsonObject } from '../../../src/core/converse/types.js';
import { familyOf } from '../../../src/core/models/families.js';
import type { Asked } from './ruleRows.js';

/** Only what is given. */
function given<T extends object>(members: T): T {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as T;
}

const isEmpty = (value: object) => Object.keys(given(value)).length === 0;

/** What goes beside Converse's own parameters. */
function more({ topK, thinking, beta }: Asked): object {
  return given({ top_k: topK, thinking, anthropic_beta: beta });
}

/** The request as a Converse body. */
export function converseBody(asked: Asked): JsonObject {
  const { turns, system, temperature, topP, maxTokens, stop, tools, isForced } = asked;
  const config = { maxTokens, temperature, topP, stopSequences: stop };
  return given({
    messages: turns.map(([role, text]) => ({ role, content: [{ text }] })),
    system: system === undefined ? undefined : [{ text: system }],
    inferenceConfig: isEmpty(config) ? undefined : given(config),
    additionalModelRequestFields: isEmpty(more(asked)) ? undefined : more(asked),
    toolConfig: tools && {
      tools: tools.map((json, index) => ({
        toolSpec: { name: `t${index}`, inputSchema: { json } },
      })),
      ...(isForced && { toolChoice: { any: {} } }),
    },
  }) as unknown as JsonObject;
}

/** The request as the family's own body; undefined where it would say another thing there. */
export function nativeBody(modelId: string, asked: Asked): JsonObject | undefined {
  const { turns, system, temperature, topP, topK, maxTokens, stop, thinking, beta } = asked;
  if (familyOf(modelId) === 'nova') return asked.topK ? undefined : converseBody(asked);
  if (familyOf(modelId) !== 'anthropic') return undefined;
  return given({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: maxTokens ?? 100,
    messages: turns.map(([role, content]) => ({ role, content })),
    ...{ system, temperature, top_p: topP, top_k: topK, stop_sequences: stop, thinking },
    anthropic_beta: beta,
    tools: asked.tools?.map((input_schema, index) => ({ name: `t${index}`, input_schema })),
    tool_choice: asked.isForced ? { type: 'any' } : undefined,
  }) as unknown as JsonObject;
}

/** The request as a playground's conversation. */
export function conversation(modelId: string, asked: Asked): Conversation {
  const { turns, system = '', temperature, topP, maxTokens, stop, tools } = asked;
  return {
    ...newConversation('c1', modelId),
    system,
    turns: turns.map(([role, text], index) => ({
      id: `t${index}`,
      role,
      content: [{ type: 'text', text }],
    })),
    settings: {
      isStreaming: true,
      parameters: given({ temperature, topP, maxTokens, stopSequences: stop }) as object,
      ...(!isEmpty(more(asked)) && { additionalFields: JSON.stringify(more(asked)) }),
      ...(tools && {
        tools: tools.map((schema, index) => ({
          name: `t${index}`,
          inputSchema: JSON.stringify(schema),
        })),
      }),
    },
  };
}

/** The part of the request that a chat host can ask for. */
export function chatAsked(modelId: string, { system, turns, tools }: Asked): ChatRequest {
  const part = (text: string) => [{ type: 'text' as const, text }];
  return {
    modelId,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, parts: part(system) }]),
      ...turns.map(([role, text]) => ({ role, parts: part(text) })),
    ],
    ...(tools && {
      tools: tools.map((schema, index) => ({
        name: `t${index}`,
        description: 'A tool.',
        inputSchema: schema as JsonObject,
      })),
    }),
  };
}
