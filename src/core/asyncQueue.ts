/** Passes values from whoever pushes to one reader, who waits while there are none. */
export class AsyncQueue<T> {
  private values: T[] = [];
  private end: { readonly error?: Error } | undefined;
  private wake: (() => void) | undefined;

  push(...values: readonly T[]): void {
    if (this.end) return;
    for (const value of values) this.values.push(value);
    this.notify();
  }

  /** Nothing comes after this; what was pushed before is still read, then the error is thrown. */
  finish(error?: Error): void {
    this.end ??= error ? { error } : {};
    this.notify();
  }

  /** Forgets what nobody has read yet. */
  clear(): void {
    this.values = [];
  }

  /** All values that wait, at least one; undefined at the end, or as soon as the signal fires. */
  async take(signal?: AbortSignal): Promise<T[] | undefined> {
    const notify = () => {
      this.notify();
    };
    signal?.addEventListener('abort', notify, { once: true });
    try {
      while (this.values.length === 0 && !this.end && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      signal?.removeEventListener('abort', notify);
    }
    if (signal?.aborted) return undefined;
    if (this.values.length === 0) {
      this.throwOnce();
      return undefined;
    }
    const taken = this.values;
    this.values = [];
    return taken;
  }

  /** One value after the other, until the end or until the signal fires. */
  async *read(signal?: AbortSignal): AsyncGenerator<T, void> {
    for (let batch = await this.take(signal); batch; batch = await this.take(signal)) yield* batch;
  }

  private throwOnce(): void {
    const error = this.end?.error;
    this.end = {};
    if (error) throw error;
  }

  private notify(): void {
    const { wake } = this;
    this.wake = undefined;
    wake?.();
  }
}
