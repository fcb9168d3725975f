import assert from 'node:assert/strict';
import {
  reduceStream,
  stopAnswer,
  waitingAnswer,
} from '../../../src/core/converse/streamReducer.js';
import { isAppError } from '../../../src/core/errors.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';
import { readyRequest, refusalOf, requestFor, textOf } from './support.js';

/** What a stop may take: the answers below would run for seconds. */
const atOnceMs = 200;

describe('stopping a model call', () => {
  let stand: TestSandbox;
  before(async () => {
    stand = await startTestSandbox({ speed: 0.05 });
  });
  after(() => stand.close());
  afterEach(() => stand.clearFaults());

  it('ends a stream in the middle at once and keeps the text', async () => {
    const stop = new AbortController();
    let state = waitingAnswer;
    let stoppedAt = 0;
    try {
      for await (const event of stand.aws.runtime.converseStream(requestFor('Hi'), stop.signal)) {
        state = reduceStream(state, event);
        if (event.type !== 'text' || stoppedAt > 0) continue;
        stoppedAt = performance.now();
        stop.abort();
      }
      assert.fail('the stream should have been cancelled');
    } catch (error) {
      assert.ok(isAppError(error) && error.kind === 'cancelled', String(error));
    }
    assert.ok(performance.now() - stoppedAt < atOnceMs);
    const stopped = stopAnswer(state);
    assert.notEqual(textOf(stopped), '');
    assert.equal(stopped.status, 'stopped');
  });

  it('ends a native stream in the middle at once', async () => {
    const stop = new AbortController();
    let stoppedAt = 0;
    const read = async () => {
      const request = readyRequest('cohere.command-text-v14');
      for await (const event of stand.aws.runtime.invokeStream(request, stop.signal)) {
        if (event.type !== 'chunk' || stoppedAt > 0) continue;
        stoppedAt = performance.now();
        stop.abort();
      }
    };
    assert.equal((await refusalOf(read())).kind, 'cancelled');
    assert.ok(performance.now() - stoppedAt < atOnceMs);
  });

  it('gives up a call that has not answered yet', async () => {
    await stand.fault({ match: { operation: 'Converse' }, fault: { kind: 'slow', delayMs: 5000 } });
    const stop = new AbortController();
    const call = stand.aws.runtime.converse(requestFor('Hi'), stop.signal);
    const start = performance.now();
    stop.abort();
    assert.equal((await refusalOf(call)).kind, 'cancelled');
    assert.ok(performance.now() - start < atOnceMs);
  });

  it('sends nothing where the signal has fired already', async () => {
    const call = stand.aws.runtime.converse(requestFor('Hi'), AbortSignal.abort());
    assert.equal((await refusalOf(call)).kind, 'cancelled');
  });

  it('closes the connection where the reader just leaves', async () => {
    for await (const event of stand.aws.runtime.converseStream(requestFor('Hi'))) {
      if (event.type === 'text') break;
    }
    // The next call of the same client works, and the sandbox can close in time.
    const { tokens } = await stand.aws.runtime.countTokens({ converse: requestFor('Hi') });
    assert.ok(tokens > 0);
  });
});
