import { checkDataset } from '../../src/io/dataset/check/checkDataset.js';
import { startCost } from './cost.js';

/** Checks one file, for a model where one is given, in a process of its own; prints what it took as JSON. */
const [, , path = '', modelId] = process.argv;
const cost = startCost();
const check = await checkDataset(path, {
  ...(modelId !== undefined && { modelId }),
  worker: new URL('./worker.js', import.meta.url),
});
const taken = cost();
// maxRSS is in kilobytes and counts all threads.
const megabytes = process.resourceUsage().maxRSS / 1024;
const { records, problemCount, shards } = check;
console.log(JSON.stringify({ ...taken, megabytes, records, problemCount, shards: shards.length }));
