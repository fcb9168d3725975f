import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { manifest, settingsOf, messages, readText } from '../support/repository.js';

const { contributes, version, scripts } = manifest();
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

describe('the documents', () => {
  it('the README lists every setting with its default', () => {
    const readme = readText('README.md');
    for (const [key, { default: fallback }] of Object.entries(settingsOf(manifest()))) {
      const shown = fallback === '' ? '' : `\`${JSON.stringify(fallback)}\``;
      const row = new RegExp(`^\\| \`${key.replaceAll('.', '\\.')}\`\\s*\\|(.*?)\\|`, 'm').exec(
        readme,
      );
      assert.ok(row, `${key} is not in the README`);
      assert.equal(row[1]?.trim(), shown, key);
    }
  });

  it('the README lists every command of the palette by its title', () => {
    const readme = readText('README.md');
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    for (const { command, title } of contributes.commands) {
      if (hidden.includes(command)) continue;
      const text = messages()[title.slice(1, -1)] ?? '';
      assert.ok(readme.includes(`**${text}**`), `${text} is not in the README`);
    }
  });

  it('the changelog has a heading for what is not released, and then each version, ours first', () => {
    const [, ...sections] = readText('CHANGELOG.md').split(/^## /m);
    const [unreleased, ...released] = sections.map((section) => ({
      name: /^\[(.+?)\]/.exec(section)?.[1],
      entries: section.match(/^- /gm)?.length ?? 0,
    }));
    assert.equal(unreleased?.name, 'Unreleased');
    if (released.length > 0) assert.equal(released[0]?.name, version);
    // Before the first release all there is has to be told as not released.
    else assert.ok(version === '0.1.0' && unreleased.entries > 0, `${version} is not told of`);
    for (const { name, entries } of released) assert.ok(entries > 0, name);
  });

  it('scripts that the documents name exist', () => {
    for (const path of documents) {
      for (const [, script] of readText(path).matchAll(/npm run ([\w:]+)/g)) {
        assert.ok(scripts[script ?? ''], `${path}: npm run ${script ?? ''}`);
      }
    }
  });

  it('links and pictures of the documents lead to files that exist', () => {
    for (const path of documents) {
      for (const [, target] of readText(path).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
        assert.ok(existsSync(target ?? ''), `${path} → ${target ?? ''}`);
      }
    }
  });

  it('ARCHITECTURE.md names files that exist', () => {
    for (const [, target] of readText('ARCHITECTURE.md').matchAll(/`((?:src|test)\/[\w./-]+)`/g)) {
      assert.ok(existsSync(target ?? ''), target);
    }
  });
});
