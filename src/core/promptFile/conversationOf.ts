import { newConversation } from '../converse/conversation.js';
import type { Conversation, Settings, Tool, ToolChoice } from '../converse/types.js';
import type { FrontMatter } from './frontMatter.js';
import type { Section } from './sections.js';

/** The conversation a prompt file describes. Turn ids are `turn-1`, `turn-2` … */
export function conversationOf(
  front: FrontMatter,
  sections: readonly Pick<Section, 'role' | 'text'>[],
): Conversation {
  const { title, model = '', system, variables = {} } = front;
  const systems = [
    ...(system === undefined ? [] : [system]),
    ...sections.filter(({ role }) => role === 'system').map((section) => section.text),
  ];
  const turns = sections
    .filter(({ role }) => role !== 'system')
    .map(({ role, text }, index) => ({
      id: `turn-${index + 1}`,
      role: role === 'assistant' ? ('assistant' as const) : ('user' as const),
      content: [{ type: 'text' as const, text }],
    }));
  return {
    ...newConversation('', model),
    ...(title === undefined ? {} : { title }),
    system: systems.join('\n\n'),
    turns,
    settings: settingsOf(front),
    variables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, String(value)]),
    ),
  };
}

function settingsOf(front: FrontMatter): Settings {
  const { tools, toolChoice, structuredOutput, additionalFields, guardrail, caching } = front;
  const { serviceTier, latency, effort } = front;
  const shape = structuredOutput && {
    ...structuredOutput,
    schema: jsonText(structuredOutput.schema),
  };
  const guard = guardrail && {
    ...guardrail,
    version: String(guardrail.version),
    trace: guardrail.trace ?? ('enabled' as const),
  };
  const settings = {
    isStreaming: front.streaming ?? true,
    parameters: front.parameters ?? {},
    additionalFields: additionalFields === undefined ? undefined : jsonText(additionalFields),
    tools: tools?.map((tool) => ({ ...tool, inputSchema: jsonText(tool.inputSchema) }) as Tool),
    toolChoice: toolChoice === undefined ? undefined : choiceOf(toolChoice),
    structuredOutput: shape,
    guardrail: guard,
    serviceTier,
    latency,
    effort,
    caching,
  };
  // Absent members stay absent: what is not set is not sent.
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as unknown as Settings;
}

function choiceOf(choice: NonNullable<FrontMatter['toolChoice']>): ToolChoice {
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', name: choice.tool };
}

/** JSON as text, in the form `jsonForYaml` turns back into an object. */
export function jsonText(value: string | Readonly<Record<string, unknown>>): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}

/** JSON text as an object where nothing of the text gets lost by it, else the text itself. */
export function jsonForYaml(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && JSON.stringify(value, undefined, 2) === text ? value : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
