import { baseModelId } from '../models/families.js';
import { documentNames, freeName } from './attachments.js';
import { blockToWire } from './blockToWire.js';
import { parseJsonObject, parseJsonText } from './jsonText.js';
import type { Block, Caching, Conversation, JsonObject, Settings, Turn } from './types.js';
import { fillVariables } from './variables.js';
import type { ConverseRequest, WireMessage } from './wire.js';

/**
 * The Converse request of a conversation, with the variables put in. Only what is set is sent.
 * Turns of one role that follow each other become one message, empty ones are left out, thoughts go
 * back only to the model that had them. Run `checkConversation` first: broken JSON is left out here.
 */
export function buildConverseRequest(conversation: Conversation): ConverseRequest {
  const { modelId, settings, variables } = conversation;
  if (isPromptArn(modelId)) return promptRequest(conversation);
  const system = fillVariables(conversation.system, variables);
  const { caching } = settings;
  return {
    modelId,
    messages: withCachePoint(buildMessages(conversation), caching),
    ...(system.trim() === '' ? {} : { system: systemBlocks(system, caching) }),
    ...member('inferenceConfig', inferenceConfig(settings)),
    ...member('toolConfig', toolConfig(settings)),
    ...member('guardrailConfig', guardrailConfig(settings)),
    ...member('additionalModelRequestFields', additionalFields(settings)),
    ...(settings.latency && { performanceConfig: { latency: settings.latency } }),
    ...(settings.serviceTier && { serviceTier: { type: settings.serviceTier } }),
    ...member('outputConfig', outputConfig(settings)),
  };
}

/** True for a prompt of Prompt Management: it brings its own system text, tools and parameters. */
export function isPromptArn(modelId: string): boolean {
  return /^arn:[^:]+:bedrock:[^:]*:\d*:prompt\//.test(modelId);
}

function promptRequest({ modelId, turns, settings, variables }: Conversation): ConverseRequest {
  const filled = Object.entries(variables).map(([name, text]) => [name, { text }] as const);
  return {
    modelId,
    messages: buildMessages({ modelId, turns, variables }),
    ...member('promptVariables', Object.fromEntries(filled)),
    ...member('guardrailConfig', guardrailConfig(settings)),
  };
}

/** A member that is left out where there is nothing in it. */
function member<K extends string>(
  name: K,
  value: JsonObject | undefined,
): Partial<Record<K, JsonObject>> {
  if (value === undefined || Object.keys(value).length === 0) return {};
  return { [name]: value } as Partial<Record<K, JsonObject>>;
}

type MessageParts = Pick<Conversation, 'modelId' | 'turns' | 'variables'>;

function buildMessages({ modelId, turns, variables }: MessageParts): WireMessage[] {
  const messages: { role: 'user' | 'assistant'; content: JsonObject[] }[] = [];
  const taken: string[] = [];
  for (const turn of turns) {
    const content = sentBlocks(filledTurn(turn, variables), modelId).map((block) => {
      const sent =
        block.type === 'document' ? { ...block, name: freeName(block.name, taken) } : block;
      taken.push(...documentNames([sent]));
      return blockToWire(sent);
    });
    const last = messages.at(-1);
    if (content.length === 0) continue;
    if (last?.role === turn.role) last.content.push(...content);
    else messages.push({ role: turn.role, content });
  }
  return messages;
}

/** The turn with the variables of a person's texts put in. */
export function filledTurn(turn: Turn, variables: Conversation['variables']): Turn {
  if (turn.role !== 'user') return turn;
  const content = turn.content.map((block) =>
    block.type === 'text' ? { ...block, text: fillVariables(block.text, variables) } : block,
  );
  return { ...turn, content };
}

/** The blocks that AWS accepts back. */
function sentBlocks(turn: Turn, modelId: string): Block[] {
  const isOwn =
    turn.answer === undefined || baseModelId(turn.answer.modelId) === baseModelId(modelId);
  return turn.content.filter((block) => {
    if (block.type === 'text') return block.text.trim() !== '';
    if (block.type === 'image' || block.type === 'document') return turn.role === 'user';
    if (block.type !== 'reasoning') return true;
    return isOwn && (block.signature !== undefined || block.redacted !== undefined);
  });
}

function cachePoint(caching: Caching): JsonObject {
  return { cachePoint: { type: 'default', ...(caching.ttl && { ttl: caching.ttl }) } };
}

function systemBlocks(text: string, caching: Caching | undefined): JsonObject[] {
  return caching?.afterSystem ? [{ text }, cachePoint(caching)] : [{ text }];
}

function withCachePoint(messages: WireMessage[], caching: Caching | undefined): WireMessage[] {
  const at = messages.findLastIndex(({ role }) => role === 'user');
  if (!caching?.afterLastUserTurn || at < 0) return messages;
  return messages.map((message, index) =>
    index === at ? { ...message, content: [...message.content, cachePoint(caching)] } : message,
  );
}

function inferenceConfig({ parameters }: Settings): JsonObject {
  const { maxTokens, temperature, topP, stopSequences = [] } = parameters;
  return {
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(stopSequences.length === 0 ? {} : { stopSequences }),
  };
}

function toolConfig({ tools = [], toolChoice, caching }: Settings): JsonObject | undefined {
  if (tools.length === 0) return undefined;
  const specs = tools.map(({ name, description, inputSchema }): JsonObject => {
    const schema = parseJsonObject(inputSchema);
    const json = schema.ok ? schema.value : { type: 'object' };
    return { toolSpec: { name, ...(description && { description }), inputSchema: { json } } };
  });
  const choice: JsonObject =
    toolChoice?.type === 'tool'
      ? { tool: { name: toolChoice.name } }
      : { [toolChoice?.type ?? 'auto']: {} };
  return {
    tools: caching?.afterTools ? [...specs, cachePoint(caching)] : specs,
    ...(toolChoice && { toolChoice: choice }),
  };
}

function guardrailConfig({ guardrail, isStreaming }: Settings): JsonObject | undefined {
  if (!guardrail) return undefined;
  const mode = isStreaming && guardrail.streamMode;
  return {
    guardrailIdentifier: guardrail.id,
    guardrailVersion: guardrail.version,
    trace: guardrail.trace,
    ...(mode && { streamProcessingMode: mode }),
  };
}

function additionalFields({ additionalFields: text = '' }: Settings): JsonObject | undefined {
  const parsed = text.trim() === '' ? undefined : parseJsonObject(text);
  return parsed?.ok ? parsed.value : undefined;
}

function outputConfig({ structuredOutput, effort }: Settings): JsonObject {
  const isSchema = structuredOutput && parseJsonText(structuredOutput.schema).ok;
  if (!isSchema) return effort ? { effort } : {};
  const { schema, name, description } = structuredOutput;
  const jsonSchema = { schema, ...(name && { name }), ...(description && { description }) };
  return {
    textFormat: { type: 'json_schema', structure: { jsonSchema } },
    ...(effort && { effort }),
  };
}
