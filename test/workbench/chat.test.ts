import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/until.js';
import { run, scratchFolder, type SandboxAccess } from './support/workbench.js';

const vendor = 'bedrock-workbench';

describe('VS Code’s own chat', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  const setEnabled = (isEnabled: boolean | undefined) =>
    vscode.workspace
      .getConfiguration()
      .update('bedrock.chat.enabled', isEnabled, vscode.ConfigurationTarget.Workspace);
  const models = () => vscode.lm.selectChatModels({ vendor });

  before(async () => {
    scratch = await scratchFolder();
    await run('bedrock.sandbox.stop');
    await run<SandboxAccess>('bedrock.sandbox.start', { dataDir: scratch.path, speed: 200 });
    await run('bedrock.connection.select', { sandbox: true });
  });

  after(async () => {
    await setEnabled(undefined);
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  it('gets no models of ours before the person turns that on', async () => {
    assert.deepEqual(await models(), []);
  });

  it('gets the chat models of the connection once it is turned on: no embeddings, nothing retired', async () => {
    await setEnabled(true);
    const found = await until('the models', async () => {
      const list = await models();
      return list.length > 0 ? list : undefined;
    });
    const ids = found.map(({ id }) => id);
    assert.ok(
      ids.some((id) => id.includes('claude')),
      ids.join(', '),
    );
    assert.ok(!ids.some((id) => /embed|cohere\.command-text|titan-text/.test(id)), ids.join(', '));
  });

  it('streams an answer, and counts tokens', async () => {
    const [model] = await models();
    assert.ok(model);
    assert.ok((await model.countTokens('How long is this?')) > 2);
    const token = new vscode.CancellationTokenSource().token;
    const message = vscode.LanguageModelChatMessage.User('Say something about batch inference.');
    const response = await model.sendRequest([message], {}, token);
    let text = '';
    for await (const part of response.text) text += part;
    assert.match(text, /batch inference/i);
  });

  it('stops when the person cancels', async () => {
    await run('bedrock.sandbox.stop');
    // At this speed the answer takes seconds.
    await run<SandboxAccess>('bedrock.sandbox.start', { dataDir: scratch.path, speed: 0.2 });
    const [model] = await models();
    assert.ok(model);
    const source = new vscode.CancellationTokenSource();
    const message = vscode.LanguageModelChatMessage.User('Write about the sea.');
    const start = performance.now();
    const response = await model.sendRequest([message], {}, source.token);
    const read = async () => {
      let text = '';
      for await (const part of response.text) {
        text += part;
        source.cancel();
      }
      return text;
    };
    const text = await read().catch(() => '');
    assert.ok(performance.now() - start < 2_000, 'it went on after the cancel');
    assert.ok(text.length < 100, text);
  });

  it('takes its models away when it is turned off', async () => {
    await setEnabled(false);
    await until('no models', async () => ((await models()).length === 0 ? true : undefined));
  });
});
