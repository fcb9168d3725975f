import * as vscode from 'vscode';

import type { Disposable } from '../core/lifecycle.js';
import type { Logger } from '../core/log.js';
import * as z from 'zod/mini';
import { settings, type SettingKey, type SettingValue } from './settings.js';

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
