import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import { parseRecord } from '../../core/batch/record.js';
import { AppError } from '../../core/errors.js';
import { toOpenOptions } from '../../core/batch/recordPrompt.js';
import { textPieces } from '../../node/lines/textPieces.js';
import { run } from '../../platform/commands.js';
import { localPath } from '../../platform/localPath.js';

/** Opens a record of a dataset in the playground: that of the line, from 1, or the first one. */
export async function tryRecord(uri: vscode.Uri, line: number): Promise<void> {
  const modelInput = parseRecord(await recordLine(localPath(uri), line)).record?.modelInput;
  if (modelInput === undefined) {
    throw new AppError('invalidInput', vscode.l10n.t('There is no record on that line.'));
  }
  await run('bedrock.playground.open', toOpenOptions(modelInput));
}

async function recordLine(path: string, wanted: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    for await (const { text, line } of textPieces(file)) {
      const lines = text.split('\n');
      const found = wanted > 0 ? lines[wanted - line] : lines.find((each) => each.trim() !== '');
      if (found !== undefined && found !== '') return found;
    }
    return '';
  } finally {
    await file.close();
  }
}
