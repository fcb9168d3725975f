import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs } from '../../support/editor/chromium.js';

/** The size of a window that asks for none, in CSS pixels. */
const usualSize = { width: 1280, height: 800 };

/**
 * The one browser page of this process, in which the windows of all files are opened. Each file has
 * an editor of its own, one after the other on the same port: to the page that is one site, of which
 * it has VS Code's code fetched and compiled already. What a window stored goes with the window.
 */
export class SharedBrowser {
  readonly #browser: Browser;
  readonly #page: Page;
  #origin: string | undefined;
  #isInUse = false;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async launch(executablePath: string): Promise<SharedBrowser> {
    const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] });
    const page = await browser.newPage();
    // An editor that goes away while something is not saved would be asked about for ever.
    page.on('dialog', (dialog) => void dialog.accept());
    return new SharedBrowser(browser, page);
  }

  /** The port for the next editor; any before the first one, or where that one was never closed. */
  get port(): number | undefined {
    return this.#origin && !this.#isInUse ? Number(new URL(this.#origin).port) : undefined;
  }

  /** The page, for the window at that address; taken from a file that failed to give it back. */
  async take(url: string, size = usualSize): Promise<Page> {
    this.#isInUse = true;
    this.#origin = new URL(url).origin;
    await this.#page.setViewportSize(size);
    return this.#page;
  }

  /** Leaves the window, with all that it stored and was allowed. */
  async giveBack(): Promise<void> {
    // Where the window was left already there is none, and no right to ask.
    await this.#page.evaluate('sessionStorage.clear()').catch(() => undefined);
    await this.#page.goto('about:blank');
    await this.#page.context().clearPermissions();
    const session = await this.#page.context().newCDPSession(this.#page);
    const storageTypes = 'cookies,local_storage,indexeddb,service_workers,cache_storage';
    await session.send('Storage.clearDataForOrigin', { origin: this.#origin ?? '', storageTypes });
    await session.detach();
    this.#isInUse = false;
    if (!isUnderMocha) await closeSharedBrowser();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** The demonstration and the benchmarks are not: they open one window at a time. */
const isUnderMocha = typeof after === 'function';

let running: Promise<SharedBrowser> | undefined;

/** Launches it at the first call. */
export function sharedBrowser(executablePath: string): Promise<SharedBrowser> {
  running ??= SharedBrowser.launch(executablePath);
  return running;
}

/** Closes it where it was ever launched: nothing else keeps the process alive. */
export async function closeSharedBrowser(): Promise<void> {
  await (await running)?.close();
  running = undefined;
}

// A worker of mocha's goes on to another file and takes the browser with it when it ends.
if (isUnderMocha && !process.env['MOCHA_WORKER_ID']) after(closeSharedBrowser);
