// `npm test`: every tier but bench, one after the other, a failing one not stopping the rest. Ends
// with a line `N passed, N failed`. `npm test -- unit contract` runs only the tiers named.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, root, run } from './bootstrap.mjs';

/** npm scripts that count as one check each. */
const script = (name) => ({ name, script: name, limitMinutes: 10 });
/** Tiers of tests: `test/NAME` run by the npm script `test:NAME`. */
const tests = (name, limitMinutes = 10) => ({
  name,
  script: `test:${name}`,
  limitMinutes,
  folder: join('test', name),
});

const tiers = [
  script('typecheck'),
  script('lint'),
  script('format:check'),
  script('knip'),
  tests('unit'),
  { ...script('build'), args: ['--production'] },
  tests('checks'),
  tests('contract'),
  tests('webview'),
  tests('workbench', 15),
  tests('e2e', 30),
];

await bootstrap();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !tiers.some((tier) => tier.name === name));
if (unknown.length > 0) {
  console.error(`There is no tier ${unknown.join(', ')}: ${tiers.map((t) => t.name).join(', ')}.`);
  process.exit(1);
}
const results = [];
for (const tier of tiers) {
  if (wanted.length === 0 || wanted.includes(tier.name)) results.push(await runTier(tier));
}
summarise(results);

async function runTier(tier) {
  if (tier.folder && !hasTests(join(root, tier.folder))) {
    return { ...tier, passed: 0, failed: 0, pending: 0, seconds: 0, note: 'no tests yet' };
  }
  console.log(`\n=== ${tier.name}`);
  const scratch = mkdtempSync(join(tmpdir(), 'bedrock-test-'));
  const countsFile = join(scratch, 'counts.json');
  const start = Date.now();
  const { code, timedOut } = await run(
    'npm',
    ['run', '--silent', tier.script, ...(tier.args ? ['--', ...tier.args] : [])],
    { env: { TEST_COUNTS_FILE: countsFile }, limitMinutes: tier.limitMinutes },
  );
  const seconds = (Date.now() - start) / 1000;
  const counts = tier.folder ? readCounts(countsFile) : { passed: 1, failed: 0, pending: 0 };
  rmSync(scratch, { recursive: true, force: true });
  return { ...tier, seconds, ...judge(tier, code, timedOut, counts) };
}

/** The counts of a tier, in which anything but a clean end is at least one failure. */
function judge(tier, code, timedOut, counts) {
  if (code !== 0 && !tier.folder) return { passed: 0, failed: 1, pending: 0, note: 'failed' };
  if (timedOut) {
    const note = `ended after ${tier.limitMinutes} minutes`;
    return { pending: 0, passed: 0, ...counts, failed: (counts?.failed ?? 0) + 1, note };
  }
  if (!counts) {
    return { passed: 0, failed: 1, pending: 0, note: `ended with ${code} without a count` };
  }
  if (counts.failed > 0) return { ...counts, note: 'failed' };
  if (code !== 0) return { ...counts, failed: 1, note: `ended with ${code}` };
  if (counts.passed === 0) return { ...counts, failed: 1, note: 'ran no test' };
  return { ...counts, note: '' };
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Not written, or half written: the tier crashed, which its caller reports.
    return undefined;
  }
}

function hasTests(folder) {
  try {
    return readdirSync(folder, { recursive: true }).some((name) => /\.test\.tsx?$/.test(name));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function summarise(all) {
  const line = (name, passed, failed, pending, seconds, note) =>
    [
      String(name).padEnd(14),
      String(passed).padStart(7),
      String(failed).padStart(7),
      String(pending).padStart(8),
      String(seconds).padStart(8),
      ` ${note}`,
    ]
      .join('')
      .trimEnd();
  const sum = (key) => all.reduce((total, tier) => total + tier[key], 0);
  console.log(`\n${line('tier', 'passed', 'failed', 'skipped', 'seconds', '')}`);
  for (const tier of all) {
    const { name, passed, failed, pending, seconds, note } = tier;
    console.log(line(name, passed, failed, pending, seconds.toFixed(1), note));
  }
  const seconds = sum('seconds').toFixed(1);
  console.log(line('all', sum('passed'), sum('failed'), sum('pending'), seconds, ''));
  const passed = sum('passed');
  const failed = sum('failed') + (passed === 0 && sum('failed') === 0 ? 1 : 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
