import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { AsyncQueue } from '../../core/asyncQueue.js';
import type { Disposable } from '../../core/lifecycle.js';
import { run } from '../../platform/commands.js';
import type { OwnHandlers, PanelKind } from '../../platform/panels.js';
import {
  detailsContract,
  type DetailsMissing,
  type DetailsRow,
  type DetailsSnapshot,
} from './contract.js';
import { detailsStrings } from './strings.js';

const PanelState = z.object({ modelId: z.string() });

/** Where a panel's facts come from. */
export interface DetailsSource {
  readonly modelId: string;
  snapshot(): DetailsSnapshot | DetailsMissing;
  readonly onDidChange: (listener: () => void) => Disposable;
  /** Asks AWS for the list where nothing is known yet. */
  load(): Promise<void>;
  availability(signal: AbortSignal): Promise<DetailsRow[]>;
}

/** The details page: one panel a model, by its id. */
export function detailsPanels(
  sourceOf: (modelId: string) => DetailsSource,
): PanelKind<typeof detailsContract, string> {
  return {
    viewType: 'bedrock.modelDetails',
    page: 'modelDetails',
    title: () => vscode.l10n.t('Model'),
    contract: detailsContract,
    enableFindWidget: true,
    keyOf: (modelId) => modelId,
    restore: (state) => {
      const stored = PanelState.safeParse(state);
      return stored.success ? stored.data.modelId : undefined;
    },
    fill: (modelId, frame) => {
      const source = sourceOf(modelId);
      const title = () => {
        const now = source.snapshot();
        return 'name' in now ? now.name : modelId;
      };
      frame.store.add(
        source.onDidChange(() => {
          frame.setTitle(title());
        }),
      );
      return {
        title: title(),
        data: { state: { modelId }, strings: detailsStrings() },
        handlers: handlersOf(source),
      };
    },
  };
}

/** The extension's side of the page. */
function handlersOf(source: DetailsSource): OwnHandlers<typeof detailsContract> {
  return {
    async *watch(_input, signal) {
      await source.load();
      const changes = new AsyncQueue<undefined>();
      const subscription = source.onDidChange(() => {
        changes.push(undefined);
      });
      try {
        do yield source.snapshot();
        while (await changes.take(signal));
      } finally {
        subscription.dispose();
      }
    },
    availability: (_input, signal) => source.availability(signal),
    act: async ({ action }) => {
      const id = `bedrock.models.${action}` as const;
      await (action === 'refresh' ? run(id) : run(id, source.modelId));
      return undefined;
    },
  };
}
