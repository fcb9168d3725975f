// `npm test`: every tier but bench, two side by side where they do not disturb each other, a failing
// one not stopping the rest. Ends with a line `N passed, N failed`. `npm test -- unit contract` runs
// only the tiers named, and the build where they need it.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, root, run } from './bootstrap.mjs';
import { schedule } from './schedule.mjs';

/** npm scripts that count as one check each. */
const script = (name) => ({ name, script: name, limitMinutes: 10 });
/** Tiers of tests: `test/NAME` run by the npm script `test:NAME`. */
const tests = (name, limitMinutes = 10) => ({
  name,
  script: `test:${name}`,
  limitMinutes,
  folder: join('test', name),
});

/** A tier that runs files of its own side by side, or whose result others would disturb. */
const alone = { lanes: 2 };
/** A tier that uses `dist`: a later build that changes nothing there disturbs nobody. */
const afterBuild = { after: ['build'] };

/** The long ones first, so that the lanes end together. */
const tiers = [
  { ...script('build'), ...alone, args: ['--production'] },
  tests('contract'),
  script('lint'),
  tests('unit'),
  { ...tests('workbench', 15), ...afterBuild },
  { ...tests('checks'), ...afterBuild },
  script('typecheck'),
  script('format:check'),
  script('knip'),
  { ...tests('webview'), ...alone },
  { ...tests('e2e', 30), ...alone, ...afterBuild },
];

await bootstrap();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !tiers.some((tier) => tier.name === name));
if (unknown.length > 0) {
  console.error(`There is no tier ${unknown.join(', ')}: ${tiers.map((t) => t.name).join(', ')}.`);
  process.exit(1);
}
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (isInterrupted = true));
const start = Date.now();
const lanes = Math.min(2, availableParallelism());
const results = await schedule(chosen(), lanes, runTier);
summarise(results, (Date.now() - start) / 1000);

/** The tiers that were asked for, and what they need. */
function chosen() {
  const asked = tiers.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const needed = new Set(asked.flatMap(({ name, after = [] }) => [name, ...after]));
  return tiers.filter(({ name }) => needed.has(name));
}

async function runTier(tier, isAlone) {
  const nothing = { ...tier, passed: 0, failed: 0, pending: 0, seconds: 0 };
  if (isInterrupted) return { ...nothing, failed: 1, note: 'not run: interrupted' };
  if (tier.folder && !hasTests(join(root, tier.folder)))
    return { ...nothing, note: 'no tests yet' };
  console.log(isAlone ? `\n=== ${tier.name}` : `... ${tier.name} begins`);
  const scratch = mkdtempSync(join(tmpdir(), 'bedrock-test-'));
  const countsFile = join(scratch, 'counts.json');
  const began = Date.now();
  const { code, timedOut, output } = await run(
    'npm',
    ['run', '--silent', tier.script, ...(tier.args ? ['--', ...tier.args] : [])],
    {
      env: { TEST_COUNTS_FILE: countsFile },
      limitMinutes: tier.limitMinutes,
      isCaptured: !isAlone,
    },
  );
  const seconds = (Date.now() - began) / 1000;
  if (!isAlone) console.log(`\n=== ${tier.name}\n${output}`);
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

function summarise(all, wall) {
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
  const [passes, failures] = [sum('passed'), sum('failed')];
  console.log(line('all', passes, failures, sum('pending'), wall.toFixed(1), 'side by side'));
  const failed = passes + failures === 0 ? 1 : failures;
  console.log(`\n${passes} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
