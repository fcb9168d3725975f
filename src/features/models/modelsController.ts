import type { Connection } from '../../core/connection.js';
import { isCancelled } from '../../core/errors.js';
import { DisposableStore, Emitter, type Disposable } from '../../core/lifecycle.js';
import type { ModelTreeState } from '../../core/models/tree.js';
import type { Services } from '../../services.js';
import type { ModelPreferences } from '../../resources/models/modelPreferences.js';
import type { ListedCatalogue } from '../../resources/models/modelsStore.js';
import type { TooltipContext } from './modelTooltip.js';

type Needs = Pick<Services, 'session' | 'config' | 'log' | 'models' | 'modelPreferences'>;

/** Milliseconds after which a list is asked for again when the view becomes visible. */
const oldMs = 60_000;

/** The models of the connection in use, and how the person wants to see them. */
export class ModelsController implements Disposable {
  readonly preferences: ModelPreferences;
  private readonly store = new DisposableStore();
  private readonly changes = new Emitter<undefined>();
  readonly onDidChange = this.changes.event;

  constructor(private readonly services: Needs) {
    const { config, session, models } = services;
    this.preferences = services.modelPreferences;
    const changed = () => {
      this.changes.fire(undefined);
    };
    this.store.add(models.onDidChange(changed));
    this.store.add(this.preferences.onDidChange(changed));
    this.store.add(session.onDidChange(changed));
    this.store.add(
      config.onDidChange(['bedrock.models.batch', 'bedrock.models.prices'], () => {
        models.applyOverrides();
      }),
    );
  }

  /** The tree's state; waits for AWS only where nothing is known. Undefined without a connection. */
  async treeState(): Promise<ModelTreeState | undefined> {
    const connection = this.services.session.current;
    if (!connection) return undefined;
    const listed = this.services.models.known(connection) ?? (await this.quietly(connection));
    return listed && this.stateOf(listed);
  }

  /** The tree's state as far as it is known. */
  knownState(): ModelTreeState | undefined {
    const listed = this.known();
    return listed && this.stateOf(listed);
  }

  known(): ListedCatalogue | undefined {
    const connection = this.services.session.current;
    return connection && this.services.models.known(connection);
  }

  /** Asks AWS where the answer is old, of an earlier session, or had failures. */
  async refreshIfOld(): Promise<void> {
    const connection = this.services.session.current;
    if (!connection) return;
    const known = this.services.models.known(connection);
    const isGood = known?.isFresh && Object.keys(known.catalogue.errors).length === 0;
    if (isGood && Date.now() - known.date < oldMs) return;
    await this.quietly(connection);
  }

  async region(): Promise<string> {
    return (await this.connection()).region;
  }

  async listed(): Promise<ListedCatalogue> {
    const connection = await this.connection();
    return this.services.models.known(connection) ?? this.services.models.refresh(connection);
  }

  async fresh(refresh: boolean): Promise<ListedCatalogue> {
    const connection = await this.connection();
    return refresh
      ? this.services.models.refresh(connection)
      : this.services.models.fresh(connection);
  }

  /** What the words about a model depend on. */
  wordsContext(): TooltipContext {
    const { session, config } = this.services;
    return {
      region: session.current?.region ?? '',
      now: new Date(),
      batchOverrides: config.get('bedrock.models.batch'),
      priceOverrides: config.get('bedrock.models.prices'),
    };
  }

  connection(): Promise<Connection> {
    return this.services.session.require();
  }

  dispose(): void {
    this.store.dispose();
    this.changes.dispose();
  }

  private stateOf({ catalogue }: ListedCatalogue): ModelTreeState {
    const { filter, grouping, favourites, recent } = this.preferences;
    return { catalogue, filter, grouping, favourites, recent, now: new Date() };
  }

  /** What AWS says; a window that closes meanwhile is no failure. */
  private async quietly(connection: Connection): Promise<ListedCatalogue | undefined> {
    try {
      const listed = await this.services.models.refresh(connection);
      for (const [branch, error] of Object.entries(listed.catalogue.errors)) {
        this.services.log.warn('models could not be listed', { branch, error });
      }
      return listed;
    } catch (error) {
      if (isCancelled(error)) return undefined;
      throw error;
    }
  }
}
