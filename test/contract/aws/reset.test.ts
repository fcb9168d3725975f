import assert from 'node:assert/strict';
import { Session } from '../../../src/aws/session.js';
import { silentLog } from '../../../src/core/log.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';
import { listModels } from '../../support/models.js';

const request = {
  modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  messages: [{ role: 'user' as const, content: [{ text: 'Tell me a long story, please.' }] }],
};

describe('a session', () => {
  let at: TestSandbox;
  let session: Session;

  before(async () => {
    // Slow enough that a stream is still under way when it is looked at.
    at = await startTestSandbox({ speed: 3 });
  });

  beforeEach(() => {
    const { endpoint, region, accessKeyId, secretAccessKey } = at.sandbox;
    session = new Session({
      mfaCode: () => Promise.reject(new Error('not asked')),
      apiKey: () => Promise.reject(new Error('not asked')),
      sandbox: () => Promise.resolve({ endpoint, region, keys: { accessKeyId, secretAccessKey } }),
      caBundle: () => Promise.resolve(undefined),
      log: silentLog,
    });
  });

  afterEach(() => {
    session.dispose();
  });

  after(() => at.close());

  /** Streams an answer, does something in the middle, and gives the stop reason. */
  async function streamAnd(inTheMiddle: () => void): Promise<string | undefined> {
    const { runtime } = await session.aws();
    let stopReason: string | undefined;
    let texts = 0;
    for await (const event of runtime.converseStream(request)) {
      if (event.type === 'text' && ++texts === 2) inTheMiddle();
      if (event.type === 'messageStop') ({ stopReason } = event);
    }
    return stopReason;
  }

  it('lets a paid stream end when it is reset in the middle, and opens new clients', async () => {
    session.use(at.connection);
    const before = await session.aws();
    let isReset = false;
    const stopReason = await streamAnd(() => {
      session.reset();
      isReset = true;
    });
    assert.ok(isReset, 'the answer was too short to be reset in the middle');
    assert.equal(stopReason, 'end_turn');
    assert.notEqual(await session.aws(), before);
    assert.ok((await listModels((await session.aws()).catalogue)).length > 0);
  });

  it('breaks off what is under way when the window closes', async () => {
    session.use(at.connection);
    await assert.rejects(
      streamAnd(() => {
        session.dispose();
      }),
      /was dropped/,
    );
  });

  it('says in one way that no connection is chosen, and how to go on', async () => {
    assert.equal(await session.settled(), undefined);
    for (const ask of [() => session.require(), () => session.aws()]) {
      await assert.rejects(ask, {
        kind: 'credentials',
        action: 'pickConnection',
        message: 'No connection is chosen. Choose an AWS profile or the sandbox.',
      });
    }
  });

  it('waits for the remembered connection', async () => {
    session.restoring = new Promise((resolve) => {
      setTimeout(() => {
        session.use(at.connection);
        resolve();
      }, 20);
    });
    assert.equal(await session.require(), at.connection);
  });
});
