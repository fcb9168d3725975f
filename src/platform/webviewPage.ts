import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';

/** What a page is made of. `page` names its files in `dist/webviews`: `<page>.js` and `<page>.css`. */
export interface WebviewPageOptions {
  readonly page: string;
  readonly title: string;
  /** BCP 47, for screen readers, hyphenation and number formats. */
  readonly lang: string;
  /** Read once by the page at start; must be JSON. Localised texts travel here as well. */
  readonly data: unknown;
}

/** The addresses the page may load from, as the webview sees them. */
export interface WebviewPageSources {
  readonly cspSource: string;
  readonly script: string;
  readonly styles: readonly string[];
  readonly nonce: string;
}

/**
 * The policy of every page: no network, no inline code or style, nothing from anywhere but the
 * extension. The page talks to the extension by messages only.
 */
export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
}

/** The page as HTML. Initial data is inert: `<` is escaped, so it cannot end its block. */
export function webviewHtml(options: WebviewPageOptions, sources: WebviewPageSources): string {
  const { cspSource, script, styles, nonce } = sources;
  const data = JSON.stringify(options.data ?? null).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(options.lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(cspSource, nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(options.title)}</title>
${styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
</head>
<body>
<div id="root"></div>
<script type="application/json" id="data">${data}</script>
<script type="module" nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

/** 128 random bits, new for each page. */
export function createNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** Fills a webview with one of our pages and limits what it may read to `dist/webviews`. */
export function showWebviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  options: WebviewPageOptions,
): void {
  const root = extensionUri.with({ path: `${extensionUri.path}/dist/webviews` });
  const address = (name: string) =>
    webview.asWebviewUri(root.with({ path: `${root.path}/${name}` })).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = webviewHtml(options, {
    cspSource: webview.cspSource,
    script: address(`${options.page}.js`),
    styles: [address('codicon.css'), address(`${options.page}.css`)],
    nonce: createNonce(),
  });
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
