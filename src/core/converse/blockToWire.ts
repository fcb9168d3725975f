import { parseJsonText } from './jsonText.js';
import type { Block, Citation, JsonObject, ToolResultContent } from './types.js';

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
        toolUse: { toolUseId, name, input, ...serverType(isServerTool, 'server_tool_use') },
      };
    }
    case 'toolResult': {
      const { toolUseId, content, status } = block;
      const given = content.length === 0 ? [{ text: '(empty)' }] : content.map(blockToWire);
      return { toolResult: { toolUseId, content: given, ...(status && { status }) } };
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

function serverType(isServerTool: boolean | undefined, type: string): JsonObject {
  return isServerTool ? { type } : {};
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
