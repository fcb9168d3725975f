import type { Memento } from 'vscode';
import { Emitter, type Disposable } from '../../core/lifecycle.js';
import { noteRecent, parseIds, setFavourite } from '../../core/models/favourites.js';
import { groupings, type Grouping } from '../../core/models/group.js';
import type { ModelFilter } from '../../core/models/filter.js';
import { Remembered } from '../../platform/memento.js';

/** How the person wants to see the models. All but the filter is remembered. */
export class ModelPreferences implements Disposable {
  private readonly storedFavourites: Remembered<string[]>;
  private readonly storedRecent: Remembered<string[]>;
  private readonly storedGrouping: Remembered<Grouping>;
  private readonly changes = new Emitter<undefined>();
  readonly onDidChange = this.changes.event;
  private current: ModelFilter = {};

  constructor(memento: Memento) {
    this.storedFavourites = new Remembered(memento, 'bedrock.models.favourites', parseIds);
    this.storedRecent = new Remembered(memento, 'bedrock.models.recent', parseIds);
    this.storedGrouping = new Remembered(memento, 'bedrock.models.grouping', (value) =>
      groupings.find((known) => known === value),
    );
  }

  get favourites(): readonly string[] {
    return this.storedFavourites.get() ?? [];
  }

  get recent(): readonly string[] {
    return this.storedRecent.get() ?? [];
  }

  get grouping(): Grouping {
    return this.storedGrouping.get() ?? 'provider';
  }

  get filter(): ModelFilter {
    return this.current;
  }

  setFilter(filter: ModelFilter): void {
    this.current = filter;
    this.changes.fire(undefined);
  }

  async setGrouping(grouping: Grouping): Promise<void> {
    await this.storedGrouping.set(grouping);
    this.changes.fire(undefined);
  }

  async setFavourite(id: string, isFavourite: boolean): Promise<void> {
    await this.storedFavourites.set(setFavourite(this.favourites, id, isFavourite));
    this.changes.fire(undefined);
  }

  async noteUse(id: string): Promise<void> {
    await this.storedRecent.set(noteRecent(this.recent, id));
    this.changes.fire(undefined);
  }

  dispose(): void {
    this.changes.dispose();
  }
}
