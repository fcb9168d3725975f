import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Disposable } from '../core/lifecycle.js';
import type { Logger } from '../core/log.js';

const text = z.string();
const urls = z.record(z.string(), z.string());

/** Every setting: its form and its default. A test compares this table with package.json. */
const settings = {
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
  'bedrock.results.folder': { schema: text, fallback: '' },
  'bedrock.sandbox.port': { schema: z.number().check(z.gte(0), z.lte(65535)), fallback: 0 },
  'bedrock.sandbox.speed': { schema: z.number().check(z.gt(0)), fallback: 1 },
} as const;

type Settings = typeof settings;
export type SettingKey = keyof Settings;
export type SettingValue<K extends SettingKey> = z.infer<Settings[K]['schema']>;

/** The settings and their defaults, for the check against package.json. */
export function settingDefaults(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([key, { fallback }]) => [key, fallback]));
}

/** Reads settings by key; a value of the wrong form is logged once and the default is used. */
export class Config {
  private readonly warned = new Set<string>();

  constructor(private readonly log: Logger) {}

  get<K extends SettingKey>(key: K): SettingValue<K> {
    const { schema, fallback } = settings[key];
    const value = vscode.workspace.getConfiguration().get<unknown>(key);
    const parsed = z.safeParse(schema, value ?? fallback);
    if (parsed.success) return parsed.data as SettingValue<K>;
    if (!this.warned.has(key)) {
      this.warned.add(key);
      this.log.warn('a setting has a wrong value, its default is used', { key });
    }
    return fallback as SettingValue<K>;
  }

  onDidChange(keys: readonly SettingKey[], listener: () => void): Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (keys.some((key) => event.affectsConfiguration(key))) listener();
    });
  }
}
