import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** What the suite tells the process that started the editor. */
interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
}

/**
 * The entry that the extension host calls: runs every bundled `*.test.js` beside this file. Counts go
 * to the file named by `TEST_COUNTS_FILE`, because an editor's exit code cannot carry them.
 */
export async function run(): Promise<void> {
  markLines(process.env['TEST_LINE_MARK']);
  const grep = process.env['TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: 60_000,
    slow: 2_000,
    color: false,
    forbidOnly: process.env['CI'] === 'true',
    ...(grep ? { grep } : {}),
  });
  const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.js'));
  for (const name of files.sort()) mocha.addFile(join(import.meta.dirname, name));
  await mocha.loadFilesAsync();
  const counts = await runToEnd(mocha);
  const target = process.env['TEST_COUNTS_FILE'];
  if (target) await writeFile(target, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

function runToEnd(mocha: Mocha): Promise<SuiteCounts> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures, pending });
    });
  });
}

/** The reporter's lines with a mark, where they share a stream with the editor's own. */
function markLines(mark: string | undefined): void {
  if (!mark) return;
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split('\n')) console.log(mark + line);
  };
}
