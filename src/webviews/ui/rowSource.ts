import { signal } from '@preact/signals';
import { isCancelled } from '../../core/errors.js';

/** Rows of a view that live in the extension, fetched in pages as the grid shows them. */
export class RowSource<Row> {
  /** Changes whenever a row may have become available. */
  readonly version = signal(0);
  /** Changes whenever all rows must be asked for again. */
  readonly generation = signal(0);
  /** Why the last page did not come. */
  readonly error = signal<Error | undefined>(undefined);
  private readonly pages = new Map<number, readonly Row[]>();
  private readonly pending = new Map<number, AbortController>();
  /** Not asked for again until `reset`: the person decides when to try again. */
  private readonly failed = new Set<number>();

  constructor(
    private readonly fetch: (from: number, count: number, signal: AbortSignal) => Promise<Row[]>,
    private readonly pageSize = 100,
    private readonly maxPages = 30,
  ) {}

  /** The row, or undefined while it is on its way. */
  row(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize];
  }

  /** Fetches what is missing between two rows, and stops fetching what is not wanted any more. */
  need(first: number, end: number, rowCount: number): void {
    const from = Math.floor(first / this.pageSize);
    const to = Math.floor(Math.max(first, end - 1) / this.pageSize);
    for (const [page, controller] of this.pending) {
      if (page < from || page > to) controller.abort();
    }
    for (let page = from; page <= to && end > first; page++) {
      const wanted = Math.min(this.pageSize, rowCount - page * this.pageSize);
      const has = this.pages.get(page)?.length ?? 0;
      if (has < wanted && !this.pending.has(page) && !this.failed.has(page)) void this.load(page);
    }
  }

  /** Forgets all rows: order or filter changed. */
  reset(): void {
    for (const controller of this.pending.values()) controller.abort();
    this.pending.clear();
    this.pages.clear();
    this.failed.clear();
    this.error.value = undefined;
    this.generation.value++;
    this.version.value++;
  }

  private async load(page: number): Promise<void> {
    const controller = new AbortController();
    this.pending.set(page, controller);
    try {
      const rows = await this.fetch(page * this.pageSize, this.pageSize, controller.signal);
      if (controller.signal.aborted) return;
      this.keep(page, rows);
    } catch (error) {
      if (controller.signal.aborted || isCancelled(error)) return;
      this.failed.add(page);
      this.error.value = error as Error;
    } finally {
      if (this.pending.get(page) === controller) this.pending.delete(page);
      this.version.value++;
    }
  }

  private keep(page: number, rows: readonly Row[]): void {
    this.pages.delete(page);
    this.pages.set(page, rows);
    // Oldest first: a Map keeps the order in which keys were set.
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= this.maxPages) break;
      this.pages.delete(oldest);
    }
  }
}
