import { PlaygroundWindow } from './support/playgroundWindow.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import type { Theme } from './support/workbench.js';

const themes: readonly Theme[] = [
  'Default Dark Modern',
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
];

describe('the playground in every theme', () => {
  let window: ProfileWindow;
  let playground: PlaygroundWindow;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: { 'notes.txt': 'Notes.' },
      speed: 0.3,
    });
    playground = new PlaygroundWindow(window);
    await window.workbench.feedback.statusBar('work · us-east-1');
    await playground.open();
    await playground.chooseModel('Claude Haiku 4.5');
  });

  after(() => window.close());

  afterEach(async () => {
    await window.at.clearFaults();
    await window.workbench.runCommand('View: Close All Editors');
  });

  for (const theme of themes) {
    const picture = (what: string) =>
      window.workbench.screenshot(`${theme.replaceAll(' ', '-').toLowerCase()}-playground-${what}`);

    it(`streams, compares, invokes and fails in ${theme}`, async () => {
      await window.workbench.setTheme(theme);
      await playground.open();
      await playground.ask('Write a list, a table and a line of code.');
      await playground.page.locator('.turn.live .markdown').waitFor();
      await picture('streaming');
      await playground.page.locator('.composer').getByRole('button', { name: 'Stop' }).click();
      await playground.answered(2);

      await playground.open();
      await playground.compareWith('Nova Lite');
      await playground.compareWith('Claude Sonnet 4.5');
      await playground.ask('Which river is the longest?');
      await playground.answered(6);
      await picture('compare');

      await playground.open();
      await playground.chooseModelId('cohere.command-text-v14');
      const body = await playground.native();
      await playground.page.getByRole('button', { name: 'Invoke' }).click();
      await playground.page.locator('.native-response .facts').waitFor();
      await body.fill('{\n  "prompt": "Name a river",\n  "temperature": 9\n}');
      await playground.page.locator('.mark-warning').waitFor();
      await picture('native');

      await playground.open();
      await playground.chooseModel('Claude Haiku 4.5');
      await window.at.fault({
        match: { operation: 'ConverseStream' },
        fault: { kind: 'streamException', afterEvents: 6 },
        times: 1,
      });
      await playground.ask('Name three rivers of Spain.');
      await playground.page.getByRole('alert').waitFor();
      await picture('error');
    });
  }
});
