/** What a page is given of a call. */
export type FeedStep<State, Event> =
  | { readonly type: 'state'; readonly state: State }
  | { readonly type: 'events'; readonly events: readonly Event[] };

/** A call that goes on whether or not a page looks: its state and its events, for every page that follows. */
export class Feed<State, Event> {
  private readonly readers = new Set<Reader<Event>>();
  private isEnded = false;

  /** @param state Where the call stands; asked once for each reader. */
  constructor(private readonly state: () => State) {}

  push(event: Event): void {
    for (const reader of this.readers) reader.take(event);
  }

  /** Nothing comes after this; readers get what they have not taken yet. */
  end(): void {
    this.isEnded = true;
    for (const reader of this.readers) reader.wake();
  }

  /** Where the call stands now, then every event, in batches: a slow page gets fewer and larger ones. */
  async *read(signal: AbortSignal): AsyncGenerator<FeedStep<State, Event>, void> {
    const reader = new Reader<Event>();
    this.readers.add(reader);
    signal.addEventListener('abort', reader.wake, { once: true });
    try {
      yield { type: 'state', state: this.state() };
      while (!signal.aborted) {
        const events = reader.empty();
        if (events.length > 0) yield { type: 'events', events };
        else if (this.isEnded) return;
        else await reader.more();
      }
    } finally {
      signal.removeEventListener('abort', reader.wake);
      this.readers.delete(reader);
    }
  }
}

class Reader<Event> {
  private queue: Event[] = [];
  private resolve: (() => void) | undefined;

  take(event: Event): void {
    this.queue.push(event);
    this.wake();
  }

  empty(): readonly Event[] {
    const taken = this.queue;
    this.queue = [];
    return taken;
  }

  readonly wake = (): void => {
    this.resolve?.();
  };

  more(): Promise<void> {
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }
}
