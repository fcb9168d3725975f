import { join } from 'node:path';
import { Session } from '../../../src/aws/session.js';
import type { Connection } from '../../../src/core/connection.js';
import { JobTracker } from '../../../src/core/jobs/tracker.js';
import { onDispose } from '../../../src/core/lifecycle.js';
import { silentLog } from '../../../src/core/log.js';
import { Ledger } from '../../../src/io/ledger.js';
import { createOutputLog, type OutputLog } from '../../../src/platform/outputLog.js';
import type { SandboxAccess } from './workbench.js';

/** The services of batch and jobs, as the extension builds them, on a folder of the test. */
export interface JobServices {
  readonly ledger: Ledger;
  readonly session: Session;
  readonly tracker: JobTracker;
  readonly log: OutputLog;
  dispose(): void;
}

/** Where a sandbox is given, its connection can be used. */
export function jobServices(folder: string, access?: SandboxAccess): JobServices {
  const missing = () => Promise.reject(new Error('not in this test'));
  const session = new Session({
    mfaCode: missing,
    apiKey: missing,
    sandbox: () => (access ? Promise.resolve({ ...access, keys: access }) : missing()),
    caBundle: () => Promise.resolve(undefined),
    log: silentLog,
  });
  const ledger = new Ledger(join(folder, 'runs'), silentLog);
  const tracker = new JobTracker({
    jobsApi: async (connection) => (await session.awsFor(connection)).jobs,
    log: silentLog,
    now: Date.now,
    random: Math.random,
    schedule: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return onDispose(() => {
        clearTimeout(timer);
      });
    },
  });
  const log = createOutputLog('Test');
  return {
    ...{ ledger, session, tracker, log },
    dispose: () => {
      for (const each of [tracker, session, ledger, log]) each.dispose();
    },
  };
}

/** The connection to a running sandbox. */
export const sandboxConnection = (access: SandboxAccess): Connection => ({
  kind: 'sandbox',
  region: access.region,
  endpoints: {},
});
