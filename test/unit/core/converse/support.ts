import { newConversation } from '../../../../src/core/converse/conversation.js';
import type { Block, Conversation, Settings, Turn } from '../../../../src/core/converse/types.js';

export const text = (value: string): Block => ({ type: 'text', text: value });

export const userTurn = (id: string, ...content: Block[]): Turn => ({ id, role: 'user', content });

export const assistantTurn = (id: string, ...content: Block[]): Turn => ({
  id,
  role: 'assistant',
  content,
});

/** A conversation of one question to Nova Lite, changed as a test needs it. */
export function aConversation(
  change: Partial<Omit<Conversation, 'settings'>> & { settings?: Partial<Settings> } = {},
): Conversation {
  const base = newConversation('c1', 'amazon.nova-lite-v1:0');
  return {
    ...base,
    turns: [userTurn('u1', text('Hello'))],
    ...change,
    settings: { ...base.settings, ...change.settings },
  };
}

/** Numbers between 0 and 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
