import { type Signal, signal } from '@preact/signals';
import type { Failure } from '../../core/errors.js';
import type { StreamedStep } from '../../core/streaming/streamedRuns.js';
import { guard } from './page.js';

/** A stream of the extension's state that a page shows, and what broke it. */
export interface Followed {
  /** Set where the extension stopped answering. */
  readonly failure: Signal<Failure | undefined>;
  /** Follows; again after a failure. */
  readonly watch: () => Promise<void>;
}

export function followed<T>(open: () => AsyncIterable<T>, take: (next: T) => void): Followed {
  const failure = signal<Failure | undefined>(undefined);
  return {
    failure,
    watch: async () => {
      failure.value = undefined;
      await guard(
        async () => {
          for await (const next of open()) take(next);
        },
        (found) => {
          failure.value = found;
        },
      );
    },
  };
}

/** How a run's events become what is shown. */
export interface RunView<State, Event> {
  readonly waiting: State;
  readonly reduce: (state: State, event: Event) => State;
  /** Called once a frame, however many events arrive; never after the end. */
  readonly show: (state: State) => void;
}

/** Shows a run as it arrives; gives how it ended, undefined where it is not known any more. */
export async function followRun<State, Event, End>(
  steps: AsyncIterable<StreamedStep<State, Event, End>>,
  { waiting, reduce, show }: RunView<State, Event>,
): Promise<End | undefined> {
  let state = waiting;
  let isScheduled = false;
  let isOver = false;
  const draw = () => {
    isScheduled = false;
    if (!isOver) show(state);
  };
  try {
    for await (const step of steps) {
      if (step.type === 'end') return step.end;
      if (step.type === 'state') ({ state } = step);
      else for (const event of step.events) state = reduce(state, event);
      if (isScheduled) continue;
      isScheduled = true;
      // Hidden pages draw no frames, yet their answers must go on.
      if (document.hidden) setTimeout(draw, 100);
      else requestAnimationFrame(draw);
    }
    return undefined;
  } finally {
    isOver = true;
  }
}
