/** The text of AWS or a person as Markdown that shows it as it is, on one line: also in a table's cell. */
export function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>$~&]/g, '\\$&').replace(/\s+/g, ' ');
}
