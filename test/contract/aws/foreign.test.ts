import assert from 'node:assert/strict';
import type { AppError } from '../../../src/core/errors.js';
import { type FixedAnswer, startFixedAnswer } from '../../support/fixedAnswer.js';

const answers: readonly [string, number, string, string][] = [
  ['a page', 403, 'text/html', '<html>blocked</html>'],
  ['a page', 404, 'text/html', '<html>not here</html>'],
  ['a page', 502, 'text/html', '<html>bad gateway</html>'],
  ['a page', 407, 'text/html', '<html>who are you</html>'],
  ['JSON', 403, 'application/json', '{"error":{"code":"blocked"}}'],
  ['JSON', 404, 'application/json', '{"detail":"Not Found"}'],
  ['text', 403, 'text/plain', 'Forbidden by policy'],
  ['nothing', 403, 'text/plain', ''],
];

describe('an answer that is not of AWS, over the SDK', () => {
  let stand: FixedAnswer;
  before(async () => {
    stand = await startFixedAnswer();
  });
  after(() => {
    stand.close();
  });

  const calls: readonly [string, () => Promise<unknown>][] = [
    ['converse', () => stand.aws.runtime.converse({ modelId: 'm', messages: [] })],
    ['jobs', () => stand.aws.jobs.list({ limit: 1 })],
    ['buckets', () => stand.aws.storage.buckets()],
    ['identity', () => stand.aws.identity()],
  ];
  for (const [what, status, type, body] of answers) {
    for (const [name, call] of calls) {
      it(`${what} with ${status} to ${name} is told as one, without the SDK's words`, async () => {
        stand.give(status, { 'content-type': type }, body);
        await assert.rejects(call(), (error: AppError) => {
          assert.equal(error.kind, 'network', error.message);
          assert.match(error.message, /did not answer as|asks for a sign-in/);
          assert.match(error.message, /127\.0\.0\.1/);
          assert.doesNotMatch(error.message, /Unexpected|Deserialization|hidden|Unknown|XML/);
          return true;
        });
      });
    }
  }
});
