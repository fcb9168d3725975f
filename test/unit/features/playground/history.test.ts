import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newConversation } from '../../../../src/core/converse/conversation.js';
import type { Block, Turn } from '../../../../src/core/converse/types.js';
import { silentLog } from '../../../../src/core/log.js';
import type { PlaygroundDocument } from '../../../../src/features/playground/document/documentSchema.js';
import { PlaygroundHistory } from '../../../../src/features/playground/history/history.js';
import {
  documentOf,
  documentTitle,
  newDocument,
} from '../../../../src/features/playground/document/newDocument.js';
import { PlaygroundStore } from '../../../../src/features/playground/history/playgroundStore.js';
import {
  excerptAround,
  hasWords,
  searchTextOf,
  searchWords,
} from '../../../../src/features/playground/history/searchText.js';
import { cpuTimeOf } from '../../../support/cpuTime.js';

const turn = (role: Turn['role'], ...content: Block[]): Turn => ({ id: role, role, content });
const words = (text: string): Block => ({ type: 'text', text });

function playground(id: string, question: string, answer: string, extra: Block[] = []) {
  const lane = newConversation('lane', 'amazon.nova-lite-v1:0');
  const turns = [turn('user', words(question), ...extra), turn('assistant', words(answer))];
  return documentOf([{ ...lane, turns }], id);
}

describe('the history of playgrounds', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-history-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A history after a start of the editor: memory outlives it, what was read does not. */
  const memory = new Map<string, unknown>();
  beforeEach(() => {
    memory.clear();
  });
  function start(): PlaygroundHistory {
    const memento = {
      get: (key: string) => memory.get(key),
      keys: () => [...memory.keys()],
      update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
    };
    const store = new PlaygroundStore(join(folder, 'playground'), silentLog);
    return new PlaygroundHistory(store, memento as never, () => 0);
  }
  const titles = (history: PlaygroundHistory) => history.list().map(({ title }) => title);

  it('knows the words of prompts and answers, after a restart as well', async () => {
    await start().save(playground('one', 'Name a river', 'The Ebro is one.'));
    const texts = await start().texts();
    assert.equal(texts.get('one'), 'Name a river\nThe Ebro is one.');
  });

  it('knows the words of a playground whose words were never written', async () => {
    await start().save(playground('one', 'Name a river', 'The Ebro.'));
    await rm(join(folder, 'playground', 'one.txt'));
    assert.match((await start().texts()).get('one') ?? '', /Ebro/);
  });

  it('finds nothing in a playground that cannot be read, and all others', async () => {
    const history = start();
    await history.save(playground('one', 'Name a river', 'The Ebro.'));
    await history.save(playground('two', 'Name a lake', 'Garda.'));
    await rm(join(folder, 'playground', 'one.txt'));
    await writeFile(join(folder, 'playground', 'one.json'), '{');
    const texts = await start().texts();
    assert.equal(texts.get('one'), '');
    assert.match(texts.get('two') ?? '', /Garda/);
  });

  it('follows what is added to a playground', async () => {
    const history = start();
    await history.save(playground('one', 'Name a river', 'The Ebro.'));
    await history.texts();
    await history.save(playground('one', 'Name a river', 'The Tagus.'));
    assert.match((await history.texts()).get('one') ?? '', /Tagus/);
  });

  it('renames, in the list and in the file, and tells open pages', async () => {
    const history = start();
    const told: unknown[] = [];
    history.onDidChange((change) => told.push(change));
    await history.save(playground('one', 'Name a river', 'The Ebro.'));
    await history.rename('one', 'Rivers');
    assert.deepEqual(titles(history), ['Rivers']);
    assert.equal((await start().load('one'))?.title, 'Rivers');
    assert.deepEqual(told, [{ kind: 'renamed', id: 'one', title: 'Rivers' }]);
  });

  it('deletes for good: a page that is still open does not bring it back', async () => {
    const history = start();
    const document = playground('one', 'Name a river', 'The Ebro.');
    await history.save(document);
    await history.remove('one');
    await history.save(document);
    assert.deepEqual(history.list(), []);
    assert.deepEqual(await readdir(join(folder, 'playground')), []);
  });

  it('deletes for good what is being written down just then', async () => {
    const history = start();
    const document = playground('one', 'Name a river', 'The Ebro.');
    const saved = history.save(document);
    await history.remove('one');
    await saved;
    assert.deepEqual(history.list(), []);
    assert.deepEqual(await readdir(join(folder, 'playground')), []);
  });

  it('keeps the newest 200, and no file of the others', async () => {
    const history = start();
    for (let at = 1; at <= 203; at++)
      await history.save(playground(`p${at}`, `Question ${at}`, ''));
    assert.equal(history.list().length, 200);
    assert.equal(titles(history)[0], 'Question 203');
    assert.equal((await readdir(join(folder, 'playground'))).length, 400);
  });

  it('searches 200 playgrounds with pictures in a moment', async () => {
    const picture = { type: 'image', format: 'png', base64: 'A'.repeat(500_000) } as const;
    const answer = 'The river runs to the sea. '.repeat(400);
    const history = start();
    for (let at = 0; at < 200; at++) {
      await history.save(playground(`p${at}`, `Question ${at}`, `${answer} word${at}`, [picture]));
    }
    const later = start();
    let texts: Awaited<ReturnType<typeof later.texts>> | undefined;
    const took = await cpuTimeOf(async () => (texts = await later.texts()));
    assert.ok([...(texts ?? [])].filter(([, text]) => hasWords(['word77'], text)).length === 1);
    // 100 MB of playgrounds take seconds to read; their words take some 30 ms.
    assert.ok(took < 500, `${Math.round(took)} ms`);
  }).timeout(60_000);
});

describe('what a playground is called', () => {
  const titled = (prompts: readonly string[], isBranch: boolean) => {
    const document = newDocument({ modelId: 'm' }, () => 'one');
    const [lane] = document.lanes;
    const turns = prompts.map((text, index) => ({
      id: String(index),
      role: 'user' as const,
      content: [{ type: 'text' as const, text }],
    }));
    const from = { conversationId: 'other', turnId: '0' };
    const lanes = lane ? [{ ...lane, turns, ...(isBranch && { branchedFrom: from }) }] : [];
    return documentTitle({ ...document, lanes });
  };
  const rows: readonly [readonly string[], boolean, string | undefined][] = [
    [['Which river?', 'And now?'], false, 'Which river?'],
    [['Which river?', 'And now?'], true, 'Which river? › And now?'],
    [['Which river?'], true, 'Which river? › branch'],
    [['a '.repeat(60)], false, `${'a '.repeat(24).slice(0, 47)}…`],
    [[], true, undefined],
  ];
  for (const [prompts, isBranch, title] of rows) {
    it(`is "${title ?? 'nothing'}"${isBranch ? ' as a branch' : ''}`, () => {
      assert.equal(titled(prompts, isBranch), title);
    });
  }
});

describe('the words of a playground', () => {
  it('hold no pictures, and what two models say alike once', () => {
    const picture = { type: 'image', format: 'png', base64: 'QUJD' } as const;
    const one = playground('one', 'Name  a\nriver', 'The Ebro.', [picture]);
    const [lane] = one.lanes;
    assert.ok(lane);
    const two: PlaygroundDocument = { ...one, lanes: [lane, { ...lane, id: 'other' }] };
    assert.equal(searchTextOf(two), 'Name a river\nThe Ebro.');
  });

  it('are found in any order and case, all of them', () => {
    const query = searchWords(' EBRO  name ');
    assert.ok(hasWords(query, 'Name a river', 'The Ebro.'));
    assert.ok(!hasWords([...query, 'sea'], 'Name a river', 'The Ebro.'));
  });

  it('show the place where one is, of one prompt or answer', () => {
    const text = `First line\n${'before '.repeat(10)}the Ebro flows${' after'.repeat(30)}\nLast`;
    const shown = excerptAround(['ebro'], text) ?? '';
    assert.match(shown, /^…[a-z ]*the Ebro flows[a-z ]*…$/);
    assert.equal(excerptAround(['last'], text), 'Last');
    assert.equal(excerptAround(['first'], text), 'First line');
    assert.equal(excerptAround(['sea'], text), undefined);
  });
});
