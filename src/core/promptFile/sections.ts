/** A part of the body of a prompt file; offsets are those of the whole file, `end` exclusive. */
export interface Section {
  readonly role: 'system' | 'user' | 'assistant';
  /** Of the heading; equal where the text has none. */
  readonly headingStart: number;
  readonly headingEnd: number;
  readonly start: number;
  readonly end: number;
  /** The text with line ends as `\n` and escaped headings restored. */
  readonly text: string;
}

const heading = /^## (system|user|assistant)[ \t]*\r?$/gim;

/**
 * The sections of a body: `## system`, `## user` and `## assistant` on a line of their own begin one;
 * text before the first is the user's. `\## user` is text.
 */
export function readSections(file: string, bodyStart: number): Section[] {
  const body = file.slice(bodyStart);
  const marks = [...body.matchAll(heading)];
  const found: Section[] = [];
  const first = marks[0]?.index ?? body.length;
  const add = (role: Section['role'], mark: [number, number], range: [number, number]) => {
    found.push({
      role,
      headingStart: bodyStart + mark[0],
      headingEnd: bodyStart + mark[1],
      start: bodyStart + range[0],
      end: bodyStart + range[1],
      text: readText(body.slice(range[0], range[1])),
    });
  };
  if (body.slice(0, first).trim() !== '') add('user', [0, 0], [0, first]);
  for (const [index, mark] of marks.entries()) {
    const end = mark.index + mark[0].length;
    const lineEnd = body.startsWith('\n', end) ? end + 1 : end;
    const role = (mark[1] ?? 'user').toLowerCase() as Section['role'];
    add(role, [mark.index, end], [lineEnd, marks[index + 1]?.index ?? body.length]);
  }
  return found;
}

/** One blank line after the heading and one before the next belong to the form, not to the text. */
function readText(raw: string): string {
  return raw
    .replaceAll('\r\n', '\n')
    .replace(/^\n/, '')
    .replace(/\n$/, '')
    .replace(/\n$/, '')
    .replaceAll(/^\\(?=\\*## (?:system|user|assistant)[ \t]*$)/gim, '');
}

/** A text with everything that would read as a heading escaped. */
function escapeHeadings(text: string): string {
  return text.replaceAll(/^(?=\\*## (?:system|user|assistant)[ \t]*$)/gim, '\\');
}

/** Sections as the body of a file, the last with one line end. A single user text needs no heading. */
export function writeSections(sections: readonly Pick<Section, 'role' | 'text'>[]): string {
  const [only] = sections;
  const isPlain = sections.length === 1 && only?.role === 'user' && only.text.trim() !== '';
  return sections
    .map(({ role, text }, index) => {
      const isLast = index === sections.length - 1;
      const end = isLast && !text.endsWith('\n') ? '\n' : '\n\n';
      return `${isPlain ? '' : `## ${role}\n`}\n${escapeHeadings(text)}${end}`;
    })
    .join('');
}
