import { closeSync, openSync } from 'node:fs';
import type { ErrorKind } from '../../core/errors.js';
import { findDuplicates, type Duplicates, type StoredBlock } from './duplicates.js';
import { RangeChecker, type CheckContext, type RangeResult } from './rangeChecker.js';
import type { ByteRange } from './rangeReader.js';

/** Work on the dataset that may run in another thread. */
export type CheckTask =
  | { readonly kind: 'range'; readonly range: ByteRange }
  | {
      readonly kind: 'duplicates';
      readonly blocks: readonly StoredBlock[];
      readonly spillPath?: string;
      readonly limit: number;
    };

/** What each kind of task gives. */
export interface TaskResults {
  readonly range: RangeResult;
  readonly duplicates: Duplicates;
}

/** A worker's answer: a result, or an error without its class. */
export type TaskReply =
  | { readonly result: TaskResults[keyof TaskResults]; readonly error?: undefined }
  | {
      readonly error: { readonly kind: ErrorKind; readonly message: string };
      readonly result?: undefined;
    };

/** Runs the tasks of one dataset, in whichever thread it is made. */
export class CheckRunner {
  private readonly fd: number;
  private readonly checker: RangeChecker;

  constructor(private readonly context: CheckContext) {
    this.fd = openSync(context.path, 'r');
    this.checker = new RangeChecker(this.fd, this.context);
  }

  run(task: CheckTask): TaskResults[keyof TaskResults] {
    if (task.kind === 'range') return this.checker.check(task.range);
    const { blocks, limit, spillPath } = task;
    if (spillPath === undefined) return findDuplicates({ fd: this.fd, blocks, limit });
    const spillFd = openSync(spillPath, 'r');
    try {
      return findDuplicates({ fd: this.fd, spillFd, blocks, limit });
    } finally {
      closeSync(spillFd);
    }
  }

  dispose(): void {
    closeSync(this.fd);
  }
}
