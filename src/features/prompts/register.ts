import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.js';
import { ModelChoice } from '../../resources/models/modelChoice.js';
import type { Services } from '../../services.js';
import { registerPromptLanguage } from './promptLanguage.js';

/** Help for prompts that live in files. */
export function registerPrompts(
  services: Pick<Services, 'context' | 'config' | 'session' | 'models' | 'modelPreferences'>,
): Disposable {
  const { context, session } = services;
  const help = vscode.Uri.joinPath(context.extensionUri, 'docs', 'prompt-files.md');
  return registerPromptLanguage(new ModelChoice(services), session, help);
}
