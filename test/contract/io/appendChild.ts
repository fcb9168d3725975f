/**
 * A process that adds a record to a dataset and kills itself on the way. Started by appendKill.test.ts
 * with one argument, an AppendTask as JSON.
 */
import { statSync } from 'node:fs';
import { appendRecord } from '../../../src/io/dataset/appendRecord.js';

export interface AppendTask {
  readonly path: string;
  /** Characters of the record's text. */
  readonly length: number;
  /** Dies once the file has more bytes than this; 0: before anything is written. */
  readonly killAbove: number;
}

const task = JSON.parse(process.argv[2] ?? '{}') as AppendTask;
const die = () => process.kill(process.pid, 'SIGKILL');

/** Looks between any two steps of the writing. */
function watch(): void {
  if (statSync(task.path).size > task.killAbove) die();
  setImmediate(watch);
}

if (task.killAbove > 0) watch();
await appendRecord(task.path, {
  toRecord: (recordId) => {
    if (task.killAbove === 0) die();
    const content = [{ text: '€'.repeat(task.length) }];
    return JSON.stringify({ recordId, modelInput: { messages: [{ role: 'user', content }] } });
  },
});
