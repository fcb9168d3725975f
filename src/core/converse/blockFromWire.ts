import { isJsonObject } from './jsonText.js';
import type {
  Block,
  Citation,
  DocumentFormat,
  ImageFormat,
  JsonObject,
  JsonValue,
  ToolResultBlock,
  ToolResultContent,
  Usage,
} from './types.js';

/** A content block as AWS wrote it (bytes in base64); unknown ones become `other`. */
export function blockFromWire(value: JsonObject): Block {
  const { text, toolUse, toolResult, reasoningContent, citationsContent, cachePoint } = value;
  if (typeof text === 'string') return { type: 'text', text };
  if (isJsonObject(toolUse)) {
    const isServerTool = toolUse['type'] === 'server_tool_use';
    return {
      type: 'toolUse',
      toolUseId: textOf(toolUse['toolUseId']),
      name: textOf(toolUse['name']),
      input: toolUse['input'] ?? {},
      ...(isServerTool && { isServerTool }),
    };
  }
  if (isJsonObject(toolResult)) {
    const content = objects(toolResult['content']).map(resultFromWire);
    return { type: 'toolResult', ...resultStart(toolResult), content };
  }
  if (isJsonObject(reasoningContent)) return reasoningFromWire(reasoningContent);
  if (isJsonObject(citationsContent)) {
    return {
      type: 'text',
      text: objects(citationsContent['content'])
        .map((part) => textOf(part['text']))
        .join(''),
      citations: objects(citationsContent['citations']).map(citationFromWire),
    };
  }
  if (isJsonObject(cachePoint)) {
    const { ttl } = cachePoint;
    return { type: 'cachePoint', ...(ttl === '5m' || ttl === '1h' ? { ttl } : {}) };
  }
  return mediaFromWire(value);
}

function mediaFromWire(value: JsonObject): Block & ToolResultContent {
  const { image, document } = value;
  if (isJsonObject(image)) {
    const base64 = bytesOf(image);
    const format = textOf(image['format']) as ImageFormat;
    if (base64 !== undefined) return { type: 'image', format, base64 };
  }
  if (isJsonObject(document)) {
    const base64 = bytesOf(document);
    const format = textOf(document['format']) as DocumentFormat;
    const name = textOf(document['name']);
    if (base64 !== undefined) return { type: 'document', format, name, base64 };
  }
  return { type: 'other', value };
}

function bytesOf({ source }: JsonObject): string | undefined {
  const bytes = isJsonObject(source) ? source['bytes'] : undefined;
  return typeof bytes === 'string' ? bytes : undefined;
}

/** What a tool's result says of itself; only those of tools that AWS ran have a type. */
export function resultStart({
  toolUseId,
  status,
  type,
}: JsonObject): Omit<ToolResultBlock, 'type' | 'content'> {
  return {
    toolUseId: textOf(toolUseId),
    ...(status === 'success' || status === 'error' ? { status } : {}),
    ...(typeof type === 'string' && type !== '' && { isServerTool: true, serverType: type }),
  };
}

/** One part of a tool's result as AWS wrote it. */
export function resultFromWire(value: JsonObject): ToolResultContent {
  const { text, json } = value;
  if (typeof text === 'string') return { type: 'text', text };
  if (json !== undefined) return { type: 'json', json };
  return mediaFromWire(value);
}

function reasoningFromWire({ reasoningText, redactedContent }: JsonObject): Block {
  if (typeof redactedContent === 'string') {
    return { type: 'reasoning', text: '', redacted: redactedContent };
  }
  const shown = isJsonObject(reasoningText) ? reasoningText : {};
  const { signature } = shown;
  return {
    type: 'reasoning',
    text: textOf(shown['text']),
    ...(typeof signature === 'string' && { signature }),
  };
}

/** A citation as AWS wrote it, in an answer or in a delta. */
export function citationFromWire(value: JsonObject): Citation {
  const { title, source, location } = value;
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof source === 'string' && { source }),
    quotes: objects(value['sourceContent']).map((part) => textOf(part['text'])),
    ...(isJsonObject(location) && { location }),
  };
}

/** Token counts as AWS wrote them; what is absent stays absent. */
export function usageFromWire(value: JsonValue | undefined): Usage | undefined {
  if (!isJsonObject(value)) return undefined;
  const count = (to: keyof Usage, from: string): Usage => {
    const found = value[from];
    return typeof found === 'number' ? { [to]: found } : {};
  };
  return {
    ...count('inputTokens', 'inputTokens'),
    ...count('outputTokens', 'outputTokens'),
    ...count('totalTokens', 'totalTokens'),
    ...count('cacheReadTokens', 'cacheReadInputTokens'),
    ...count('cacheWriteTokens', 'cacheWriteInputTokens'),
    ...oneHourWrites(value),
  };
}

function oneHourWrites({ cacheDetails }: JsonObject): Usage {
  const tokens = objects(cacheDetails)
    .filter(({ ttl }) => ttl === '1h')
    .reduce((sum, { inputTokens }) => sum + (typeof inputTokens === 'number' ? inputTokens : 0), 0);
  return tokens > 0 ? { cacheWriteOneHourTokens: tokens } : {};
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
