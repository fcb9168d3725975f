/**
 * A text as a string literal of JavaScript, Python or Java: JSON's escapes mean the same in all three.
 * The two line separators are escaped for readers that break lines at them.
 */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('\ufeff', '\\ufeff');
}

/** Java's class files take constants of 65,535 bytes; longer texts are joined when the program runs. */
export function javaString(text: string): string {
  const size = 15_000;
  if (text.length <= size) return stringLiteral(text);
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += size) {
    parts.push(stringLiteral(text.slice(at, at + size)));
  }
  return `String.join("", ${parts.join(', ')})`;
}

/** Go refuses half of a surrogate pair. */
export function goString(text: string): string {
  return stringLiteral(text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd'));
}

/** One word of a POSIX shell. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A text for standard input, as a here-document in which nothing is expanded. */
export function hereDocument(text: string): string {
  let mark = 'JSON';
  while (text.split('\n').includes(mark)) mark += '_';
  return `<<'${mark}'\n${text}\n${mark}`;
}

/** Every line but the first, moved in. */
export function indent(text: string, by: string): string {
  return text.replaceAll(/\n(?=[^\n])/g, `\n${by}`);
}
