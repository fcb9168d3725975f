import { closeSync, openSync } from 'node:fs';
import {
  inlineLane,
  threadLane,
  type TaskLane,
  type TaskRunner,
} from '../../../node/workers/workerPool.js';
import { findDuplicates, type Duplicates, type StoredBlock } from '../ids/duplicates.js';
import { RangeChecker, type CheckContext, type RangeResult } from './rangeChecker.js';
import type { ByteRange } from '../../../node/lines/rangeReader.js';

/** Where the ids of a dataset are that are looked through for duplicates. */
export interface DuplicateSearch {
  readonly blocks: readonly StoredBlock[];
  readonly spillPath?: string;
  readonly limit: number;
}

/** Work on a dataset that may be done in another thread. */
export interface CheckTasks {
  readonly range: { readonly task: ByteRange; readonly result: RangeResult };
  readonly duplicates: { readonly task: DuplicateSearch; readonly result: Duplicates };
}

/** Runs the tasks of one dataset, in whichever thread it is made. */
export function createCheckRunner(context: CheckContext): TaskRunner<CheckTasks> {
  const fd = openSync(context.path, 'r');
  const checker = new RangeChecker(fd, context);
  return {
    tasks: {
      range: (range) => checker.check(range),
      duplicates: (search) => searchDuplicates(fd, search),
    },
    dispose: () => {
      closeSync(fd);
    },
  };
}

function searchDuplicates(fd: number, { blocks, limit, spillPath }: DuplicateSearch): Duplicates {
  if (spillPath === undefined) return findDuplicates({ fd, blocks, limit });
  const spillFd = openSync(spillPath, 'r');
  try {
    return findDuplicates({ fd, spillFd, blocks, limit });
  } finally {
    closeSync(spillFd);
  }
}

/** Up to `count` threads that run the built `program`; this thread where there is none. */
export function checkLanes(
  context: CheckContext,
  count: number,
  program: URL | undefined,
): TaskLane<CheckTasks>[] {
  if (count === 0 || !program) return [inlineLane(createCheckRunner(context))];
  return Array.from({ length: count }, () =>
    threadLane<CheckTasks, CheckContext>({
      program,
      name: 'bedrock-dataset',
      start: context,
      transferOf,
    }),
  );
}

/** The ids are handed over, not copied: nobody else needs them any more. */
function transferOf(task: unknown): ArrayBuffer[] {
  const { blocks = [] } = task as Partial<DuplicateSearch>;
  return blocks.flatMap((block) => ('bytes' in block ? [block.bytes] : []));
}
