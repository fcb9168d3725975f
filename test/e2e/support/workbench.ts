import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import type { Report } from '../../support/editor/chromium.js';
import { startCodeServer, type CodeServer } from '../../support/editor/codeServer.js';
import { installCodeServer } from '../../support/editor/install.js';
import { repositoryRoot, testOutput } from '../../support/editor/paths.js';
import { Feedback } from './feedback.js';
import { InputBox, QuickPick } from './quickInput.js';
import { closeSharedBrowser, sharedBrowser } from './sharedBrowser.js';
import { Steps } from './steps.js';
import { escapePattern, matches, plain, until } from './until.js';
import { Views } from './views.js';

/** The themes every page of ours is looked at in: what the picker calls each, and its mark. */
const themes = {
  'Default Dark Modern': { label: 'Dark Modern', mark: 'dark_modern' },
  'Default Light Modern': { label: 'Light Modern', mark: 'light_modern' },
  'Default High Contrast': { label: 'Dark High Contrast', mark: 'hc_black' },
  'Default High Contrast Light': { label: 'Light High Contrast', mark: 'hc_light' },
} as const;

/** A colour theme that comes with VS Code, by its name in the settings. */
export type Theme = keyof typeof themes;

/** What a workbench is opened with. */
export interface WorkbenchOptions {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Absolute path of a .vsix to install; without it the extension runs from its sources. */
  readonly vsix?: string | undefined;
  /** Absolute path of an extension's sources; the repository by default. */
  readonly extensionPath?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  /** Folder for pictures and, after a failure, logs; `test-out/e2e` by default. */
  readonly pictures?: string;
  /** Size of the window in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly report?: Report;
}

/** Starts an editor with the extension in it and opens its window in the headless browser. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const host = await installCodeServer(options.report ?? console.log);
  const { workspace, vsix, env = {} } = options;
  const theme = options.theme ?? 'Default Dark Modern';
  const browser = await sharedBrowser(host.chromium);
  const start = (after?: CodeServer) =>
    startCodeServer({
      host,
      workspace,
      env,
      after,
      port: browser.port,
      settings: { ...options.settings, 'workbench.colorTheme': theme },
      ...(vsix ? { vsix } : { extensionPath: options.extensionPath ?? repositoryRoot }),
    });
  let server = await start();
  let isOpen = false;
  try {
    const page = await browser.take(server.url, options.size);
    isOpen = true;
    page.setDefaultTimeout(20_000);
    const pictures = options.pictures ?? join(testOutput, 'e2e');
    const steps = new Steps(page, pictures, () => server.keepLogs(join(pictures, 'logs')));
    const open = () =>
      steps.run({
        what: 'open the workbench',
        work: () => show(steps.page, server.url, themes[theme].mark),
      });
    await open();
    return new Workbench(steps, {
      url: server.url,
      keepLogs: (folder) => server.keepLogs(folder),
      kill: async () => {
        await server.kill();
        await steps.page.goto('about:blank');
      },
      reopen: async () => {
        server = await start(server);
        await open();
      },
      close: async () => {
        await browser.giveBack();
        await server.close();
      },
    });
  } catch (error) {
    if (isOpen) await browser.giveBack();
    await server.close();
    throw error;
  }
}

async function show(page: Page, url: string, themeMark: string): Promise<void> {
  await page.goto(url);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  // VS Code's own mark for having restored its editors and views.
  const started = 'performance.getEntriesByName("code/didStartWorkbench").length > 0';
  await until('the start of the workbench', () => page.evaluate<boolean>(started));
  // Themes come from extensions: once ours shows, the commands of all of them are there as well.
  await page.locator(`.monaco-workbench.file-icons-enabled[class*="${themeMark}"]`).waitFor();
}

/** The editor behind the window. */
interface Editor {
  readonly url: string;
  keepLogs(folder: string): Promise<void>;
  kill(): Promise<void>;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** The window of a running editor, with what a person does in it. */
export class Workbench {
  readonly page: Page;
  /** Address of the window, for a browser of one's own. */
  readonly url: string;
  readonly quickPick: QuickPick;
  readonly inputBox: InputBox;
  readonly views: Views;
  readonly feedback: Feedback;
  readonly #steps: Steps;
  readonly #editor: Editor;

  constructor(steps: Steps, editor: Editor) {
    this.page = steps.page;
    this.url = editor.url;
    this.quickPick = new QuickPick(steps);
    this.inputBox = new InputBox(steps);
    this.views = new Views(steps);
    this.feedback = new Feedback(steps);
    this.#steps = steps;
    this.#editor = editor;
  }

  /** Runs a command by its title in the palette, with or without its category. */
  async runCommand(title: string): Promise<void> {
    const label = new RegExp(`^(.+: )?${escapePattern(title)}$`);
    await this.#steps.run({
      what: `run the command "${title}"`,
      work: () =>
        until('the command', async () => {
          // Opened anew each time: an open palette does not learn of commands that come later.
          await this.quickPick.hide();
          await this.page.keyboard.press('F1');
          // A page that is only now being filled may swallow the key: then it is pressed again.
          if (!(await this.quickPick.opens(3_000))) return undefined;
          await this.quickPick.type(`>${title}`);
          await (await this.quickPick.find(label, 2_000)).click();
          return true;
        }),
      seen: () => this.quickPick.describe(),
    });
  }

  /** Waits for the page of a webview whose title is that one; `except` names pages that are not meant. */
  async webviewFrame(
    title: string | RegExp,
    except: readonly string[] = [],
  ): Promise<FrameLocator> {
    const outer = this.page.locator('iframe.webview');
    return this.#steps.run({
      what: `see the page ${String(title)}`,
      work: () =>
        until('the page', async () => {
          for (const name of await this.webviewNames()) {
            if (except.includes(name)) continue;
            const frame = this.page.frameLocator(`iframe.webview[name="${name}"]`);
            const inner = frame.locator('iframe#active-frame');
            if ((await inner.count()) === 0) continue;
            // A page that goes away at this moment has no title any more: look again.
            const shown = await inner.getAttribute('title', { timeout: 1_000 });
            if (matches(shown ?? '', title)) {
              return inner.contentFrame();
            }
          }
          return undefined;
        }),
      seen: async () => `${await outer.count()} pages; editor "${await this.activeEditor()}"`,
    });
  }

  /** The title of the editor in front, or an empty text. */
  async activeEditor(): Promise<string> {
    const tab = this.page.locator('.editor-group-container.active .tab.active');
    return (await tab.count()) === 0 ? '' : plain(await tab.first().getAttribute('aria-label'));
  }

  /** Changes the colour theme as a person does, and waits until the window shows it. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, mark } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.quickPick.waitFor(/Color Theme/);
    await this.quickPick.pick(label);
    const marked = this.page.locator(`.monaco-workbench[class*="${mark}"]`);
    await this.#steps.run({
      what: `set the theme "${theme}"`,
      work: () => marked.waitFor(),
      seen: async () => (await this.page.locator('.monaco-workbench').getAttribute('class')) ?? '',
    });
  }

  /** Writes `<name>.png` among the pictures and returns its path. */
  screenshot(name: string): Promise<string> {
    return this.#steps.picture(name);
  }

  /** Copies the editor's and the extension host's logs to a folder. */
  keepLogs(folder: string): Promise<void> {
    return this.#editor.keepLogs(folder);
  }

  /** Closes our own window and resolves never: the editor runs on until Ctrl+C ends the process. */
  async untilStopped(): Promise<never> {
    await closeSharedBrowser();
    return new Promise(() => undefined);
  }

  /** Kills the editor with all it started, as a power cut does; `reopen` starts it again. */
  kill(): Promise<void> {
    return this.#editor.kill();
  }

  /** Starts a killed editor on the same folders and opens its window at the same address. */
  reopen(): Promise<void> {
    return this.#editor.reopen();
  }

  close(): Promise<void> {
    return this.#editor.close();
  }

  /** The names of the pages that are to be seen. */
  async webviewNames(): Promise<string[]> {
    const frames = await this.page.locator('iframe.webview:visible').all();
    const names = await Promise.all(frames.map((frame) => frame.getAttribute('name')));
    return names.filter((name) => name !== null);
  }
}
