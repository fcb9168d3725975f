import type { Memento } from 'vscode';
import * as z from 'zod/mini';
import { Emitter } from '../../../core/lifecycle.js';
import { Remembered } from '../../../platform/memento.js';
import type { PlaygroundDocument } from '../document/documentSchema.js';
import { documentTitle } from '../document/newDocument.js';
import type { PlaygroundStore } from './playgroundStore.js';

const Entry = z.object({
  id: z.string(),
  title: z.string(),
  models: z.array(z.string()),
  /** ISO 8601. */
  changed: z.string(),
});
/** A line of the history. */
export type HistoryEntry = Readonly<z.infer<typeof Entry>>;

/** A playground was renamed or deleted from the list. */
export type HistoryChange =
  | { readonly kind: 'renamed'; readonly id: string; readonly title: string }
  | { readonly kind: 'removed'; readonly id: string };

const mostEntries = 200;
const mostInputs = 50;

/** The playgrounds of a workspace: a list in the workspace's memory, each in a file. */
export class PlaygroundHistory {
  private readonly entries: Remembered<HistoryEntry[]>;
  private readonly lastInputs: Remembered<string[]>;
  private readonly model: Remembered<string>;
  /** Deleted in this session: a page that is still open must not bring one back. */
  private readonly removed = new Set<string>();
  private readonly changes = new Emitter<HistoryChange>();
  /** Tells open pages what was done to their playground from the list. */
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly store: PlaygroundStore,
    memento: Memento,
    private readonly now: () => number,
  ) {
    const parse =
      <T>(schema: z.ZodMiniType<T>) =>
      (value: unknown) => {
        const parsed = z.safeParse(schema, value);
        return parsed.success ? parsed.data : undefined;
      };
    this.entries = new Remembered(memento, 'bedrock.playground.history', parse(z.array(Entry)));
    this.lastInputs = new Remembered(
      memento,
      'bedrock.playground.inputs',
      parse(z.array(z.string())),
    );
    this.model = new Remembered(memento, 'bedrock.playground.model', parse(z.string()));
  }

  /** Newest first. */
  list(): readonly HistoryEntry[] {
    return this.entries.get() ?? [];
  }

  /** Prompts that were sent, oldest first. */
  inputs(): readonly string[] {
    return this.lastInputs.get() ?? [];
  }

  /** The model that was used last. */
  get lastModelId(): string | undefined {
    return this.model.get();
  }

  /** The words of every playground by its id: prompts and answers. */
  async texts(): Promise<ReadonlyMap<string, string>> {
    const ids = this.list().map(({ id }) => id);
    return new Map(
      await Promise.all(ids.map(async (id) => [id, await this.store.text(id)] as const)),
    );
  }

  load(id: string): Promise<PlaygroundDocument | undefined> {
    return this.store.load(id);
  }

  /** Writes a playground; one without a prompt stays out of the list. */
  async save(document: PlaygroundDocument): Promise<void> {
    if (this.removed.has(document.id)) return;
    await this.store.save(document);
    // Deleted meanwhile: a line without a playground must not stay.
    if (this.removed.has(document.id)) return;
    const modelId = document.lanes[0]?.modelId;
    if (modelId && modelId !== this.lastModelId) await this.model.set(modelId);
    const title = documentTitle(document);
    if (title === undefined) return;
    const entry = {
      id: document.id,
      title,
      models: document.lanes.map((lane) => lane.modelId),
      changed: new Date(this.now()).toISOString(),
    };
    const others = this.list().filter(({ id }) => id !== document.id);
    const kept = [entry, ...others];
    await this.entries.set(kept.slice(0, mostEntries));
    for (const { id } of kept.slice(mostEntries)) await this.store.remove(id);
    await this.rememberInput(document);
  }

  async rename(id: string, title: string): Promise<void> {
    const document = await this.store.load(id);
    if (!document) return;
    await this.save({ ...document, title });
    this.changes.fire({ kind: 'renamed', id, title });
  }

  async remove(id: string): Promise<void> {
    this.removed.add(id);
    this.changes.fire({ kind: 'removed', id });
    await this.entries.set(this.list().filter((entry) => entry.id !== id));
    await this.store.remove(id);
  }

  private async rememberInput({ lanes }: PlaygroundDocument): Promise<void> {
    const last = lanes[0]?.turns.findLast(({ role }) => role === 'user');
    const block = last?.content.find(({ type }) => type === 'text');
    const text = block?.type === 'text' ? block.text : '';
    const known = this.inputs();
    if (text === '' || known.at(-1) === text) return;
    const others = known.filter((input) => input !== text);
    await this.lastInputs.set([...others, text].slice(-mostInputs));
  }
}
