import { jobArnsOf, type Run } from '../../core/batch/run.js';
import { connectionKey, type Connection } from '../../core/connection.js';
import type { AppError } from '../../core/errors.js';
import type { Job } from '../../core/jobs/types.js';
import { DisposableStore, Emitter, type Disposable } from '../../core/lifecycle.js';
import type { Services } from '../../services.js';

/** A run with what is known of its jobs. */
export interface RunWithJobs {
  readonly run: Run;
  /** Only jobs that have been seen; a run has as many as it has shards once all are created. */
  readonly jobs: readonly Job[];
  /** How many of its jobs AWS does not know any more. */
  readonly gone: number;
}

/** What the Jobs view shows for the connection in use. */
export interface JobsState {
  readonly runs: readonly RunWithJobs[];
  /** Jobs of the connection that were not started here, newest first. */
  readonly otherJobs: readonly Job[];
  /** Runs of this machine over other connections, newest first. */
  readonly elsewhere: readonly RunWithJobs[];
  readonly error?: AppError;
}

type Needs = Pick<Services, 'ledger' | 'tracker' | 'session'>;

/** Joins the ledger's runs with the tracker's jobs; status bar, tree and notifier each listen to it. */
export class JobsModel implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changes = this.store.add(new Emitter<undefined>());
  readonly onDidChange = this.changes.event;
  private runs = new Map<string, Run>();

  constructor(private readonly services: Needs) {
    const { ledger, tracker, session } = services;
    const changed = () => {
      this.changes.fire(undefined);
    };
    this.store.add(
      ledger.onDidChange(({ id, run }) => {
        if (run) this.runs.set(id, run);
        else this.runs.delete(id);
        changed();
      }),
    );
    this.store.add(tracker.onDidChange(changed));
    this.store.add(session.onDidChange(changed));
  }

  /** Reads the ledger, and follows every run whose end nobody has been told of. */
  async load(): Promise<void> {
    const runs = await this.services.ledger.list();
    this.runs = new Map(runs.map((run) => [run.id, run]));
    for (const run of runs) {
      if (run.state === 'submitted' && !run.endedAt) {
        this.services.tracker.follow(run.connection, jobArnsOf(run));
      }
    }
    this.changes.fire(undefined);
  }

  /** All runs of this machine, newest first, whatever their connection. */
  allRuns(): RunWithJobs[] {
    return [...this.runs.values()]
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .map((run) => this.withJobs(run));
  }

  state(connection: Connection): JobsState {
    const key = connectionKey(connection);
    const isHere = ({ run }: RunWithJobs) => connectionKey(run.connection) === key;
    const all = this.allRuns();
    const runs = all.filter(isHere);
    const own = new Set(runs.flatMap(({ run }) => jobArnsOf(run)));
    const snapshot = this.services.tracker.snapshot(connection);
    return {
      runs,
      otherJobs: snapshot.jobs.filter((job) => !own.has(job.arn)),
      elsewhere: all.filter((entry) => !isHere(entry)),
      ...(snapshot.error ? { error: snapshot.error } : {}),
    };
  }

  findRun(id: string): RunWithJobs | undefined {
    const run = this.runs.get(id);
    return run ? this.withJobs(run) : undefined;
  }

  /** The run a job belongs to, if it was started here. */
  runOfJob(arn: string): Run | undefined {
    return [...this.runs.values()].find((run) => jobArnsOf(run).includes(arn));
  }

  dispose(): void {
    this.store.dispose();
  }

  private withJobs(run: Run): RunWithJobs {
    const { tracker } = this.services;
    const arns = jobArnsOf(run);
    return {
      run,
      jobs: arns.flatMap((arn) => tracker.find(arn) ?? []),
      gone: arns.filter((arn) => !tracker.find(arn) && tracker.isGone(arn)).length,
    };
  }
}
