import type { Citation, JsonObject, Usage } from '../converse/types.js';
import { arrayOf, at, numberOf, stringOf } from '../models/bodies/json.js';
import { modelAnswer, toolCall, type ModelAnswer } from './modelAnswer.js';

/**
 * Claude's message, or the completion of the models before it:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 */
export function readClaudeAnswer(output: unknown): ModelAnswer {
  const blocks = arrayOf(at(output, 'content'));
  const texts = blocks.filter((block) => at(block, 'type') === 'text');
  const text = texts.map((block) => stringOf(at(block, 'text')) ?? '').join('');
  return modelAnswer(text || at(output, 'completion'), {
    reasoning: blocks.map((block) => stringOf(at(block, 'thinking')) ?? '').join(''),
    toolCalls: blocks.flatMap((block, index) =>
      stringOf(at(block, 'type'))?.endsWith('tool_use')
        ? toolCall(at(block, 'name'), at(block, 'input'), ['content', index, 'input'])
        : [],
    ),
    citations: texts.flatMap((block) => arrayOf(at(block, 'citations')).map(claudeCitation)),
    ...readClaudeUsage(at(output, 'usage')),
    stopReason: at(output, 'stop_reason'),
  });
}

/** Tokens of a message or of a stream's event; those written to the cache are told twice. */
export function readClaudeUsage(usage: unknown): Usage {
  const told: [keyof Usage, unknown][] = [
    ['inputTokens', at(usage, 'input_tokens')],
    ['outputTokens', at(usage, 'output_tokens')],
    ['cacheReadTokens', at(usage, 'cache_read_input_tokens')],
    ['cacheWriteTokens', at(usage, 'cache_creation_input_tokens')],
  ];
  // Only where there are any: unknown and none cost the same here.
  const oneHour = numberOf(at(usage, 'cache_creation', 'ephemeral_1h_input_tokens')) ?? 0;
  if (oneHour > 0) told.push(['cacheWriteOneHourTokens', oneHour]);
  return Object.fromEntries(told.filter(([, count]) => numberOf(count) !== undefined));
}

/** A citation in Converse's words: https://platform.claude.com/docs/en/build-with-claude/citations */
export function claudeCitation(citation: unknown): Citation {
  const title = stringOf(at(citation, 'document_title')) ?? stringOf(at(citation, 'title'));
  const source = stringOf(at(citation, 'source'));
  const quote = stringOf(at(citation, 'cited_text'));
  const location = claudeLocation(citation);
  return {
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
    quotes: quote === undefined ? [] : [quote],
    ...(location && { location }),
  };
}

const ranges: readonly (readonly [string, string, string, string])[] = [
  ['char_location', 'documentChar', 'start_char_index', 'end_char_index'],
  ['page_location', 'documentPage', 'start_page_number', 'end_page_number'],
  ['content_block_location', 'documentChunk', 'start_block_index', 'end_block_index'],
];

function claudeLocation(citation: unknown): JsonObject | undefined {
  const url = stringOf(at(citation, 'url'));
  if (url !== undefined) return { web: { url } };
  const found = ranges.find(([type]) => type === at(citation, 'type'));
  if (!found) return undefined;
  const [, name, start, end] = found;
  const numbers: [string, number | undefined][] = [
    ['documentIndex', numberOf(at(citation, 'document_index'))],
    ['start', numberOf(at(citation, start))],
    ['end', numberOf(at(citation, end))],
  ];
  const known = numbers.flatMap(([member, value]) =>
    value === undefined ? [] : [[member, value] as const],
  );
  return { [name]: Object.fromEntries(known) };
}
