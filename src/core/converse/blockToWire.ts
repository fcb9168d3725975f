import { isBlank } from '../models/bodies/finding.js';
import { isJsonObject, parseJsonObject, parseJsonText } from './jsonText.js';
import type { Block, Citation, JsonObject, JsonValue, ToolResultContent } from './types.js';

/** A block in AWS's words; bytes stay base64. */
export function blockToWire(block: Block | ToolResultContent): JsonObject {
  switch (block.type) {
    case 'text':
      return 'citations' in block ? citedText(block.text, block.citations) : { text: block.text };
    case 'json':
      return { json: block.json };
    case 'image':
      return { image: { format: block.format, source: { bytes: block.base64 } } };
    case 'document': {
      const { format, name, base64, citations } = block;
      const cited = citations ? { citations: { enabled: true } } : {};
      return { document: { format, name, source: { bytes: base64 }, ...cited } };
    }
    case 'toolUse': {
      const { toolUseId, name, input, isServerTool } = block;
      return {
        toolUse: {
          toolUseId,
          name,
          input: toolInput(input),
          ...(isServerTool && { type: 'server_tool_use' }),
        },
      };
    }
    case 'toolResult': {
      const { toolUseId, content, status, serverType: type } = block;
      const given = content.filter((part) => part.type !== 'text' || !isBlank(part.text));
      const sent = given.length === 0 ? [{ text: '(empty)' }] : given.map(blockToWire);
      return {
        toolResult: { toolUseId, content: sent, ...(status && { status }), ...(type && { type }) },
      };
    }
    case 'reasoning': {
      const { text, signature, redacted } = block;
      if (redacted !== undefined) return { reasoningContent: { redactedContent: redacted } };
      const reasoningText = { text, ...(signature === undefined ? {} : { signature }) };
      return { reasoningContent: { reasoningText } };
    }
    case 'cachePoint':
      return { cachePoint: { type: 'default', ...(block.ttl && { ttl: block.ttl }) } };
    case 'other':
      return block.value;
  }
}

/**
 * A tool's input as the object that Converse wants back: "The format of the value at … toolUse.input is
 * invalid" (https://github.com/vercel/ai/pull/19023, 2026-11). Models also write JSON in a text, a list or null.
 */
export function toolInput(input: JsonValue): JsonObject {
  if (isJsonObject(input)) return input;
  if (input === null || input === '') return {};
  const parsed = typeof input === 'string' ? parseJsonObject(input) : undefined;
  return parsed?.ok ? parsed.value : { input };
}

function citedText(text: string, citations: readonly Citation[]): JsonObject {
  return {
    citationsContent: {
      content: [{ text }],
      citations: citations.map(({ title, source, quotes, location }) => ({
        ...(title === undefined ? {} : { title }),
        ...(source === undefined ? {} : { source }),
        sourceContent: quotes.map((quote) => ({ text: quote })),
        ...(location && { location }),
      })),
    },
  };
}

/** What the mock-result box holds, as the result of a tool: a JSON object as JSON, else as text. */
export function mockToolResult(text: string): ToolResultContent {
  const parsed = parseJsonText(text);
  const isObject =
    parsed.ok &&
    typeof parsed.value === 'object' &&
    parsed.value !== null &&
    !Array.isArray(parsed.value);
  return isObject ? { type: 'json', json: parsed.value } : { type: 'text', text };
}
