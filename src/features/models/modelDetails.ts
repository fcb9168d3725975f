import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import type { Services } from '../../services.js';
import type { DetailsMissing, DetailsSnapshot } from './contract.js';
import { availabilityRows, detailsSnapshot } from './detailsFacts.js';
import {
  createDetailsPanel,
  detailsViewType,
  fillDetailsPanel,
  type DetailsSource,
} from './detailsPanel.js';
import { findModel } from './modelReference.js';
import type { ModelsController } from './modelsController.js';
import { branchWord, day } from './words.js';
import type { CatalogueBranch } from '../../core/models/modelCatalogue.js';

const PanelState = z.object({ modelId: z.string() });

type Needs = Pick<Services, 'session' | 'context' | 'log'>;

/** The pages of models: one a model, which come back after a reload. */
export class ModelDetails implements Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();
  private readonly store = new DisposableStore();

  constructor(
    private readonly services: Needs,
    private readonly models: ModelsController,
  ) {
    this.store.add(
      vscode.window.registerWebviewPanelSerializer(detailsViewType, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          const stored = PanelState.safeParse(state);
          if (stored.success) this.fill(panel, stored.data.modelId);
          else panel.dispose();
          return Promise.resolve();
        },
      }),
    );
  }

  /** Shows a model; the page that already shows it comes to the front. */
  open(modelId: string): void {
    const open = this.panels.get(modelId);
    if (open) open.reveal();
    else this.fill(createDetailsPanel(), modelId);
  }

  /** Panels are left to VS Code: one that is closed with its window would not come back. */
  dispose(): void {
    this.store.dispose();
    this.panels.clear();
  }

  private fill(panel: vscode.WebviewPanel, modelId: string): void {
    this.panels.set(modelId, panel);
    panel.onDidDispose(() => {
      if (this.panels.get(modelId) === panel) this.panels.delete(modelId);
    });
    const { context, log } = this.services;
    fillDetailsPanel(
      {
        extensionUri: context.extensionUri,
        onError: (error) => {
          log.error('model details', { error });
        },
      },
      panel,
      this.sourceOf(modelId),
    );
  }

  private sourceOf(modelId: string): DetailsSource {
    return {
      modelId,
      snapshot: () => this.snapshot(modelId),
      onDidChange: (listener) => this.models.onDidChange(listener),
      load: async () => {
        await this.services.session.restoring;
        if (this.services.session.current) await this.models.listed();
        await this.findPlayground();
      },
      availability: async (signal) => {
        const { catalogue } = await this.services.session.aws();
        return availabilityRows(await catalogue.availability(modelId, signal));
      },
    };
  }

  private hasPlayground = false;

  private async findPlayground(): Promise<void> {
    const ids = await vscode.commands.getCommands(true);
    this.hasPlayground = ids.includes('bedrock.playground.open');
  }

  private snapshot(modelId: string): DetailsSnapshot | DetailsMissing {
    const known = this.models.known();
    if (!known) {
      return {
        missing: vscode.l10n.t('No connection is chosen. Choose one to see {0}.', modelId),
      };
    }
    const { catalogue, date } = known;
    const model = findModel(catalogue.models, modelId);
    if (!model) {
      return {
        missing:
          catalogue.errors.models?.message ??
          vscode.l10n.t('{0} is not among the models of this connection.', modelId),
      };
    }
    const failed = (Object.keys(catalogue.errors) as CatalogueBranch[]).filter(
      (branch) => branch === 'models' || branch === 'profiles',
    );
    return detailsSnapshot(model, {
      ...this.models.wordsContext(),
      isFavourite: this.models.preferences.favourites.includes(model.id),
      hasPlayground: this.hasPlayground,
      ...(failed.length > 0
        ? {
            notice: vscode.l10n.t(
              '{0} could not be listed. What is shown is of {1}.',
              failed.map(branchWord).join(', '),
              day(new Date(date).toISOString()),
            ),
          }
        : {}),
    });
  }
}
