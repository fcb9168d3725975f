import { blockFromWire, usageFromWire } from '../converse/blockFromWire.js';
import { isJsonObject } from '../converse/jsonText.js';
import type { Block, JsonValue, Usage } from '../converse/types.js';
import { arrayOf, at } from '../models/bodies/json.js';
import { addUsage, modelAnswer, toolCall, usageOf, type ModelAnswer } from './modelAnswer.js';

const content = ['output', 'message', 'content'] as const;

/**
 * Converse's response, which is also Nova's own:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html and
 * https://docs.aws.amazon.com/nova/latest/userguide/using-invoke-api.html
 */
export function readConverseAnswer(output: unknown): ModelAnswer {
  const found = arrayOf(at(output, ...content)) as readonly JsonValue[];
  const blocks = found.map((block): Block | undefined =>
    isJsonObject(block) ? blockFromWire(block) : undefined,
  );
  return modelAnswer(blocks.map((block) => (block?.type === 'text' ? block.text : '')).join(''), {
    reasoning: blocks.map((block) => (block?.type === 'reasoning' ? block.text : '')).join(''),
    toolCalls: blocks.flatMap((block, index) =>
      block?.type === 'toolUse'
        ? toolCall(block.name, block.input, [...content, index, 'toolUse', 'input'])
        : [],
    ),
    citations: blocks.flatMap((block) => (block?.type === 'text' ? (block.citations ?? []) : [])),
    ...readConverseUsage(at(output, 'usage')),
    stopReason: at(output, 'stopReason'),
  });
}

/** Tokens of a response or of a stream's last event; Nova's body has names of its own for cached ones. */
export function readConverseUsage(usage: unknown): Usage | undefined {
  return addUsage(
    usageOf({
      cacheReadTokens: at(usage, 'cacheReadInputTokenCount'),
      cacheWriteTokens: at(usage, 'cacheWriteInputTokenCount'),
    }),
    usageFromWire(usage as JsonValue),
  );
}
