import type { Disposable } from '../../core/lifecycle.js';
import { registerCommands } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import { openSample } from './openSample.js';

/** `bedrock.sample.open`: something to try the extension with. */
export function registerSample({ report }: Pick<Services, 'report'>): Disposable {
  return registerCommands(
    { 'bedrock.sample.open': ([options = {}], caller) => openSample(options.folder, caller) },
    report,
  );
}
