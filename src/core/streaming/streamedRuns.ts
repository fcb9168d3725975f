import { isCancelled } from '../errors.js';
import type { Disposable } from '../lifecycle.js';
import { Feed, type FeedStep } from './feed.js';

/** A paid call whose answer comes in pieces: how it is made and what becomes of it. */
export interface StreamedCall<State, Event, End> {
  /** What the run is for; told by `open`. */
  readonly key: string;
  /** The state before anything has come. */
  readonly waiting: State;
  readonly reduce: (state: State, event: Event) => State;
  /** Makes the call, once: tells every event, or gives the whole answer at the end. */
  readonly make: (
    signal: AbortSignal,
    onEvent: (event: Event) => void,
  ) => Promise<State | undefined>;
  /** What came, of a call that was stopped or failed. */
  readonly broken: (state: State, error: unknown) => State;
  readonly end: (state: State) => End;
  /** Writes the answer down, whether or not a page looks. Where that fails the page still gets it. */
  readonly keep: (end: End) => Promise<void>;
}

/** What follows a run: where it stands, every event, and how it ended. */
export type StreamedStep<State, Event, End> =
  FeedStep<State, Event> | { readonly type: 'end'; readonly end: End };

/** A run that has not ended. */
export interface OpenRun {
  readonly runId: string;
  readonly key: string;
}

interface Run<State, Event, End> {
  readonly call: StreamedCall<State, Event, End>;
  readonly controller: AbortController;
  readonly feed: Feed<State, Event>;
  state: State;
  /** Set where it has ended. */
  ended: { readonly end: End } | undefined;
}

export interface StreamedRunsOptions<Event> {
  /** Told of what failed, for the log. */
  readonly onFailed: (error: unknown) => void;
  /** Makes fewer events of many. */
  readonly merge?: (events: readonly Event[]) => readonly Event[];
}

/** Answers that ended before a page asked for them. */
const mostEnded = 8;

/**
 * Runs that belong to the extension, not to the page: a page that is hidden half-way finds what was
 * paid for when it returns. Nothing is ever sent twice by itself.
 */
export class StreamedRuns<State, Event, End> implements Disposable {
  private readonly runs = new Map<string, Run<State, Event, End>>();
  /** Stopped before they were started: a page writes its document down first. */
  private readonly stoppedEarly = new Set<string>();

  constructor(private readonly options: StreamedRunsOptions<Event>) {}

  /** Runs that have not ended. */
  open(): OpenRun[] {
    return [...this.runs].flatMap(([runId, { call, ended }]) =>
      ended ? [] : [{ runId, key: call.key }],
    );
  }

  /** How runs ended that no page has heard of. */
  untaken(): End[] {
    return [...this.runs.values()].flatMap(({ ended }) => (ended ? [ended.end] : []));
  }

  /** Leaves out the runs that have ended: a page has read them with the document. */
  forgetEnded(): void {
    for (const [runId, { ended }] of this.runs) if (ended) this.runs.delete(runId);
  }

  start(runId: string, call: StreamedCall<State, Event, End>): void {
    if (this.runs.has(runId)) return;
    const run: Run<State, Event, End> = {
      call,
      controller: new AbortController(),
      feed: new Feed(() => run.state),
      state: call.waiting,
      ended: undefined,
    };
    this.runs.set(runId, run);
    if (this.stoppedEarly.delete(runId)) run.controller.abort();
    void this.drive(run);
  }

  stop(runId: string): void {
    const run = this.runs.get(runId);
    if (run) run.controller.abort();
    else this.stoppedEarly.add(runId);
  }

  /** The run from where it is now to its end; nothing of a run that is not known. */
  async *follow(
    runId: string,
    signal: AbortSignal,
  ): AsyncGenerator<StreamedStep<State, Event, End>> {
    const run = this.runs.get(runId);
    if (!run) return;
    const { merge } = this.options;
    for await (const step of run.feed.read(signal)) {
      if (step.type === 'state') yield step;
      else yield { type: 'events', events: merge ? merge(step.events) : step.events };
    }
    if (signal.aborted || !run.ended) return;
    yield { type: 'end', end: run.ended.end };
    this.runs.delete(runId);
  }

  dispose(): void {
    for (const { controller } of this.runs.values()) controller.abort();
  }

  private async drive(run: Run<State, Event, End>): Promise<void> {
    const { call, feed, controller } = run;
    try {
      const whole = await call.make(controller.signal, (event) => {
        run.state = call.reduce(run.state, event);
        feed.push(event);
      });
      if (whole !== undefined) run.state = whole;
    } catch (error) {
      run.state = call.broken(run.state, error);
      if (!isCancelled(error)) this.options.onFailed(error);
    }
    const end = call.end(run.state);
    // Known as ended first: what a page writes down meanwhile must not leave it out.
    run.ended = { end };
    await call.keep(end).catch(this.options.onFailed);
    this.forgetOldest();
    feed.end();
  }

  /** An answer stays until a page has taken it; of those that none takes, the last few. */
  private forgetOldest(): void {
    const ended = [...this.runs].filter(([, run]) => run.ended !== undefined);
    for (const [runId] of ended.slice(0, -mostEnded)) this.runs.delete(runId);
  }
}
