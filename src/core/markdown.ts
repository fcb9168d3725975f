/** What a web address in a sentence is, without the mark that ends the sentence. */
const address = /(https?:\/\/[^\s<>|\\"]*[^\s<>|\\".,;:!?)\]}'’”])/;

/**
 * The text of AWS or a person as Markdown that shows it as it is, on one line: also in a table's cell.
 * A web address in it is a link.
 */
export function plainMarkdown(text: string): string {
  return text
    .split(address)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : escaped(part)))
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>$~&]/g, '\\$&').replace(/\s+/g, ' ');
}
