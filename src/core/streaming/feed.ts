import { AsyncQueue } from '../asyncQueue.js';

/** What a reader is given of a run: where it stands, then every event in batches. */
export type FeedStep<State, Event> =
  | { readonly type: 'state'; readonly state: State }
  | { readonly type: 'events'; readonly events: readonly Event[] };

/** The events of a run that goes on whether or not anybody looks, for every page that follows. */
export class Feed<State, Event> {
  private readonly readers = new Set<AsyncQueue<Event>>();
  private isEnded = false;

  /** @param state Where the run stands; asked once for each reader. */
  constructor(private readonly state: () => State) {}

  push(event: Event): void {
    for (const reader of this.readers) reader.push(event);
  }

  /** Nothing comes after this; readers get what they have not taken yet. */
  end(): void {
    this.isEnded = true;
    for (const reader of this.readers) reader.finish();
  }

  /** Where the run stands now, then every event: a slow page gets fewer and larger batches. */
  async *read(signal: AbortSignal): AsyncGenerator<FeedStep<State, Event>, void> {
    const reader = new AsyncQueue<Event>();
    this.readers.add(reader);
    if (this.isEnded) reader.finish();
    try {
      yield { type: 'state', state: this.state() };
      for (let events = await reader.take(signal); events; events = await reader.take(signal)) {
        yield { type: 'events', events };
      }
    } finally {
      this.readers.delete(reader);
    }
  }
}
