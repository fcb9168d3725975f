import type { Disposable } from '../../core/lifecycle.js';
import { ModelChoice } from '../../resources/models/modelChoice.js';
import type { Services } from '../../services.js';
import { registerPromptLanguage } from './promptLanguage.js';

/** Help for prompts that live in files. */
export function registerPrompts(
  services: Pick<Services, 'config' | 'session' | 'models' | 'modelPreferences'>,
): Disposable {
  return registerPromptLanguage(new ModelChoice(services), services.session);
}
