import type { Locator } from 'playwright-core';
import type { Steps } from './steps.js';
import { matches, patience, plain, until } from './until.js';

/** One line of a quick pick. */
export interface QuickPickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** What quick pick and input box share: the one widget at the top of the window. */
class QuickInput {
  protected readonly steps: Steps;
  protected readonly widget: Locator;
  protected readonly input: Locator;

  constructor(steps: Steps) {
    this.steps = steps;
    this.widget = steps.page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('.quick-input-box input.input');
  }

  /** The title, or the placeholder of one that has no title. */
  async title(): Promise<string> {
    const title = this.widget.locator('.quick-input-title');
    if (await title.isVisible()) {
      const text = plain(await title.innerText());
      if (text) return text;
    }
    return plain(await this.input.getAttribute('placeholder'));
  }

  /** The text below the input: a prompt, or why the value will not do. */
  async message(): Promise<string> {
    const message = this.widget.locator('.quick-input-message');
    return (await message.isVisible()) ? plain(await message.innerText()) : '';
  }

  /** Replaces what is in the input. */
  async type(text: string): Promise<void> {
    await this.steps.run({
      what: `type "${text}" in the quick input`,
      work: () => this.input.fill(text),
      seen: () => this.describe(),
    });
  }

  value(): Promise<string> {
    return this.input.inputValue();
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async hide(): Promise<void> {
    await this.steps.run({
      what: 'close the quick input',
      work: () =>
        until('the quick input closes', async () => {
          if (!(await this.widget.isVisible())) return true;
          await this.steps.page.keyboard.press('Escape');
          return undefined;
        }),
      seen: () => this.describe(),
    });
  }

  protected async waitUntil(
    what: string,
    title: string | RegExp | undefined,
    ready: () => Promise<boolean>,
  ): Promise<void> {
    const named = title === undefined ? what : `${what} ${String(title)}`;
    await this.steps.run({
      what: `see ${named}`,
      work: () =>
        until(named, async () => {
          if (!(await this.widget.isVisible())) return undefined;
          if (title !== undefined && !matches(await this.title(), title)) return undefined;
          return ready();
        }),
      seen: () => this.describe(),
    });
  }

  /** What is in the widget, for the message of a step that failed. */
  async describe(): Promise<string> {
    if (!(await this.widget.isVisible())) return 'no quick input';
    return `"${await this.title()}" ${plain(await this.widget.innerText())}`;
  }
}

/** The list at the top of the window from which one or several things are picked. */
export class QuickPick extends QuickInput {
  get #rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }

  /** Waits for a pick with that title (or placeholder) that has at least one line. */
  async waitFor(title?: string | RegExp): Promise<void> {
    await this.waitUntil('a quick pick', title, async () => (await this.#rows.count()) > 0);
  }

  /** True where one with at least one line appears within that many milliseconds. */
  async opens(limit: number): Promise<boolean> {
    return this.#rows
      .first()
      .waitFor({ timeout: limit })
      .then(
        () => true,
        () => false,
      );
  }

  /** The lines on the screen; a long list shows about a dozen. */
  async items(): Promise<QuickPickItem[]> {
    return Promise.all((await this.#rows.all()).map(readRow));
  }

  /** Clicks the line with that label, searching for it by typing when it is not on the screen. */
  async pick(label: string | RegExp): Promise<void> {
    await this.steps.run({
      what: `pick ${String(label)}`,
      work: async () => {
        await (await this.find(label)).click();
      },
      seen: () => this.describe(),
    });
  }

  /** Ticks the lines of a pick of several and confirms. */
  async pickMany(labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      await this.steps.run({
        what: `tick "${label}"`,
        work: async () => {
          await (await this.find(label)).locator('.monaco-checkbox, input[type=checkbox]').click();
        },
        seen: () => this.describe(),
      });
    }
    await this.accept();
  }

  /** The line with that label; throws after `limit` milliseconds. */
  async find(label: string | RegExp, limit = patience): Promise<Locator> {
    let typed = false;
    return until(
      `the line ${String(label)}`,
      async () => {
        for (const row of await this.#rows.all()) {
          if (matches((await readRow(row)).label, label)) return row;
        }
        if (typeof label === 'string' && !typed && (await this.#rows.count()) > 0) {
          typed = true;
          await this.input.fill(label);
        }
        return undefined;
      },
      limit,
    );
  }
}

/** The box at the top of the window that asks for a text. */
export class InputBox extends QuickInput {
  /** Waits for a box with that title (or placeholder). */
  async waitFor(title?: string | RegExp): Promise<void> {
    const list = this.widget.locator('.quick-input-list');
    await this.waitUntil('an input box', title, async () => !(await list.isVisible()));
  }

  /** Types the text and confirms it. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }
}

async function readRow(row: Locator): Promise<QuickPickItem> {
  const text = async (selector: string) => {
    const [first] = await row.locator(selector).allInnerTexts();
    return plain(first ?? '');
  };
  return {
    label: await text('.quick-input-list-row:first-child .label-name'),
    description: await text('.quick-input-list-row:first-child .label-description'),
    detail: await text('.quick-input-list-row:nth-child(2)'),
  };
}
