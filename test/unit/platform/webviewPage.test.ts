import assert from 'node:assert/strict';
import {
  contentSecurityPolicy,
  createNonce,
  webviewHtml,
} from '../../../src/platform/webviewPage.js';

const sources = {
  cspSource: 'https://*.vscode-cdn.net',
  script: 'https://file/dist/webviews/results.js',
  styles: ['https://file/dist/webviews/codicon.css', 'https://file/dist/webviews/results.css'],
  nonce: 'N0nce',
};
const page = { page: 'results', title: 'Results', lang: 'en', data: {} };

describe('the webview page', () => {
  it('has exactly this policy', () => {
    assert.equal(
      contentSecurityPolicy('https://host', 'abc'),
      "default-src 'none'; script-src 'nonce-abc'; style-src https://host; " +
        'font-src https://host; img-src https://host data:',
    );
    assert.ok(
      webviewHtml(page, sources).includes(
        `content="${contentSecurityPolicy(sources.cspSource, 'N0nce')}"`,
      ),
    );
  });

  it('keeps </script> in its data inside the data', () => {
    const data = { text: '</script><script>alert(1)</script><!--' };
    const html = webviewHtml({ ...page, data }, sources);
    assert.equal(html.match(/<\/script>/g)?.length, 2);
    const block = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1];
    assert.deepEqual(JSON.parse(block ?? ''), data);
  });

  it('keeps markup in its title and language inside them', () => {
    const html = webviewHtml({ ...page, title: '</title><b>', lang: '"><b>' }, sources);
    assert.ok(!html.includes('<b>'));
  });

  it('has data also where there is none', () => {
    assert.match(webviewHtml({ ...page, data: undefined }, sources), /id="data">null</);
  });

  it('takes a new nonce of 128 bits each time', () => {
    const nonces = new Set(Array.from({ length: 100 }, createNonce));
    assert.equal(nonces.size, 100);
    for (const nonce of nonces) assert.match(nonce, /^[\w-]{22}$/);
  });

  it('has no inline script, style or event handler', () => {
    const html = webviewHtml(page, sources);
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/);
    assert.deepEqual(html.match(/<script[^>]*>/g), [
      '<script type="application/json" id="data">',
      '<script type="module" nonce="N0nce" src="https://file/dist/webviews/results.js">',
    ]);
  });
});
