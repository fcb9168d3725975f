import { type FileHandle, open } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import type { ResultColumns } from './columns.js';

/** Re-reads single lines of a few files; handles stay open until `close`. */
export class LineReader {
  private readonly handles = new Map<string, Promise<FileHandle>>();
  private isClosed = false;

  /** The text of a row's line. Fails with `notFound` where the file has become shorter. */
  async line(path: string, columns: ResultColumns, row: number): Promise<string> {
    const length = columns.lengths[row] as number;
    const file = await this.handle(path);
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(bytes, 0, length, columns.offsets[row] as number);
    if (bytesRead < length) {
      throw new AppError('notFound', l10n.t('The results changed on disk. Open them again.'));
    }
    return bytes.toString('utf8');
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const handles = [...this.handles.values()];
    this.handles.clear();
    for (const handle of await Promise.allSettled(handles)) {
      if (handle.status === 'fulfilled') await handle.value.close();
    }
  }

  private handle(path: string): Promise<FileHandle> {
    if (this.isClosed) throw new AppError('cancelled', 'Cancelled.');
    let handle = this.handles.get(path);
    if (!handle) {
      handle = open(path, 'r');
      this.handles.set(path, handle);
    }
    return handle;
  }
}
