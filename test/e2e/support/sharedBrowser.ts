import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumArgs } from '../../support/editor/chromium.js';

/** The size of a window that asks for none, in CSS pixels. */
const usualSize = { width: 1280, height: 800 };

/**
 * The one browser of this process, for the windows of all files. Each file has an editor of its own,
 * one after the other on the same port: so the browser need not fetch and compile VS Code again,
 * which is most of what opening a window costs. What a window stored is gone with the window.
 */
export class SharedBrowser {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  #keeper: Page | undefined;
  #origin: string | undefined;
  #isInUse = false;

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
  }

  static async launch(executablePath: string): Promise<SharedBrowser> {
    const browser = await chromium.launch({ executablePath, args: [...chromiumArgs] });
    return new SharedBrowser(browser, await browser.newContext({ viewport: usualSize }));
  }

  /** The port for the next editor; any where no editor had one before, or it is still running. */
  get port(): number | undefined {
    return this.#origin && !this.#isInUse ? Number(new URL(this.#origin).port) : undefined;
  }

  /** A page for the window at that address. */
  async openPage(url: string, size = usualSize): Promise<Page> {
    const { origin } = new URL(url);
    if (!this.#isInUse && origin !== this.#origin) await this.#keep(origin);
    this.#isInUse = true;
    const page = await this.#context.newPage();
    await page.setViewportSize(size);
    return page;
  }

  /** Closes the page, with all that its window stored and was allowed. */
  async closePage(page: Page): Promise<void> {
    await page.close();
    await this.#context.clearPermissions();
    await this.#forget();
    this.#isInUse = false;
    if (!isUnderMocha) await closeSharedBrowser();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** A page that stays open, and with it the process in which VS Code's code is compiled. */
  async #keep(origin: string): Promise<void> {
    await this.#keeper?.close();
    this.#origin = origin;
    this.#keeper = await this.#context.newPage();
    await this.#keeper.route('**/*', (route) =>
      route.fulfill({ body: '', contentType: 'text/html' }),
    );
    await this.#keeper.goto(origin);
  }

  async #forget(): Promise<void> {
    if (!this.#keeper || !this.#origin) return;
    const session = await this.#context.newCDPSession(this.#keeper);
    const storageTypes = 'cookies,local_storage,indexeddb,service_workers,cache_storage';
    await session.send('Storage.clearDataForOrigin', { origin: this.#origin, storageTypes });
    await session.detach();
    await this.#keeper.evaluate('sessionStorage.clear()');
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
