import * as z from 'zod/mini';

const text = z.string();
const urls = z.record(z.string(), z.string());
const dollars = z.optional(z.number().check(z.gte(0)));
/** US dollars a million tokens. */
const price = z.object({
  input: dollars,
  output: dollars,
  cacheRead: dollars,
  cacheWrite: dollars,
});

/** Every setting: its form and its default. A test compares this table with package.json. */
export const settings = {
  'bedrock.profile': { schema: text, fallback: '' },
  'bedrock.region': { schema: text, fallback: '' },
  'bedrock.endpoint': { schema: text, fallback: '' },
  'bedrock.endpoints': { schema: urls, fallback: {} },
  'bedrock.caBundle': { schema: text, fallback: '' },
  'bedrock.batch.inputS3Uri': { schema: text, fallback: '' },
  'bedrock.batch.outputS3Uri': { schema: text, fallback: '' },
  'bedrock.batch.roleArn': { schema: text, fallback: '' },
  'bedrock.batch.timeoutHours': {
    schema: z.number().check(z.gte(24), z.lte(168), z.multipleOf(1)),
    fallback: 72,
  },
  'bedrock.batch.tags': { schema: z.record(z.string(), z.string()), fallback: {} },
  'bedrock.models.batch': { schema: z.record(z.string(), z.enum(['yes', 'no'])), fallback: {} },
  'bedrock.models.prices': { schema: z.record(z.string(), price), fallback: {} },
  'bedrock.checks.disabledRules': { schema: z.array(text), fallback: [] },
  'bedrock.chat.enabled': { schema: z.boolean(), fallback: false },
  'bedrock.results.folder': { schema: text, fallback: '' },
  'bedrock.sandbox.port': { schema: z.number().check(z.gte(0), z.lte(65535)), fallback: 0 },
  'bedrock.sandbox.speed': { schema: z.number().check(z.gt(0)), fallback: 1 },
} as const;

type Settings = typeof settings;
export type SettingKey = keyof Settings;
export type SettingValue<K extends SettingKey> = z.infer<Settings[K]['schema']>;
