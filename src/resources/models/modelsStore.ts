import type { Memento } from 'vscode';
import type { Session } from '../../aws/session.js';
import { connectionKey, type Connection } from '../../core/connection.js';
import { isCancelled, toAppError } from '../../core/errors.js';
import { Emitter, type Disposable } from '../../core/lifecycle.js';
import type { BatchOverrides } from '../../core/models/batchSupport.js';
import {
  keepFailedBranches,
  mayBeMore,
  parseCached,
  withBatchOverrides,
  type CachedCatalogue,
  type ModelCatalogue,
} from '../../core/models/modelCatalogue.js';

/** A catalogue and when AWS gave it. */
export interface ListedCatalogue {
  readonly catalogue: ModelCatalogue;
  /** Milliseconds since the epoch. */
  readonly date: number;
  /** False where it is what an earlier session remembered. */
  readonly isFresh: boolean;
}

export interface ModelsStorePorts {
  readonly session: Pick<Session, 'awsFor'>;
  readonly memento: Memento;
  readonly overrides: () => BatchOverrides;
}

const cachePrefix = 'bedrock.models.cache/';
/** Connections whose models are remembered; the oldest goes first. */
const cachedConnections = 6;

/** The models of each connection: remembered ones at once, AWS's when asked. */
export class ModelsStore implements Disposable {
  private readonly listed = new Map<string, ListedCatalogue>();
  private readonly running = new Map<string, Promise<ListedCatalogue>>();
  private readonly changes = new Emitter<undefined>();
  private readonly closing = new AbortController();
  readonly onDidChange = this.changes.event;

  constructor(private readonly ports: ModelsStorePorts) {}

  /** What is known of a connection's models, without asking AWS. */
  known(connection: Connection): ListedCatalogue | undefined {
    const key = connectionKey(connection);
    const listed = this.listed.get(key);
    if (listed) return listed;
    const cached = parseCached(this.ports.memento.get<unknown>(cachePrefix + key));
    if (!cached) return undefined;
    const remembered: ListedCatalogue = {
      catalogue: withBatchOverrides({ ...cached, errors: {} }, this.ports.overrides()),
      date: Date.parse(cached.date),
      isFresh: false,
    };
    this.listed.set(key, remembered);
    return remembered;
  }

  /** Asks AWS; who asks meanwhile gets the same answer. Rejects only where it was cancelled. */
  refresh(connection: Connection): Promise<ListedCatalogue> {
    const key = connectionKey(connection);
    let running = this.running.get(key);
    if (!running) {
      running = this.fetch(connection).finally(() => this.running.delete(key));
      this.running.set(key, running);
    }
    return running;
  }

  /** What AWS said in this session; asks where it has not been asked yet. */
  async fresh(connection: Connection): Promise<ListedCatalogue> {
    const known = this.known(connection);
    const isUsable = known?.isFresh && !mayBeMore(known.catalogue);
    return isUsable ? known : this.refresh(connection);
  }

  /** Applies changed settings to what is known. */
  applyOverrides(): void {
    for (const [key, listed] of this.listed) {
      const catalogue = withBatchOverrides(listed.catalogue, this.ports.overrides());
      this.listed.set(key, { ...listed, catalogue });
    }
    this.changes.fire(undefined);
  }

  dispose(): void {
    this.closing.abort();
    this.changes.dispose();
  }

  private async fetch(connection: Connection): Promise<ListedCatalogue> {
    const key = connectionKey(connection);
    const loaded = await this.load(connection);
    const before = this.known(connection);
    const catalogue = keepFailedBranches(loaded, before?.catalogue);
    const hasModels = loaded.errors.models === undefined;
    const date = hasModels ? Date.now() : (before?.date ?? Date.now());
    const listed: ListedCatalogue = { catalogue, date, isFresh: true };
    this.listed.set(key, listed);
    if (hasModels) await this.remember(key, listed);
    this.changes.fire(undefined);
    return listed;
  }

  private async load(connection: Connection): Promise<ModelCatalogue> {
    try {
      const aws = await this.ports.session.awsFor(connection);
      return await aws.catalogue.load(this.closing.signal);
    } catch (error) {
      if (isCancelled(error)) throw error;
      // The connection could not even be opened: that is why there are no models.
      return { models: [], own: [], errors: { models: toAppError(error) } };
    }
  }

  private async remember(key: string, { catalogue, date }: ListedCatalogue): Promise<void> {
    const { memento } = this.ports;
    const { models, own } = catalogue;
    const cached: CachedCatalogue = { version: 1, date: new Date(date).toISOString(), models, own };
    await memento.update(cachePrefix + key, cached);
    const dated = memento
      .keys()
      .filter((name) => name.startsWith(cachePrefix))
      .map((name) => ({ name, date: parseCached(memento.get<unknown>(name))?.date ?? '' }))
      .sort((a, b) => b.date.localeCompare(a.date));
    for (const { name } of dated.slice(cachedConnections)) await memento.update(name, undefined);
  }
}
