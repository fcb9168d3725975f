import { checkDataset } from '../../src/io/dataset/check/checkDataset.js';

/** Checks one file in a process of its own and prints time and peak memory as JSON. */
const path = process.argv[2] ?? '';
const start = performance.now();
const check = await checkDataset(path, {
  modelId: 'us.anthropic.claude-sonnet-4-6',
  worker: new URL('./worker.js', import.meta.url),
});
const milliseconds = performance.now() - start;
// maxRSS is in kilobytes and counts all threads.
const megabytes = process.resourceUsage().maxRSS / 1024;
const { records, problemCount, shards } = check;
console.log(
  JSON.stringify({ milliseconds, megabytes, records, problemCount, shards: shards.length }),
);
