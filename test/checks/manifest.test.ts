import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { commandIds } from '../../src/platform/commandIds.js';
import { contextKeyNames } from '../../src/platform/contextKeyNames.js';
import { settings } from '../../src/platform/settings.js';
import { filesBelow, manifest, messages, readText } from '../support/repository.js';

const { contributes, capabilities, icon } = manifest();
const declared = contributes.commands.map(({ command }) => command);
const sources = filesBelow('src', '.ts', '.tsx').map((path) => ({ path, text: readText(path) }));

describe('package.json and the code', () => {
  it('declare the same commands', () => {
    assert.deepEqual([...declared].sort(), [...commandIds].sort());
  });

  it('every command has exactly one handler', () => {
    for (const id of commandIds) {
      const handlers = sources.filter(
        ({ path, text }) => path.startsWith('src/features/') && text.includes(`'${id}': `),
      );
      assert.equal(handlers.length, 1, `${id}: ${handlers.map(({ path }) => path).join(', ')}`);
    }
  });

  it('menus and welcome views name commands that exist', () => {
    const ids = new Set(declared);
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command } of items)
        assert.ok(command && ids.has(command), `${menu}: ${command}`);
    }
    const texts = Object.values(messages()).join('\n');
    for (const [, command] of texts.matchAll(/command:(bedrock\.[\w.]+)/g)) {
      const isViewFocus = command === 'bedrock.jobs.focus';
      assert.ok(isViewFocus || ids.has(command ?? ''), command);
    }
  });

  it('when clauses use known context keys only', () => {
    const clauses = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.viewsWelcome,
    ].flatMap(({ when }) => when ?? []);
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    for (const clause of clauses) {
      for (const [key] of clause.matchAll(/bedrock\.\w+/g)) {
        assert.ok(key in contextKeyNames || views.includes(key), `${key} in "${clause}"`);
      }
    }
  });

  it('declare the same settings with the same defaults', () => {
    const { properties } = contributes.configuration;
    const defaults = Object.fromEntries(
      Object.entries(properties).map(([key, property]) => [key, property.default]),
    );
    const inCode = Object.fromEntries(
      Object.entries(settings).map(([key, { fallback }]) => [key, fallback]),
    );
    assert.deepEqual(defaults, inCode);
  });

  it('every setting has a description and a scope that fits', () => {
    for (const [key, { markdownDescription, scope }] of Object.entries(
      contributes.configuration.properties,
    )) {
      assert.match(markdownDescription ?? '', /^%configuration\..+%$/, key);
      const isMachine = /endpoint|caBundle|sandbox/.test(key);
      assert.equal(scope, isMachine ? 'machine' : 'machine-overridable', key);
    }
  });

  it('an untrusted workspace cannot redirect credentials or data', () => {
    const restricted = new Set(capabilities.untrustedWorkspaces.restrictedConfigurations);
    const exposed = Object.keys(settings).filter(
      (key) =>
        /profile|region|endpoint|caBundle|S3Uri|roleArn|folder/.test(key) && !restricted.has(key),
    );
    assert.deepEqual(exposed, []);
  });

  it('every word of package.json is in package.nls.json, and no other', () => {
    const used = new Set(
      [...readText('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key),
    );
    assert.deepEqual([...used].sort(), Object.keys(messages()).sort());
  });

  it('every title is an action, in title case, with an ellipsis where it asks', () => {
    for (const { title, category } of contributes.commands) {
      const text = messages()[title.slice(1, -1)] ?? '';
      assert.match(text, /^[A-Z]/);
      assert.equal(category, '%extension.category%');
    }
  });

  it('every picture exists', () => {
    const paths = [
      icon,
      ...Object.values(contributes.viewsContainers)
        .flat()
        .map((container) => container.icon),
      ...contributes.walkthroughs.flatMap(({ steps }) =>
        steps.map(({ media }) => media['svg'] ?? ''),
      ),
    ];
    for (const path of paths) assert.ok(existsSync(path), path);
  });
});
