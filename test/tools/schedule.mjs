// Runs jobs side by side on a number of lanes. Plain JavaScript, because nothing may be installed yet.

/**
 * @typedef {object} Job
 * @property {string} name
 * @property {number} [lanes] How many lanes it fills; 1 by default, never more than there are.
 * @property {readonly string[]} [after] Names of jobs that have to end before; absent ones are no hindrance.
 */

/**
 * Runs every job once, an earlier one of the list first where both could start, and resolves with
 * what `run` gave, in the order of the list. `run` learns whether others may run meanwhile.
 * @template {Job} J
 * @template R
 * @param {readonly J[]} jobs
 * @param {number} lanes
 * @param {(job: J, isAlone: boolean) => Promise<R>} run
 * @returns {Promise<R[]>}
 */
export async function schedule(jobs, lanes, run) {
  const width = (job) => Math.min(job.lanes ?? 1, lanes);
  const names = new Set(jobs.map(({ name }) => name));
  const ended = new Set();
  const results = new Map();
  const running = new Map();
  let waiting = [...jobs];
  let free = lanes;
  const isReady = (job) =>
    width(job) <= free && (job.after ?? []).every((name) => !names.has(name) || ended.has(name));
  while (waiting.length > 0 || running.size > 0) {
    for (let job = waiting.find(isReady); job; job = waiting.find(isReady)) {
      const started = job;
      waiting = waiting.filter((other) => other !== started);
      free -= width(started);
      const isAlone = width(started) === lanes || jobs.length === 1;
      const end = run(started, isAlone).then((result) => {
        results.set(started, result);
        ended.add(started.name);
        running.delete(started);
        free += width(started);
      });
      running.set(started, end);
    }
    if (running.size === 0) throw new Error('Jobs wait for each other.');
    await Promise.race(running.values());
  }
  return jobs.map((job) => results.get(job));
}
