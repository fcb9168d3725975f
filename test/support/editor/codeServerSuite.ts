import { join } from 'node:path';
import { format } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { chromiumArgs, type Report } from './chromium.js';
import { startCodeServer } from './codeServer.js';
import type { CodeServerHost } from './install.js';
import { testOutput } from './paths.js';
import type { Suite } from './runSuite.js';

/** The suite marks its lines, because the workbench logs to the same place. */
const mark = '[suite] ';
/** A suite that says nothing for so long hangs; each of its tests has a shorter limit. */
const silenceLimit = 180_000;

/** Runs the suite in a VS Code server's extension host, with a headless Chromium as its window. */
export async function runInCodeServer(
  host: CodeServerHost,
  suite: Suite,
  report: Report,
): Promise<void> {
  const { extensionPath, workspace, settings, entry } = suite;
  const env = { ...suite.env, TEST_LINE_MARK: mark };
  const server = await startCodeServer({
    host,
    extensionPath,
    suite: entry,
    workspace,
    env,
    settings,
  });
  const browser = await chromium.launch({
    executablePath: host.chromium,
    args: [...chromiumArgs],
  });
  try {
    report(
      `host: code-server ${host.version} (VS Code ${host.vscodeVersion}), Chromium ${browser.version()}`,
    );
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const code = await suiteEnd(page, server.url, report);
    if (code !== 0) {
      await page.screenshot({ path: join(testOutput, 'workbench', 'window.png') });
      await server.keepLogs(join(testOutput, 'workbench', 'logs'));
      report(`Logs and a picture of the window are in ${join(testOutput, 'workbench')}.`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Opens the workbench and waits for the suite's exit code; 1 when the editor is lost or hangs. */
async function suiteEnd(page: Page, url: string, report: Report): Promise<number> {
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  const giveUp = (reason: string) => {
    report(`The suite was given up: ${reason}.`);
    end(1);
  };
  const tooQuiet = () => {
    giveUp(`no line from it in ${silenceLimit / 1000} seconds`);
  };
  let silence = setTimeout(tooQuiet, silenceLimit);
  const errors: string[] = [];
  const heard = { suite: false };
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const line = format(...args);
    if (line.startsWith(mark)) {
      heard.suite = true;
      clearTimeout(silence);
      silence = setTimeout(tooQuiet, silenceLimit);
      report(line.slice(mark.length));
    } else if (process.env['TEST_VERBOSE']) report(line);
    else if (type === 'error') errors.push(line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    end(code);
  });
  page.on('crash', () => {
    giveUp('the editor’s page crashed');
  });
  try {
    await page.goto(url);
    const code = await ended;
    // A suite that could not even be loaded is told of by the editor alone.
    if (!heard.suite) for (const line of errors.slice(-20)) report(line);
    return code;
  } finally {
    clearTimeout(silence);
  }
}
