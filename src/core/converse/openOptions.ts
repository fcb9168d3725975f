import * as z from 'zod/mini';
import { newConversation } from './conversation.js';
import type { Conversation, Turn } from './types.js';

/** What a new conversation starts with: all optional, messages as the Converse API has them. */
export const conversationOptions = z.object({
  system: z.optional(z.string()),
  messages: z.optional(
    z.array(
      z.object({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string(), z.array(z.object({ text: z.string() }))]),
      }),
    ),
  ),
  parameters: z.optional(
    z.object({
      maxTokens: z.optional(z.number()),
      temperature: z.optional(z.number()),
      topP: z.optional(z.number()),
      stopSequences: z.optional(z.array(z.string())),
    }),
  ),
});
export type ConversationOptions = z.infer<typeof conversationOptions>;

/** A conversation a model with what the caller gave; their turns have the same ids. */
export function conversationsOf(
  options: ConversationOptions,
  modelIds: readonly string[],
  newId: () => string,
): Conversation[] {
  const turns = (options.messages ?? []).map((message): Turn => {
    const { role, content } = message;
    const texts = typeof content === 'string' ? [{ text: content }] : content;
    return { id: newId(), role, content: texts.map(({ text }) => ({ type: 'text', text })) };
  });
  const parameters = Object.fromEntries(
    Object.entries(options.parameters ?? {}).filter(([, value]) => value !== undefined),
  );
  return modelIds.map((modelId) => {
    const conversation = newConversation(newId(), modelId);
    return {
      ...conversation,
      system: options.system ?? '',
      turns,
      settings: { ...conversation.settings, parameters },
    };
  });
}
