import { readFileSync } from 'node:fs';
import { errorActions } from '../../../src/core/errors.js';
import type { PageStrings } from '../../../src/rpc/pageCalls.js';

/** The product's English texts, read from its sources because those need the editor to run. */
export function productStrings(feature: string): Record<string, string> & PageStrings {
  const own = textsOf(`src/features/${feature}/strings.ts`);
  const { retry, close, copied, ...answerParts } = textsOf('src/platform/panels.ts');
  const labels = textsOf('src/platform/recover.ts');
  const actions = Object.fromEntries(errorActions.map((action) => [action, labels[action]]));
  return { ...own, retry, close, copied, answerParts, actions } as unknown as Record<
    string,
    string
  > &
    PageStrings;
}

function textsOf(path: string): Record<string, string> {
  const source = readFileSync(path, 'utf8');
  const pairs = [...source.matchAll(/(\w+): (?:vscode\.)?l10n\.t\(\s*'([^']*)'/g)];
  return Object.fromEntries(pairs.map(([, key = '', text = '']) => [key, text]));
}
