import { serveTasks } from '../../node/workers/serveTasks.js';
import { createIndexRunner } from './scanFiles.js';

/** Entry of the thread that scans result files: one set of files a thread. */
serveTasks(createIndexRunner, ({ rows }) => [
  rows.offsets.buffer,
  rows.lengths.buffer,
  rows.hashLow.buffer,
  rows.hashHigh.buffer,
  rows.status.buffer,
  rows.errorCode.buffer,
  rows.lines.buffer,
]);
