import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Session } from '../../src/aws/session.js';
import { silentLog } from '../../src/core/log.js';
import { ChatProvider } from '../../src/features/chat/chatProvider.js';
import { ModelsStore } from '../../src/resources/models/modelsStore.js';
import { until } from '../support/until.js';
import { fault, run, scratchFolder, type SandboxAccess } from './support/workbench.js';

const vendor = 'bedrock-workbench';
const TextPart = vscode.LanguageModelTextPart;

async function partsOf(response: vscode.LanguageModelChatResponse): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (const part of response.stream) parts.push(part);
  return parts;
}

const textOf = (parts: readonly unknown[]) =>
  parts.map((part) => (part instanceof TextPart ? part.value : '')).join('');

describe('VS Code’s own chat', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let access: SandboxAccess;
  const setEnabled = (isEnabled: boolean | undefined) =>
    vscode.workspace
      .getConfiguration()
      .update('bedrock.chat.enabled', isEnabled, vscode.ConfigurationTarget.Workspace);
  const models = () => vscode.lm.selectChatModels({ vendor });

  before(async () => {
    scratch = await scratchFolder();
    await run('bedrock.sandbox.stop');
    access = await run<SandboxAccess>('bedrock.sandbox.start', {
      dataDir: scratch.path,
      speed: 200,
    });
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

  it('counts the tokens of a message with all its parts', async () => {
    const [model] = await models();
    assert.ok(model);
    const count = (text: string) =>
      model.countTokens(vscode.LanguageModelChatMessage.User([new TextPart(text)]));
    assert.ok((await count('word '.repeat(400))) - (await count('word ')) > 300);
  });

  it('knows how much the models it has a source for read and write', async () => {
    const model = await named('claude-haiku-4-5');
    assert.equal(model.maxInputTokens, 200_000);
  });

  it('gives a tool call with the tool’s own name, and takes its result', async () => {
    const model = await named('claude-haiku');
    const ask = vscode.LanguageModelChatMessage.User('What is the weather in Paris?');
    const tool = {
      // Converse takes no dots in names.
      name: 'weather.now',
      description: 'The weather of a city',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } } },
    };
    const toolMode = vscode.LanguageModelChatToolMode.Required;
    const parts = await partsOf(await model.sendRequest([ask], { tools: [tool], toolMode }));
    const call = parts.find((part) => part instanceof vscode.LanguageModelToolCallPart);
    assert.equal(call?.name, 'weather.now');
    assert.ok('city' in call.input);
    const result = new vscode.LanguageModelToolResultPart(call.callId, [new TextPart('21 °C')]);
    const rest = [
      vscode.LanguageModelChatMessage.Assistant([call]),
      vscode.LanguageModelChatMessage.User([result]),
    ];
    const answer = await partsOf(await model.sendRequest([ask, ...rest], { tools: [tool] }));
    assert.match(textOf(answer), /The tool has answered/);
  });

  it('sends pictures along', async function () {
    // In VS Code since 1.105.
    const { LanguageModelDataPart } = vscode as unknown as {
      LanguageModelDataPart?: {
        image(data: Uint8Array, mime: string): vscode.LanguageModelTextPart;
      };
    };
    if (!LanguageModelDataPart) return this.skip();
    const model = await named('claude-haiku');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const picture = LanguageModelDataPart.image(png, 'image/png');
    const message = vscode.LanguageModelChatMessage.User([new TextPart('See this.'), picture]);
    const answer = await partsOf(await model.sendRequest([message], {}));
    assert.match(textOf(answer), /I received 1 attachment/);
  });

  it('says why AWS refuses, and asks once only', async () => {
    const model = await named('claude-haiku');
    const before = await sent();
    const rule = { match: { operation: 'ConverseStream' }, fault: { kind: 'throttle' }, times: 1 };
    await fault(access, rule);
    const message = vscode.LanguageModelChatMessage.User('Hello');
    const answer = async () => partsOf(await model.sendRequest([message], {}));
    await assert.rejects(answer(), /too many requests/);
    assert.equal((await sent()) - before, 1);
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

  describe('without a connection', () => {
    const none = () => Promise.reject(new Error('not in this test'));
    const ports = { mfaCode: none, apiKey: none, sandbox: none, caBundle: none, log: silentLog };
    const session = new Session(ports);
    const memento = { get: () => undefined, keys: () => [], update: () => Promise.resolve() };
    const models = new ModelsStore({ session, memento, overrides: () => ({}) });
    const provider = new ChatProvider({ session, models, log: silentLog });
    const { token } = new vscode.CancellationTokenSource();
    const provided = (silent: boolean) =>
      provider.provideLanguageModelChatInformation({ silent }, token);

    after(() => {
      provider.dispose();
      session.dispose();
    });

    it('has no models and asks nobody where VS Code wants it silent', async () => {
      // A question would be waiting for its answer.
      assert.deepEqual(await provided(true), []);
    });

    it('asks which connection to use where it need not be silent', async () => {
      let found: unknown[] | undefined;
      const asking = provided(false).then((models) => (found = models));
      // A round trip to the window and back, in which a silent answer has long come.
      await run('bedrock.models.list');
      assert.equal(found, undefined, 'it waits for the person');
      await until('the end', async () => {
        await run('workbench.action.closeQuickOpen');
        return found !== undefined;
      });
      assert.deepEqual(await asking, [], 'left without a choice');
    });
  });

  async function named(part: string): Promise<vscode.LanguageModelChat> {
    const found = (await models()).find(({ id }) => id.includes(part));
    assert.ok(found, part);
    return found;
  }

  async function sent(): Promise<number> {
    const response = await fetch(`${access.endpoint}/_sandbox/requests`);
    const { requests } = (await response.json()) as { requests: { operation: string }[] };
    return requests.filter(({ operation }) => operation === 'ConverseStream').length;
  }

  it('takes its models away when it is turned off', async () => {
    await setEnabled(false);
    await until('no models', async () => ((await models()).length === 0 ? true : undefined));
  });
});
