import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { contextKeyNames } from '../../src/platform/contextKeyNames.js';
import { settings } from '../../src/platform/settings.js';
import { filesBelow, manifest, settingsOf, messages, readText } from '../support/repository.js';

const { contributes, capabilities, icon } = manifest();
const declared = contributes.commands.map(({ command }) => command);
const sources = filesBelow('src', '.ts', '.tsx').map((path) => ({ path, text: readText(path) }));

/** What a title may begin with: what is done. */
const verbs = new Set(
  (
    'Add Check Choose Clear Compare Convert Copy Discard Download Filter Group List Open Refresh ' +
    'Remove Resume Run Set Show Sign Start Stop Submit Test Use'
  ).split(' '),
);

/** Words that title case leaves small, but for the first and the last. */
const smallWords = new Set('a an and at by for from in of on or over the to with'.split(' '));
const isWrongCase = (word: string) =>
  smallWords.has(word.toLowerCase())
    ? word.slice(1) !== word.slice(1).toLowerCase()
    : !/^[A-Z]/.test(word);

/**
 * What commands ask for before they act. Being told what to act on does not count, as it is pointed
 * at in a menu: the palette asks that of each.
 */
const asks: Readonly<Record<string, string>> = {
  'bedrock.connection.select': 'the connection',
  'bedrock.connection.selectRegion': 'the Region',
  'bedrock.connection.setApiKey': 'the key',
  'bedrock.models.filter': 'the facets',
  'bedrock.models.groupBy': 'the grouping',
  'bedrock.models.useForBatch': 'the dataset',
  'bedrock.models.copyProfileId': 'which of the profiles',
  'bedrock.playground.compare': 'the models',
  'bedrock.playground.history': 'which of the playgrounds',
  'bedrock.batch.convert': 'the prompt',
  'bedrock.batch.runOverTable': 'the table',
  'bedrock.batch.addRecord': 'the dataset',
  'bedrock.batch.submit': 'the review',
  'bedrock.jobs.stop': 'whether it is meant',
  'bedrock.results.download': 'the folder',
  'bedrock.sample.open': 'the folder',
};

/** The ids of the command table; read as text, because the table needs the editor to run. */
const commandIds = [
  ...(sources.find(({ path }) => path === 'src/platform/commandTable.ts')?.text ?? '').matchAll(
    /^ {2}'(bedrock\.[\w.]+)':/gm,
  ),
].map(([, id = '']) => id);

const views = Object.values(contributes.views)
  .flat()
  .map(({ id }) => id);

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

  it('nobody runs one of our commands past the table', () => {
    const raw = sources
      .filter(({ path }) => path !== 'src/platform/commands.ts')
      .flatMap(({ path, text }) =>
        [...text.matchAll(/executeCommand(?:<[^>]*>)?\(\s*'(bedrock\.[\w.]+)'/g)].map(
          ([, id]) => `${path}: ${id ?? ''}`,
        ),
      );
    // VS Code's own command of a view.
    assert.deepEqual(raw, ['src/features/jobs/runEnded.ts: bedrock.jobs.focus']);
  });

  it('links with arguments say that a person follows them', () => {
    const texts = Object.values(messages()).join('\n');
    const links = [...texts.matchAll(/command:bedrock\.[\w.]+\?([^)\s]+)/g)];
    assert.ok(links.length > 0);
    for (const [link, query = ''] of links) {
      const given = JSON.parse(decodeURIComponent(query)) as Record<string, unknown>;
      assert.ok(Array.isArray(given['forPerson']), link);
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
      const isViewFocus = views.some((view) => command === `${view}.focus`);
      assert.ok(isViewFocus || ids.has(command ?? ''), command);
    }
  });

  it('when clauses use known context keys only', () => {
    const clauses = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.viewsWelcome,
    ].flatMap(({ when }) => when ?? []);
    for (const clause of clauses) {
      for (const [key] of clause.matchAll(/bedrock\.\w+/g)) {
        assert.ok(key in contextKeyNames || views.includes(key), `${key} in "${clause}"`);
      }
    }
  });

  it('declare the same settings with the same defaults', () => {
    const properties = settingsOf(manifest());
    const defaults = Object.fromEntries(
      Object.entries(properties).map(([key, property]) => [key, property.default]),
    );
    const inCode = Object.fromEntries(
      Object.entries(settings).map(([key, { fallback }]) => [key, fallback]),
    );
    assert.deepEqual(defaults, inCode);
  });

  it('every setting has a description and a scope that fits', () => {
    for (const [key, { markdownDescription, scope }] of Object.entries(settingsOf(manifest()))) {
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

  for (const { command, title, category } of contributes.commands) {
    const text = messages()[title.slice(1, -1)] ?? '';
    it(`the title "${text}" is an action, in title case, with an ellipsis only where it asks`, () => {
      const [verb = '', ...words] = text.replace(/…$/, '').split(' ');
      assert.ok(verbs.has(verb), `${verb} says nothing that is done`);
      assert.deepEqual(words.filter(isWrongCase), [], text);
      assert.match(words.at(-1) ?? '', /^[A-Z]/, 'the last word is not a small one');
      assert.equal(text.endsWith('…'), command in asks, asks[command] ?? 'asks for nothing');
      assert.equal(category, '%extension.category%');
    });
  }

  it('every command that asks is one that exists', () => {
    assert.deepEqual(
      Object.keys(asks).filter((command) => !declared.includes(command)),
      [],
    );
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
