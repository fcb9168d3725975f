// Mocha's spec reporter that also writes how many tests passed, failed and were skipped to the file
// named by TEST_COUNTS_FILE.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Mocha loads a reporter by its default export. */
export default class CountReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const target = process.env['TEST_COUNTS_FILE'];
    if (!target) return;
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(target, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
}
