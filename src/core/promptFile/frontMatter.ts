import * as z from 'zod/mini';

const text = z.string();
const parameters = z.strictObject({
  maxTokens: z.optional(z.int().check(z.minimum(1))),
  temperature: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  topP: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  stopSequences: z.optional(z.array(text)),
});

/** JSON: an object in YAML, or its text where the form of the text matters. */
const json = z.union([text, z.record(z.string(), z.unknown())]);

/** What may stand at each key of the front matter; keys not listed are kept and reported. */
export const frontMatterKeys = {
  title: text,
  model: text,
  system: text,
  parameters,
  variables: z.record(z.string(), z.union([text, z.number(), z.boolean()])),
  tools: z.array(
    z.strictObject({
      name: text,
      description: z.optional(text),
      inputSchema: json,
      mockResult: z.optional(text),
    }),
  ),
  toolChoice: z.union([z.enum(['auto', 'any']), z.strictObject({ tool: text })]),
  structuredOutput: z.strictObject({
    schema: json,
    name: z.optional(text),
    description: z.optional(text),
  }),
  additionalFields: json,
  guardrail: z.strictObject({
    id: text,
    version: z.union([text, z.number()]),
    trace: z.optional(z.enum(['enabled', 'disabled', 'enabled_full'])),
    streamMode: z.optional(z.enum(['sync', 'async'])),
  }),
  serviceTier: z.enum(['priority', 'default', 'flex', 'reserved']),
  latency: z.enum(['standard', 'optimized']),
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']),
  caching: z.strictObject({
    afterSystem: z.optional(z.boolean()),
    afterTools: z.optional(z.boolean()),
    afterLastUserTurn: z.optional(z.boolean()),
    ttl: z.optional(z.enum(['5m', '1h'])),
  }),
  streaming: z.boolean(),
} as const;

type Keys = typeof frontMatterKeys;

/** The values of a front matter, those that are right. */
export type FrontMatter = { readonly [K in keyof Keys]?: z.infer<Keys[K]> };

/** True for a key this version knows. */
export function isKnownKey(key: string): key is keyof FrontMatter {
  return Object.hasOwn(frontMatterKeys, key);
}

/** The keys that may stand below a key. */
export function keysBelow(key: keyof FrontMatter): string[] {
  const schema = key === 'tools' ? frontMatterKeys.tools._zod.def.element : frontMatterKeys[key];
  return 'shape' in schema ? Object.keys(schema.shape) : [];
}
