/**
 * A process that submits the run of a ledger as a window does, and may kill itself on the way. Started
 * by kill.test.ts with one argument, a ChildTask as JSON.
 */
import { createAws } from '../../../src/aws/aws.js';
import type { Run } from '../../../src/core/batch/run.js';
import { submitRun } from '../../../src/core/batch/submitRun.js';
import { silentLog } from '../../../src/core/log.js';
import { openShard } from '../../../src/io/dataset/shards/openShard.js';
import { Ledger, type RunEntry } from '../../../src/io/ledger.js';

export interface ChildTask {
  readonly ledger: string;
  readonly run: Run;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The number of the moment to die at, counted from 0; absent: live on. */
  readonly killAt?: number;
}

const task = JSON.parse(process.argv[2] ?? '{}') as ChildTask;
let moment = 0;

/** Counts a moment between two effects, and dies at the chosen one without a chance to clean up. */
function pass(name: string): void {
  if (moment++ !== task.killAt) return;
  process.stdout.write(`killed at ${name}\n`);
  process.kill(process.pid, 'SIGKILL');
}

const ledger = new Ledger(task.ledger, silentLog);
const known = await ledger.load(task.run.id);
if (known?.state === 'submitted') moment = 0;
else if (known) await ledger.change(known.id, 'submit', drive);
else await ledger.start(task.run, drive);
process.stdout.write(`moments: ${moment}\n`);
process.exit(0);

async function drive({ run, save }: RunEntry): Promise<void> {
  const aws = createAws(run.connection, {
    mfaCode: () => Promise.reject(new Error('no MFA here')),
    apiKey: () => Promise.reject(new Error('no API key here')),
    sandboxKeys: () => Promise.resolve(task.keys),
    log: silentLog,
  });
  await submitRun(run, {
    storage: aws.storage,
    jobs: aws.jobs,
    save: async () => {
      pass('before a save');
      await save();
      pass(`after the save of ${run.shards.map((part) => part.state).join(', ')}`);
    },
    openShard: (entry, part) => openShard(entry.dataset.path, entry.dataset, part.shard),
    log: silentLog,
    onStep: (step) => {
      pass(`${step.name} ${step.shard}`);
    },
  });
}
