/**
 * Events of one stream on their way out: the first leaves at once, later ones are posted together
 * once a tick, and `ready` waits while too many are unacknowledged.
 */
export class EventOutbox {
  private queue: unknown[] = [];
  private unacknowledged = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void) | undefined;
  private isDisposed = false;

  constructor(
    private readonly post: (events: readonly unknown[]) => void,
    private readonly tickMs: number,
    private readonly maxPending: number,
  ) {}

  push(event: unknown): void {
    if (this.isDisposed) return;
    this.queue.push(event);
    if (this.timer === undefined) this.tick();
  }

  /** Resolves as soon as another event may be pushed. */
  ready(): Promise<void> {
    if (this.hasRoom()) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  /** The other side has taken this many events. */
  acknowledge(count: number): void {
    if (!Number.isSafeInteger(count) || count <= 0) return;
    this.unacknowledged = Math.max(0, this.unacknowledged - count);
    if (this.hasRoom()) this.wake();
  }

  /** Posts what is queued now. */
  flush(): void {
    if (this.queue.length === 0) return;
    const events = this.queue;
    this.queue = [];
    this.unacknowledged += events.length;
    this.post(events);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.queue = [];
    this.wake();
  }

  private hasRoom(): boolean {
    return this.isDisposed || this.queue.length + this.unacknowledged < this.maxPending;
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.();
  }

  private tick(): void {
    this.flush();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.queue.length > 0) this.tick();
    }, this.tickMs);
  }
}
