import type { JsonObject, JsonValue } from './types.js';
import type { ConverseRequest, WireMessage } from './wire.js';

/** A message of a chat host (VS Code's language model API), as plain data. Bytes are base64. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly ChatPart[];
}

export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly mimeType: string; readonly base64: string }
  | {
      readonly type: 'toolCall';
      readonly id: string;
      readonly name: string;
      readonly input: JsonValue;
    }
  | { readonly type: 'toolResult'; readonly id: string; readonly content: readonly ChatPart[] };

export interface ChatTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema?: JsonObject;
}

export interface ChatRequest {
  readonly modelId: string;
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ChatTool[];
  /** True where the model must call a tool. */
  readonly mustCallTool?: boolean;
  readonly maxTokens?: number;
}

/**
 * A chat host's request as a Converse request: messages of one role in a row become one (Converse wants
 * roles to alternate), system messages go to `system`, and tools are sent also where only earlier
 * messages use them, because Converse refuses tool blocks without a tool configuration.
 */
export function toConverseRequest(request: ChatRequest, names: ToolNames): ConverseRequest {
  const system = request.messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'text' ? [{ text: part.text }] : [])),
    );
  const messages = mergeRoles(request.messages, names);
  const tools = toolsOf(request, names);
  return {
    modelId: request.modelId,
    messages,
    ...(system.length > 0 ? { system } : {}),
    ...(request.maxTokens === undefined
      ? {}
      : { inferenceConfig: { maxTokens: request.maxTokens } }),
    ...(tools.length > 0
      ? { toolConfig: { tools, ...(request.mustCallTool ? { toolChoice: { any: {} } } : {}) } }
      : {}),
  };
}

function mergeRoles(messages: readonly ChatMessage[], names: ToolNames): WireMessage[] {
  const merged: { role: 'user' | 'assistant'; content: JsonObject[] }[] = [];
  for (const { role, parts } of messages) {
    if (role === 'system') continue;
    const content = toBlocks(parts, names);
    if (content.length === 0) continue;
    const last = merged.at(-1);
    if (last?.role === role) last.content.push(...content);
    else merged.push({ role, content });
  }
  return merged;
}

/** Image formats Converse takes, by MIME type. */
const imageFormats: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

function toBlocks(parts: readonly ChatPart[], names: ToolNames): JsonObject[] {
  return parts.map((part) => toBlock(part, names)).filter((block) => block !== undefined);
}

function toBlock(part: ChatPart, names: ToolNames): JsonObject | undefined {
  switch (part.type) {
    case 'text':
      // Converse refuses empty text.
      return part.text === '' ? undefined : { text: part.text };
    case 'image': {
      const format = imageFormats[part.mimeType];
      return format ? { image: { format, source: { bytes: part.base64 } } } : undefined;
    }
    case 'toolCall':
      return { toolUse: { toolUseId: part.id, name: names.toWire(part.name), input: part.input } };
    case 'toolResult':
      return {
        toolResult: {
          toolUseId: part.id,
          content: resultContent(part.content, names),
        },
      };
  }
}

function resultContent(parts: readonly ChatPart[], names: ToolNames): JsonObject[] {
  const content = toBlocks(parts, names);
  return content.length > 0 ? content : [{ text: '(no content)' }];
}

function toolsOf(request: ChatRequest, names: ToolNames): JsonObject[] {
  const offered = new Map((request.tools ?? []).map((tool) => [tool.name, tool]));
  for (const { parts } of request.messages) {
    for (const part of parts) {
      if (part.type === 'toolCall' && !offered.has(part.name)) {
        offered.set(part.name, { name: part.name, description: part.name });
      }
    }
  }
  return [...offered.values()].map((tool): JsonObject => ({
    toolSpec: {
      name: names.toWire(tool.name),
      description: tool.description === '' ? tool.name : tool.description,
      inputSchema: { json: tool.inputSchema ?? { type: 'object', properties: {} } },
    },
  }));
}

/**
 * Tool names in Converse's alphabet (`[a-zA-Z0-9_-]{1,64}`) and back. Two names that would become the
 * same get a number.
 */
export class ToolNames {
  private readonly wireOf = new Map<string, string>();
  private readonly nameOf = new Map<string, string>();

  toWire(name: string): string {
    const known = this.wireOf.get(name);
    if (known !== undefined) return known;
    const plain = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 60) || 'tool';
    let wire = plain;
    for (let number = 2; this.nameOf.has(wire); number++) wire = `${plain}_${number}`;
    this.wireOf.set(name, wire);
    this.nameOf.set(wire, name);
    return wire;
  }

  fromWire(wire: string): string {
    return this.nameOf.get(wire) ?? wire;
  }
}
