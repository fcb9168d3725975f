import * as vscode from 'vscode';
import type { TableRow } from '../../io/table/tableRow.js';
import { isThere } from '../../node/files/atomicWrite.js';

/** Characters of a cell that are shown as an example. */
const exampleLength = 60;

/** Makes a prompt file beside a table, with its columns as variables, and opens it for editing. */
export async function newPromptFile(table: vscode.Uri, { cells }: TableRow): Promise<vscode.Uri> {
  const uri = await freeFile(table);
  const lines = Object.entries(cells).map(([name, cell]) => {
    const example = cell.replaceAll(/\s+/g, ' ').slice(0, exampleLength);
    return { name, example };
  });
  const text = [
    '---',
    '# The columns of the table; each row puts its own values in their place.',
    'variables:',
    ...lines.map(({ name, example }) => `  ${JSON.stringify(name)}: ${JSON.stringify(example)}`),
    '---',
    '',
    ...lines.map(({ name }) => `${name}: {{${name}}}`),
    '',
  ].join('\n');
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  await vscode.window.showTextDocument(uri);
  return uri;
}

async function freeFile(table: vscode.Uri): Promise<vscode.Uri> {
  const stem = table.path.replace(/\.[^./]+$/, '');
  for (let number = 1; ; number++) {
    const path = number === 1 ? `${stem}.prompt.md` : `${stem}-${number}.prompt.md`;
    const uri = table.with({ path });
    if (!(await isThere(uri.fsPath))) return uri;
  }
}
