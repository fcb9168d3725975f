import { mockToolResult } from './blockToWire.js';
import type { Conversation, Tool, ToolResultBlock, ToolUseBlock, Turn } from './types.js';

/** The tool calls of the last answer that wait for a result from here. */
export function pendingToolCalls({ turns }: Pick<Conversation, 'turns'>): ToolUseBlock[] {
  const last = turns.at(-1);
  if (last?.role !== 'assistant') return [];
  return last.content.filter(
    (block): block is ToolUseBlock => block.type === 'toolUse' && !block.isServerTool,
  );
}

/** The result of one tool call as its box holds it. */
export interface ToolAnswer {
  readonly toolUseId: string;
  readonly text: string;
  readonly isError?: boolean;
}

/** The user's turn that carries the results, in the order of the calls; then send the conversation. */
export function toolResultTurn(id: string, answers: readonly ToolAnswer[]): Turn {
  const content = answers.map(({ toolUseId, text, isError }): ToolResultBlock => ({
    type: 'toolResult',
    toolUseId,
    content: [mockToolResult(text)],
    ...(isError && { status: 'error' }),
  }));
  return { id, role: 'user', content };
}

/** The mock results of the calls' tools; undefined where one of the tools has none. */
export function mockAnswers(
  calls: readonly ToolUseBlock[],
  tools: readonly Tool[],
): ToolAnswer[] | undefined {
  const answers: ToolAnswer[] = [];
  for (const { toolUseId, name } of calls) {
    const text = tools.find((tool) => tool.name === name)?.mockResult;
    if (text === undefined) return undefined;
    answers.push({ toolUseId, text });
  }
  return answers;
}
