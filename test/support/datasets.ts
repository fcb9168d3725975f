import { sampleRecords } from './makeSample.js';

const prompt = (n: number) => `Summarise ticket ${n}: the export ends in a blank page.`;

/** A body of each kind that a dataset may hold, for record number n. */
const bodies = {
  anthropic: (n: number) => ({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 64,
    messages: [{ role: 'user', content: prompt(n) }],
  }),
  converse: (n: number) => ({
    messages: [{ role: 'user', content: [{ text: prompt(n) }] }],
    inferenceConfig: { maxTokens: 64 },
  }),
  nova: (n: number) => ({
    schemaVersion: 'messages-v1',
    messages: [{ role: 'user', content: [{ text: prompt(n) }] }],
    inferenceConfig: { maxTokens: 64 },
  }),
  llama: (n: number) => ({
    prompt: `<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n${prompt(n)}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n`,
    max_gen_len: 64,
  }),
  mistral: (n: number) => ({ messages: [{ role: 'user', content: prompt(n) }], max_tokens: 64 }),
  cohereCommand: (n: number) => ({ prompt: prompt(n), temperature: 0.9, max_tokens: 400 }),
  titanText: (n: number) => ({
    inputText: prompt(n),
    textGenerationConfig: { maxTokenCount: 64, temperature: 0 },
  }),
  titanEmbed: (n: number) => ({ inputText: prompt(n), dimensions: 256, normalize: true }),
} as const;

export type BodyKind = keyof typeof bodies;

/** JSONL text of `count` records of one kind, each with an id. */
export function datasetText(kind: BodyKind, count = 120): string {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ recordId: `record-${index + 1}`, modelInput: bodies[kind](index + 1) }),
  );
  return `${lines.join('\n')}\n`;
}

/** The sample of the demo: 120 records, the one on line 58 without `max_tokens`. */
export function sampleText(): string {
  return `${sampleRecords().join('\n')}\n`;
}
