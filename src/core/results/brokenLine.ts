/** What can still be told of a line that is not JSON. */
export interface BrokenLine {
  /** True for the beginning of an object: the rest of the line was never written. */
  readonly isCut: boolean;
  /** The value of `recordId` as JSON, where it is whole and at the top level. */
  readonly recordId?: string;
}

/** Reads a line that JSON.parse refuses as far as it goes. */
export function readBrokenLine(line: string): BrokenLine {
  const text = line.trim();
  if (!text.startsWith('{')) return { isCut: false };
  let recordId: string | undefined;
  let key = '';
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const end = endOfToken(text, at);
    if (end < 0) break;
    const token = text.slice(at, end).trim();
    at = end;
    if (token === '') continue;
    if (/^[{[]/.test(token)) depth++;
    else if (/^[}\]]/.test(token)) depth--;
    if (depth === 0) return { isCut: false };
    if (depth === 1 && /^[,}\]]/.test(token)) key = '';
    else if (depth === 1 && key === '' && token.startsWith('"')) key = token;
    else if (depth === 1 && key === '"recordId"' && token !== ':' && end < text.length) {
      recordId = token;
    }
  }
  return { isCut: true, ...(recordId !== undefined && { recordId }) };
}

/** Where the text, mark, value or space that begins here ends; -1 for a text without an end. */
function endOfToken(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  if ('{}[]:,'.includes(text[at] ?? '')) return at + 1;
  let end = at + 1;
  while (end < text.length && !'"{}[]:,'.includes(text[end] ?? '')) end++;
  return end;
}

function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text[before] === '\\') before--;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return -1;
}
