import type { Locator } from 'playwright-core';
import type { Steps } from './steps.js';
import { plain, until } from './until.js';

/** A notification as a person sees it. */
export interface Notification {
  readonly message: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly buttons: readonly string[];
}

/** What the editor tells the person: status bar, notifications and dialogs. */
export class Feedback {
  readonly #steps: Steps;
  readonly #items: Locator;
  readonly #toasts: Locator;
  readonly #dialog: Locator;

  constructor(steps: Steps) {
    const { page } = steps;
    this.#steps = steps;
    this.#items = page.locator('.part.statusbar .statusbar-item:visible');
    this.#toasts = page.locator('.notifications-toasts .notification-list-item');
    this.#dialog = page.locator('.monaco-dialog-box');
  }

  /** Waits for a status bar item whose text contains that; returns it, to click or to read. */
  async statusBar(text: string | RegExp, limit?: number): Promise<Locator> {
    const item = this.#items.filter({ hasText: text }).first();
    await this.#steps.run({
      what: `see ${String(text)} in the status bar`,
      work: () => until('the status bar item', () => item.isVisible(), limit),
      seen: async () => (await this.statusBarTexts()).join(' | '),
    });
    return item;
  }

  /** The texts of all status bar items that have one. */
  async statusBarTexts(): Promise<string[]> {
    return (await this.#items.allInnerTexts()).map(plain).filter((text) => text !== '');
  }

  /** The notifications that are on the screen, newest first. */
  async notifications(): Promise<Notification[]> {
    return Promise.all((await this.#toasts.all()).map(readToast));
  }

  /** The text of the hover that the pointer brings up over a line or an item. */
  async hover(over: Locator): Promise<string> {
    const hover = this.#steps.page.locator('.monaco-hover:visible, .workbench-hover:visible');
    let text = '';
    await this.#steps.run({
      what: 'see a hover',
      work: () =>
        until('the hover', async () => {
          // The pointer has to come from elsewhere.
          await this.#steps.page.mouse.move(640, 400);
          await over.hover();
          await hover.first().waitFor({ timeout: 3_000 });
          text = plain(await hover.first().innerText());
          return text !== '';
        }),
    });
    await this.#steps.page.mouse.move(640, 400);
    return text;
  }

  /** Takes every notification off the screen. */
  async clearNotifications(): Promise<void> {
    await this.#steps.run({
      what: 'take the notifications away',
      work: () =>
        until('no notification', async () => {
          const toast = this.#toasts.first();
          if ((await this.#toasts.count()) === 0) return true;
          // It may go by itself at this moment: then there is nothing to press, and we look again.
          await toast.hover({ timeout: 2_000 });
          await toast.locator('.codicon-notifications-clear').click({ timeout: 2_000 });
          return undefined;
        }),
      seen: async () => JSON.stringify(await this.notifications()),
    });
  }

  /** Waits for a notification whose message contains that. */
  async notification(text: string | RegExp, limit?: number): Promise<Notification> {
    return readToast(await this.#toast(text, limit));
  }

  /** Presses a button of the notification whose message contains that text. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.#toast(text);
    await this.#steps.run({
      what: `press "${button}" on the notification ${String(text)}`,
      work: async () => {
        await toast.hover();
        await toast.locator('.monaco-button', { hasText: button }).first().click();
      },
      seen: async () => JSON.stringify(await this.notifications()),
    });
  }

  /** Waits for a modal dialog whose text contains that and presses one of its buttons. */
  async answerDialog(text: string | RegExp, button: string): Promise<void> {
    const dialog = this.#dialog.filter({ hasText: text });
    await this.#steps.run({
      what: `press "${button}" on the dialog ${String(text)}`,
      work: () => dialog.locator('.monaco-button', { hasText: button }).first().click(),
      seen: () => this.dialogText(),
    });
  }

  /** The whole text of the open dialog, or an empty text. */
  async dialogText(): Promise<string> {
    return (await this.#dialog.allInnerTexts()).map(plain).join(' ');
  }

  async #toast(text: string | RegExp, limit?: number): Promise<Locator> {
    const toast = this.#toasts.filter({ hasText: text }).first();
    await this.#steps.run({
      what: `see the notification ${String(text)}`,
      work: () => until('the notification', () => toast.isVisible(), limit),
      seen: async () => JSON.stringify(await this.notifications()),
    });
    return toast;
  }
}

async function readToast(toast: Locator): Promise<Notification> {
  const buttons = await toast.locator('.monaco-button').allInnerTexts();
  const icon = (await toast.locator('.notification-list-item-icon').getAttribute('class')) ?? '';
  return {
    message: plain(await toast.locator('.notification-list-item-message').innerText()),
    severity: icon.includes('-error') ? 'error' : icon.includes('-warning') ? 'warning' : 'info',
    buttons: buttons.map(plain).filter((text) => text !== ''),
  };
}
