import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.js';
import { Panels } from '../../platform/panels.js';
import type { Services } from '../../services.js';
import type { DetailsMissing, detailsContract, DetailsSnapshot } from './contract.js';
import { availabilityRows, detailsSnapshot } from './detailsFacts.js';
import { detailsPanels, type DetailsSource } from './detailsPanel.js';
import { findModel } from './modelReference.js';
import type { ModelsController } from './modelsController.js';
import { formatDay } from '../../core/format.js';
import { branchWord } from './words.js';
import type { CatalogueBranch } from '../../core/models/modelCatalogue.js';

type Needs = Pick<Services, 'session' | 'context' | 'log' | 'report'>;

/** The pages of models: one a model, which come back after a reload. */
export class ModelDetails implements Disposable {
  private readonly panels: Panels<typeof detailsContract, string>;
  private hasPlayground = false;

  constructor(
    private readonly services: Needs,
    private readonly models: ModelsController,
  ) {
    this.panels = new Panels(
      services,
      detailsPanels((modelId) => this.sourceOf(modelId)),
    );
  }

  /** Shows a model; the page that already shows it comes to the front. */
  async open(modelId: string): Promise<void> {
    await this.panels.show(modelId);
  }

  dispose(): void {
    this.panels.dispose();
  }

  private sourceOf(modelId: string): DetailsSource {
    return {
      modelId,
      snapshot: () => this.snapshot(modelId),
      onDidChange: (listener) => this.models.onDidChange(listener),
      load: async () => {
        if (await this.services.session.settled()) await this.models.listed();
        await this.findPlayground();
      },
      availability: async (signal) => {
        const { catalogue } = await this.services.session.aws();
        return availabilityRows(await catalogue.availability(modelId, signal));
      },
    };
  }

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
      isSandbox: this.services.session.current?.kind === 'sandbox',
      ...(failed.length > 0
        ? {
            notice: vscode.l10n.t(
              '{0} could not be listed. What is shown is of {1}.',
              failed.map(branchWord).join(', '),
              formatDay(new Date(date).toISOString()),
            ),
          }
        : {}),
    });
  }
}
