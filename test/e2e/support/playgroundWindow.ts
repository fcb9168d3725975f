import type { FrameLocator, Locator } from 'playwright-core';
import type { ProfileWindow } from './profileWindow.js';
import { until } from './until.js';

/** A playground in front of a window, with what a person does in it. */
export class PlaygroundWindow {
  page!: FrameLocator;

  constructor(readonly window: ProfileWindow) {}

  get turns(): Locator {
    return this.page.getByRole('article');
  }

  get prompt(): Locator {
    return this.page.getByRole('textbox', { name: 'Prompt', exact: true });
  }

  /** A new playground from the palette. */
  async open(): Promise<void> {
    const { workbench } = this.window;
    // One that is open may have the same title, and be in sight for a moment longer.
    const open = await workbench.webviewNames();
    await workbench.runCommand('Open Playground');
    this.page = await workbench.webviewFrame('Playground', open);
    await this.prompt.waitFor();
  }

  /** Brings the playground with that title to the front. */
  async front(title: string): Promise<void> {
    await this.window.workbench.page.locator('.tab', { hasText: title }).first().click();
    await this.see(title);
  }

  /** Waits for the playground with that title. */
  async see(title: string | RegExp): Promise<void> {
    this.page = await this.window.workbench.webviewFrame(title);
    await this.page.locator('.header').waitFor();
  }

  async chooseModel(name: string): Promise<void> {
    const { quickPick } = this.window.workbench;
    await this.page.locator('.model-button').first().click();
    await quickPick.waitFor('Choose a Model');
    await quickPick.pick(name);
    await this.page.locator('.model-name', { hasText: name }).waitFor();
  }

  /** Any model, by its id. */
  async chooseModelId(id: string): Promise<void> {
    const { quickPick } = this.window.workbench;
    await this.page.locator('.model-button').first().click();
    await quickPick.waitFor('Choose a Model');
    await quickPick.type(id);
    await quickPick.accept();
    await this.page.locator(`.model-button[title="${id}"]`).waitFor();
  }

  /** Native mode, with the family's ready-made body. */
  async native(): Promise<Locator> {
    await this.page.getByRole('radio', { name: 'Native' }).check({ force: true });
    const body = this.page.getByRole('textbox', { name: 'Request body' });
    await until('the ready body', async () => (await body.inputValue()).includes('max_tokens'));
    return body;
  }

  /** Adds a model beside the others. */
  async compareWith(name: string): Promise<void> {
    const { quickPick } = this.window.workbench;
    const before = await this.page.locator('.lane').count();
    await this.page.getByRole('button', { name: 'Compare with another model' }).click();
    await quickPick.waitFor('Choose a Model');
    await quickPick.pick(name);
    await this.page.locator('.lane').nth(before).waitFor();
  }

  async ask(text: string): Promise<void> {
    await this.prompt.fill(text);
    await this.prompt.press('Enter');
  }

  /** Waits until nothing arrives any more and so many turns are there. */
  async answered(count: number): Promise<void> {
    await until('the answers', async () => {
      const busy = await this.page.locator('[aria-busy=true]').count();
      return busy === 0 && (await this.turns.count()) === count;
    });
  }

  /** Chooses a line of the playground's menu. */
  async menu(label: string): Promise<void> {
    const { quickPick } = this.window.workbench;
    await this.page.getByRole('button', { name: 'Export, prompt files, datasets' }).click();
    await quickPick.waitFor('Playground');
    await quickPick.pick(label);
  }

  /** Types a path into the editor's own file dialog and confirms it. */
  async fileDialog(title: string, path: string): Promise<void> {
    const { quickPick } = this.window.workbench;
    await quickPick.waitFor(title);
    // What led here may have the same title and still be there; and until it has listed the folder
    // the dialog puts the name it suggests over what is typed.
    await until('the folder', async () => {
      const [first] = await quickPick.items();
      return first?.label === '..' && (await quickPick.value()).startsWith('/');
    });
    await until('the path', async () => {
      if ((await quickPick.value()) === path) return true;
      await quickPick.type(path);
      return undefined;
    });
    await quickPick.accept();
  }

  /** How many requests of that operation the sandbox got. */
  async sent(operation: string): Promise<number> {
    const response = await fetch(`${this.window.at.sandbox.endpoint}/_sandbox/requests`);
    const { requests } = (await response.json()) as { requests: { operation: string }[] };
    return requests.filter((request) => request.operation === operation).length;
  }
}
