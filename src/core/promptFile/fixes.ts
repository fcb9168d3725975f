import { findFences } from './parsePromptFile.js';
import { yamlKey } from './yamlKey.js';

/** A change of a file's text; offsets count UTF-16 units, `end` exclusive. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What gives a name of the prompt a value to fill in: an entry below `variables`, made where missing. */
export function addVariable(file: string, name: string): TextChange {
  const { found, start, end } = findFences(file);
  const entry = `  ${yamlKey(name)}: ""\n`;
  if (!found) return { start: 0, end: 0, text: `---\nvariables:\n${entry}---\n\n` };
  const key = /^variables:[ \t]*\r?\n/m.exec(file.slice(start, end));
  const at = key ? start + key.index + key[0].length : end;
  return { start: at, end: at, text: key ? entry : `variables:\n${entry}` };
}
