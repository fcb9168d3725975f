import { arrayOf, at } from '../models/bodies/json.js';
import type { ConverseRequest } from './wire.js';

/**
 * A rough count of tokens: four characters of Latin text, or one and a half of others, to a token. A
 * guess for showing with "about"; real tokenisers differ by a third either way.
 */
export function estimateTokens(text: string): number {
  let latin = 0;
  let other = 0;
  for (const char of text) {
    if ((char.codePointAt(0) ?? 0) < 0x250) latin++;
    else other++;
  }
  return Math.ceil(latin / 4 + other / 1.5);
}

/** Anthropic's rule of thumb for a full-size picture; smaller ones cost less. */
export const tokensPerImage = 1500;
const tokensPerMessage = 4;
/** Documents are counted by size: text by characters, PDF and office files by a mean density. */
const documentBytesPerToken: Readonly<Record<string, number>> = { pdf: 40, docx: 20, xlsx: 20 };

/** A rough count of the input tokens of a Converse request; see `estimateTokens`. */
export function estimateRequestTokens(request: ConverseRequest): number {
  let tokens = estimateTokens(textsOf(request.system));
  if (request.toolConfig) tokens += estimateTokens(JSON.stringify(request.toolConfig));
  for (const message of request.messages) {
    tokens += tokensPerMessage;
    for (const block of message.content) tokens += blockTokens(block);
  }
  return tokens;
}

function textsOf(blocks: unknown): string {
  return arrayOf(blocks)
    .map((block) => at(block, 'text'))
    .filter((text) => typeof text === 'string')
    .join('\n');
}

function blockTokens(block: unknown): number {
  const text = at(block, 'text');
  if (typeof text === 'string') return estimateTokens(text);
  if (at(block, 'image') !== undefined) return tokensPerImage;
  const document = at(block, 'document');
  if (document !== undefined) {
    const bytes = at(document, 'source', 'bytes');
    const density = documentBytesPerToken[String(at(document, 'format'))] ?? 4;
    return typeof bytes === 'string' ? Math.ceil((bytes.length * 0.75) / density) : 0;
  }
  if (at(block, 'cachePoint') !== undefined) return 0;
  const results = arrayOf(at(block, 'toolResult', 'content'));
  if (results.length > 0) return results.reduce<number>((sum, each) => sum + blockTokens(each), 0);
  return estimateTokens(JSON.stringify(block));
}
