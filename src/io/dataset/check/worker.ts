import { serveTasks } from '../../../node/workers/serveTasks.js';
import { createCheckRunner } from './checkTasks.js';

/** Entry of the thread that checks a dataset: one dataset a thread. */
serveTasks(createCheckRunner, (result) => ('ids' in result ? [result.ids.bytes] : []));
