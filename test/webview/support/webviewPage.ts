import { mkdir } from 'node:fs/promises';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { createNonce, webviewHtml } from '../../../src/platform/webviewPage.js';
import type { Port } from '../../../src/rpc/contract.js';
import { chromiumArgs, installChromium } from '../../support/editor/chromium.js';
import { buildPage, codicon } from './pages.js';
import { type ThemeName, themes } from './themes.js';

const origin = 'https://webview.test';

/** A page in Chromium as VS Code would show it, and the extension's end of its messages. */
export interface OpenedPage {
  readonly page: Page;
  readonly port: Port;
  /** Policy violations, uncaught errors and console errors so far. */
  readonly problems: string[];
  /** What the page stored with `setState`. */
  state(): Promise<unknown>;
}

export interface OpenOptions {
  readonly page: string;
  readonly data: unknown;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What `getState` gives at first. */
  readonly state?: unknown;
}

let running: Promise<Browser> | undefined;

/** The one Chromium of this process, for all files; installed where it is missing and we may. */
export function sharedChromium(): Promise<Browser> {
  running ??= launchChromium();
  return running;
}

async function launchChromium(): Promise<Browser> {
  const executablePath = await installChromium((line) => {
    console.log(line);
  });
  return chromium.launch({ executablePath, args: [...chromiumArgs] });
}

// A worker of mocha's goes on to another file and takes the browser with it when it ends.
if (!process.env['MOCHA_WORKER_ID']) after(async () => (await running)?.close());

const contexts = new WeakMap<Browser, Promise<BrowserContext>>();

/** The browser's one context: a page in a context of its own costs three times the CPU time. */
function sharedContext(browser: Browser): Promise<BrowserContext> {
  const context = contexts.get(browser) ?? newContext(browser);
  contexts.set(browser, context);
  return context;
}

async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext();
  // A page that stays open keeps the process of the origin alive for those that come and go.
  const keeper = await context.newPage();
  await keeper.route('**/*', (route) => route.fulfill({ body: '', contentType: 'text/html' }));
  await keeper.goto(`${origin}/`);
  return context;
}

/** Opens a built page with the HTML of the product and a fake `acquireVsCodeApi`. */
export async function openPage(browser: Browser, options: OpenOptions): Promise<OpenedPage> {
  const { width = 1100, height = 700, theme = 'dark' } = options;
  const page = await (await sharedContext(browser)).newPage();
  await page.setViewportSize({ width, height });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const listeners = new Set<(message: unknown) => void>();
  await page.exposeFunction('toHost', (message: unknown) => {
    for (const listener of listeners) listener(message);
  });
  await page.exposeFunction('onViolation', (directive: string) => {
    problems.push(`policy: ${directive}`);
  });
  await page.addInitScript(fakeApi(themes[theme], options.state));
  await serveFiles(page, options);
  const port: Port = {
    post: (message) => void postTo(page, message),
    onMessage: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  return { page, port, problems, state: () => page.evaluate('window.fakeState') };
}

/** Messages cross as JSON, as they do between VS Code and its webviews. */
async function postTo(page: Page, message: unknown): Promise<void> {
  const json = JSON.stringify(message);
  // The page may be closed meanwhile, as a webview may.
  await page
    .evaluate(`window.postMessage(${json.replaceAll('\u2028', '\\u2028')}, '*')`)
    .catch(() => undefined);
}

function fakeApi(theme: Readonly<Record<string, string>>, state: unknown): string {
  return `
    window.fakeState = ${JSON.stringify(state ?? null)};
    window.acquireVsCodeApi = () => {
      delete window.acquireVsCodeApi;
      return {
        postMessage: (message) => void window.toHost(JSON.parse(JSON.stringify(message))),
        getState: () => window.fakeState ?? undefined,
        setState: (state) => { window.fakeState = state; },
      };
    };
    document.addEventListener('securitypolicyviolation', (event) => {
      window.onViolation(event.violatedDirective + ' ' + event.blockedURI);
    });
    const applyTheme = () => {
      for (const [name, value] of Object.entries(${JSON.stringify(theme)})) {
        document.documentElement.style.setProperty(name, value);
      }
    };
    if (document.documentElement) applyTheme();
    else document.addEventListener('readystatechange', applyTheme, { once: true });
  `;
}

async function serveFiles(page: Page, options: OpenOptions): Promise<void> {
  const { js, css } = await buildPage(options.page);
  const html = webviewHtml(
    { page: options.page, title: options.page, lang: 'en', data: options.data },
    {
      cspSource: origin,
      script: `${origin}/${options.page}.js`,
      styles: [`${origin}/codicon.css`, `${origin}/${options.page}.css`],
      nonce: createNonce(),
    },
  );
  const files: Readonly<Record<string, { body: string | Buffer; contentType: string }>> = {
    '/': { body: html, contentType: 'text/html' },
    [`/${options.page}.js`]: { body: js, contentType: 'text/javascript' },
    [`/${options.page}.css`]: { body: css, contentType: 'text/css' },
    '/codicon.css': { body: await codicon('codicon.css'), contentType: 'text/css' },
    '/codicon.ttf': { body: await codicon('codicon.ttf'), contentType: 'font/ttf' },
  };
  await page.route('**/*', (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file ? route.fulfill(file) : route.abort();
  });
}

/** Loads the page once its host listens. */
export async function load(opened: OpenedPage): Promise<void> {
  await opened.page.goto(`${origin}/`);
}

interface AxeResult {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
}

/** Accessibility violations that axe finds, one line a rule. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const found = await page.evaluate<AxeResult[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('; ')}`,
  );
}

/** Changes the theme of an open page, as VS Code does when the person chooses another. */
export async function setTheme(page: Page, theme: ThemeName): Promise<void> {
  await page.evaluate(`(() => {
    const root = document.documentElement;
    root.removeAttribute('style');
    for (const [name, value] of Object.entries(${JSON.stringify(themes[theme])})) {
      root.style.setProperty(name, value);
    }
  })()`);
}

/** Saves a picture for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir('test-out/webview', { recursive: true });
  await page.screenshot({ path: `test-out/webview/${name}.png` });
}
