import type { ToolCall } from './modelAnswer.js';

/**
 * The answer with its tools' inputs as the JSON has them: JSON.parse changes long numbers and members
 * given twice. `above` is where in the JSON the answer's body is.
 */
export async function withExactInputs<A extends { readonly toolCalls?: readonly ToolCall[] }>(
  answer: A,
  json: string,
  above: ToolCall['path'] = [],
): Promise<A> {
  const { toolCalls = [] } = answer;
  // Chats give JSON in a string, which is exact already.
  const isExact = (input: string) => json.includes(input) || json.includes(JSON.stringify(input));
  if (toolCalls.every(({ input }) => isExact(input))) return answer;
  // Loaded with the first answer that needs it.
  const { sourceAt } = await import('../json/sourceText.js');
  const exact = toolCalls.map((call) => {
    const source = sourceAt(json, [...above, ...call.path]);
    return source?.startsWith('{') === true ? { ...call, input: source } : call;
  });
  return { ...answer, toolCalls: exact };
}
