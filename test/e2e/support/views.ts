import type { Locator } from 'playwright-core';
import type { Steps } from './steps.js';
import { escapePattern, plain, until } from './until.js';

/** One line of a tree. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** 1 for the outermost lines. */
  readonly level: number;
  /** Undefined where there is nothing to unfold. */
  readonly expanded: boolean | undefined;
}

/** The side bar: views, their trees, the Explorer among them, and context menus. */
export class Views {
  readonly #steps: Steps;

  constructor(steps: Steps) {
    this.#steps = steps;
  }

  /** Shows a container of the activity bar by its title, and unfolds the sections named. */
  async openView(title: string, ...sections: readonly string[]): Promise<void> {
    const bar = this.#steps.page.locator('.activitybar .action-item');
    const entry = bar.filter({
      has: this.#steps.page.locator(`a[aria-label="${title}"], a[aria-label^="${title} ("]`),
    });
    await this.#steps.run({
      what: `open the view "${title}"`,
      work: () =>
        until('the view', async () => {
          if ((await entry.getAttribute('aria-expanded')) === 'true') return true;
          await entry.click({ timeout: 5_000 });
          return undefined;
        }),
      seen: async () => {
        const links = await bar.locator('a').all();
        const names = await Promise.all(links.map((link) => link.getAttribute('aria-label')));
        return names.join(' | ');
      },
    });
    for (const section of sections) await this.expandSection(section);
  }

  /** Unfolds a section of the open container. */
  async expandSection(title: string): Promise<void> {
    const header = this.#steps.page.locator(`.pane-header[aria-label="${title} Section"]`);
    await this.#steps.run({
      what: `unfold the section "${title}"`,
      work: () =>
        until('the section', async () => {
          if ((await header.getAttribute('aria-expanded', { timeout: 5_000 })) === 'true') {
            return true;
          }
          await header.click({ timeout: 5_000 });
          return undefined;
        }),
    });
  }

  /** Presses a button of the side bar, such as one that welcomes to an empty view. */
  async pressButton(label: string): Promise<void> {
    const buttons = this.#steps.page.locator('.part.sidebar .monaco-button');
    await this.#steps.run({
      what: `press "${label}" in the side bar`,
      work: () => buttons.filter({ hasText: label }).first().click(),
      seen: () => this.#sideBarText(),
    });
  }

  /** The lines on the screen of the tree with that title; waits for the first one. */
  async treeItems(view: string): Promise<TreeRow[]> {
    const rows = this.#rows(view);
    await this.#steps.run({
      what: `see a line in the tree "${view}"`,
      work: () => until('a line', async () => (await rows.count()) > 0),
      seen: () => this.#sideBarText(),
    });
    return Promise.all((await rows.all()).map(readRow));
  }

  /** Waits for a line by its label; returns it, to click, hover or read. */
  async treeItem(view: string, label: string | RegExp): Promise<Locator> {
    const name = this.#steps.page.locator('.label-name');
    const exact =
      typeof label === 'string' ? new RegExp(`^\\s*${escapePattern(label)}\\s*$`) : label;
    const row = this.#rows(view)
      .filter({ has: name.filter({ hasText: exact }) })
      .first();
    await this.#steps.run({
      what: `see ${String(label)} in the tree "${view}"`,
      work: () => until('the line', () => row.isVisible()),
      seen: () => this.#sideBarText(),
    });
    return row;
  }

  /** Unfolds a line of a tree. */
  async expandTreeItem(view: string, label: string | RegExp): Promise<void> {
    const row = await this.treeItem(view, label);
    await this.#steps.run({
      what: `unfold ${String(label)}`,
      work: () =>
        until('the line', async () => {
          if ((await row.getAttribute('aria-expanded')) === 'true') return true;
          await row.locator('.monaco-tl-twistie').click({ timeout: 5_000 });
          return undefined;
        }),
    });
  }

  /** Presses one of the small buttons that a line shows under the pointer. */
  async treeAction(view: string, label: string | RegExp, action: string): Promise<void> {
    const row = await this.treeItem(view, label);
    await this.#steps.run({
      what: `press "${action}" on ${String(label)}`,
      work: async () => {
        await row.hover();
        await row.locator(`.action-label[aria-label^="${action}"]`).click();
      },
    });
  }

  /** The line of a file or folder (`sub/data.jsonl`) in the Explorer, its folders unfolded. */
  async file(path: string): Promise<Locator> {
    await this.openView('Explorer');
    const parts = path.split('/');
    for (const folder of parts.slice(0, -1)) await this.expandTreeItem(explorerTree, folder);
    return this.treeItem(explorerTree, parts.at(-1) ?? path);
  }

  /** Opens a file as a double click on it does. */
  async openFile(path: string): Promise<void> {
    await (await this.file(path)).dblclick();
  }

  /** Opens the context menu of a file in the Explorer. */
  async rightClickFile(path: string): Promise<void> {
    await this.#openMenu(await this.file(path), path);
  }

  /** Opens the context menu of a line in a tree. */
  async rightClickTreeItem(view: string, label: string | RegExp): Promise<void> {
    await this.#openMenu(await this.treeItem(view, label), String(label));
  }

  /** Chooses from the open menu; more labels lead through submenus. */
  async chooseMenu(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      await this.#steps.run({
        what: `choose "${label}" from the menu`,
        work: () => this.#menuItem(label).click({ timeout: 10_000 }),
        seen: async () => (await this.menuItems()).join(' | '),
      });
    }
  }

  /** The labels in the open menu and its open submenus. */
  async menuItems(): Promise<string[]> {
    const labels = this.#steps.page.locator('.monaco-menu [role=menuitem] .action-label');
    return (await labels.allInnerTexts()).map(plain);
  }

  #menuItem(label: string): Locator {
    const { page } = this.#steps;
    const text = page.locator('.action-label').getByText(label, { exact: true });
    const named = page.locator(`.action-label[aria-label="${label}"]`);
    return page
      .locator('.monaco-menu [role=menuitem]')
      .filter({ has: text.or(named) })
      .last();
  }

  async #openMenu(row: Locator, what: string): Promise<void> {
    const menu = this.#steps.page.locator('.monaco-menu');
    await this.#steps.run({
      what: `open the menu of ${what}`,
      work: () =>
        until('the menu', async () => {
          if (await menu.first().isVisible()) return true;
          await row.click({ button: 'right', timeout: 5_000 });
          return undefined;
        }),
      seen: () => this.#sideBarText(),
    });
  }

  #rows(view: string): Locator {
    return this.#steps.page.locator(`[role=tree][aria-label="${view}"] .monaco-list-row`);
  }

  async #sideBarText(): Promise<string> {
    return (await this.#steps.page.locator('.part.sidebar').allInnerTexts()).map(plain).join(' ');
  }
}

/** The accessible name of the Explorer's tree. */
const explorerTree = 'Files Explorer';

async function readRow(row: Locator): Promise<TreeRow> {
  const text = async (selector: string) =>
    plain((await row.locator(selector).allInnerTexts())[0] ?? '');
  const expanded = await row.getAttribute('aria-expanded');
  return {
    label: await text('.label-name'),
    description: await text('.label-description'),
    level: Number(await row.getAttribute('aria-level')),
    expanded: expanded === null ? undefined : expanded === 'true',
  };
}
