import type { Memento } from 'vscode';

/** One remembered value with a check on the way in: what an older version stored may not fit. */
export class Remembered<T> {
  constructor(
    private readonly memento: Memento,
    private readonly key: string,
    private readonly parse: (value: unknown) => T | undefined,
  ) {}

  get(): T | undefined {
    return this.parse(this.memento.get<unknown>(this.key));
  }

  async set(value: T | undefined): Promise<void> {
    await this.memento.update(this.key, value);
  }
}
