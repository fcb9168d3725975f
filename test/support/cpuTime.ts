/**
 * Milliseconds of CPU time that work takes of this process: what else the machine does at the same
 * time does not count.
 */
export async function cpuTimeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
