/** Strings, marks, and everything else: numbers and words. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * The members of an object as texts: a text as it is, nothing for `null`, everything else as it is
 * written, without spaces. `JSON.parse` would round the digits of long ids.
 * @param text An object that `JSON.parse` takes.
 */
export function exactMembers(text: string): Record<string, string> {
  const members: [string, string][] = [];
  let depth = 0;
  let name: string | undefined;
  let value = '';
  const end = () => {
    if (name !== undefined) members.push([name, memberText(value)]);
    name = undefined;
    value = '';
  };
  for (const [token] of text.matchAll(tokens)) {
    if (token === '}' || token === ']') depth--;
    if (depth === 0) end();
    else if (depth === 1 && token === ',') end();
    else if (depth === 1 && token === ':' && value !== '' && name === undefined) {
      name = JSON.parse(value) as string;
      value = '';
    } else value += token;
    if (token === '{' || token === '[') {
      if (depth === 0) value = '';
      depth++;
    }
  }
  return Object.fromEntries(members);
}

function memberText(value: string): string {
  if (value.startsWith('"')) return JSON.parse(value) as string;
  return value === 'null' ? '' : value;
}

/** JSON on one line, without spaces and with its numbers as they are written. */
export function compactJson(text: string): string {
  return Array.from(text.matchAll(tokens), ([token]) => token).join('');
}
