import * as l10n from '@vscode/l10n';
import { checkFindings } from '../models/bodies/checkFindings.js';
import { converse } from '../models/bodies/converse.js';
import { faultText } from '../models/bodies/faultWords.js';
import { isBlank } from '../models/bodies/finding.js';
import { isRuledOut } from '../models/rules/modelRules.js';
import { toolInput } from './blockToWire.js';
import { objectSchema } from './objectSchema.js';
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
      // Converse refuses an empty system text.
      parts.flatMap((part) => (part.type === 'text' && !isBlank(part.text) ? [part.text] : [])),
    );
  const takesSystem = !isRuledOut('no-system-text', request.modelId);
  const messages = mergeRoles(
    takesSystem ? request.messages : [userMessage(system), ...request.messages],
    names,
  );
  const tools = toolsOf(request, names);
  return {
    modelId: request.modelId,
    messages,
    ...(system.length > 0 && takesSystem ? { system: system.map((text) => ({ text })) } : {}),
    ...(request.maxTokens === undefined
      ? {}
      : { inferenceConfig: { maxTokens: request.maxTokens } }),
    ...(tools.length > 0
      ? { toolConfig: { tools, ...(request.mustCallTool ? { toolChoice: { any: {} } } : {}) } }
      : {}),
  };
}

/** The host's system texts for a model that takes none: the person's first words, then. */
function userMessage(system: readonly string[]): ChatMessage {
  return { role: 'user', parts: system.map((text) => ({ type: 'text', text })) };
}

/**
 * What AWS would refuse in a chat host's request, in words; undefined where nothing is known against it.
 * Nobody chose these parameters by hand, so a warning is not worth stopping for.
 */
export function chatProblem(
  { modelId, ...body }: ConverseRequest,
  disabledRules: readonly string[] = [],
): string | undefined {
  const found = checkFindings(body, converse, { modelId, disabledRules });
  const first = found.find(({ severity }) => severity === 'error');
  return first && faultText(first, { name: converse.name(), body: l10n.t('The request') });
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
      // Converse refuses blank text.
      return isBlank(part.text) ? undefined : { text: part.text };
    case 'image': {
      const format = imageFormats[part.mimeType];
      return format ? { image: { format, source: { bytes: part.base64 } } } : undefined;
    }
    case 'toolCall':
      return {
        toolUse: {
          toolUseId: part.id,
          name: names.toWire(part.name),
          input: toolInput(part.input),
        },
      };
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
      description: isBlank(tool.description) ? tool.name : tool.description,
      inputSchema: { json: objectSchema(tool.inputSchema) },
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
