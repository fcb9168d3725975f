import * as vscode from 'vscode';
import type { Conversation } from '../../core/converse/types.js';
import { usedVariables } from '../../core/converse/variables.js';
import { AppError } from '../../core/errors.js';
import { run } from '../../platform/commands.js';
import { cancelled } from '../../platform/quickInput.js';
import { exchangeRecord, rowRecord } from './exchangeRecord.js';
import { readTable } from './tableRows.js';

/** Appends the conversation as a record to a JSONL file, a new or an existing one. */
export async function addToDataset(conversation: Conversation): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Append to a Dataset'),
    filters: { JSONL: ['jsonl'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'dataset.jsonl') }),
  });
  if (!uri) throw cancelled();
  await appendRecord(uri, conversation);
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Added to {0}.', vscode.workspace.asRelativePath(uri)),
    open,
  );
  if (chosen === open) await vscode.window.showTextDocument(uri);
}

/** Writes the record as the last line of the file. */
export async function appendRecord(uri: vscode.Uri, conversation: Conversation): Promise<void> {
  const before = await readIfThere(uri);
  const lines = before.split('\n').filter((line) => line.trim() !== '');
  const record = exchangeRecord(conversation, `playground-${lines.length + 1}`);
  const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  await vscode.workspace.fs.writeFile(uri, Buffer.from(`${start}${record}\n`));
}

async function readIfThere(uri: vscode.Uri): Promise<string> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return '';
    throw error;
  }
}

/** Makes a record of every row of a table, with the prompt as template, and goes on to the batch review. */
export async function runOverDataset(conversation: Conversation): Promise<void> {
  const names = usedVariables(conversation);
  if (names.length === 0) {
    throw new AppError(
      'invalidInput',
      vscode.l10n.t(
        'The prompt has no variables. Write the columns of the table into it as {0}.',
        '{{column}}',
      ),
    );
  }
  const [table] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Run over a Table: {0}', names.join(', ')),
      filters: { [vscode.l10n.t('Tables')]: ['csv', 'tsv', 'jsonl', 'ndjson'] },
    })) ?? [];
  if (!table) throw cancelled();
  const text = Buffer.from(await vscode.workspace.fs.readFile(table)).toString('utf8');
  const rows = readTable(text, table.path);
  const missing = names.filter(
    (name) => rows.some((row) => !(name in row)) && !(name in conversation.variables),
  );
  if (rows.length === 0 || missing.length > 0) {
    throw new AppError(
      'invalidInput',
      vscode.l10n.t('The table has no column {0}. Add it, or rename the variable.', missing.join()),
    );
  }
  const records = rows.map((row, index) => rowRecord(conversation, row, `row-${index + 1}`));
  const output = table.with({ path: `${table.path.replace(/\.[^.]+$/, '')}.prompts.jsonl` });
  await vscode.workspace.fs.writeFile(output, Buffer.from(`${records.join('\n')}\n`));
  await run('bedrock.batch.submit', output, {
    modelId: conversation.modelId,
    invocationType: 'Converse',
  });
}
