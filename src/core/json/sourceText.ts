import { format, type Node, parseTree } from 'jsonc-parser';

/**
 * JSON with line breaks, and otherwise as it is: digits, members given twice and their order stay. A
 * text that is not JSON comes back unchanged.
 */
export function indentedSource(json: string): string {
  if (!isJson(json)) return json;
  const edits = format(json, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' });
  const parts: string[] = [];
  let at = 0;
  // One pass: `applyEdits` copies the text once an edit, and a vector has thousands.
  for (const { offset, length, content } of edits) {
    // It writes the line end it finds in the text, and a line of a file may end in half of one.
    parts.push(json.slice(at, offset), content.replace(/\r\n?/g, '\n'));
    at = offset + length;
  }
  return [...parts, json.slice(at)].join('').trim();
}

/** The text of the value below the path; of members given twice the last, as JSON.parse takes it. */
export function sourceAt(json: string, path: readonly (string | number)[]): string | undefined {
  let node = parseTree(json);
  for (const step of path) node = node && childOf(node, step);
  return node && json.slice(node.offset, node.offset + node.length);
}

function childOf({ type, children = [] }: Node, step: string | number): Node | undefined {
  if (typeof step === 'number') return type === 'array' ? children[step] : undefined;
  const named = children.filter(({ children: [key] = [] }) => key?.value === step);
  return type === 'object' ? named.at(-1)?.children?.[1] : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Said by the answer.
    return false;
  }
}
