/** One request the sandbox has answered, or dropped. */
export interface LoggedRequest {
  readonly time: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** HTTP status; 0 where the connection was dropped without an answer. */
  status: number;
  /** True where the operation ran and succeeded, also where its answer was dropped. */
  effect: boolean;
  fault?: string;
  durationMs: number;
}

const kept = 2000;

/** The last requests, for tests that count effects. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  start(operation: string, method: string, path: string): LoggedRequest {
    const time = new Date().toISOString();
    const entry = { time, operation, method, path, status: 0, effect: false, durationMs: 0 };
    this.entries.push(entry);
    if (this.entries.length > kept) this.entries = this.entries.slice(-kept / 2);
    return entry;
  }

  list(): readonly LoggedRequest[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
  }
}
