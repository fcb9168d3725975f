import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { AppError, errorMessage, isAppError } from '../../core/errors.js';
import { isMissing } from './fileErrors.js';

/**
 * The parsed content of a JSON file; undefined where there is no such file.
 * @throws AppError `invalidInput` where the content is not JSON.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AppError(
      'invalidInput',
      l10n.t(
        '{0} is not valid JSON ({1}). Repair the file or delete it.',
        path,
        errorMessage(error),
      ),
      { cause: error },
    );
  }
}

/** As `readJsonFile`; undefined also where the content is not JSON, as after a kill in the middle. */
export async function readJsonIfValid(path: string): Promise<unknown> {
  try {
    return await readJsonFile(path);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
