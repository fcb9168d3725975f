import assert from 'node:assert/strict';
import { redact } from '../../../src/core/log.js';

const secrets: readonly [string, string, RegExp][] = [
  ['access key id', 'key AKIAIOSFODNN7EXAMPLE used', /IOSFODNN7EXAMPLE/],
  ['session key id', 'ASIAABCDEFGH12345678', /EFGH12345678/],
  ['secret in JSON', '{"secretAccessKey":"wJalrXUtnFEMI/K7MDENG"}', /wJalr/],
  ['secret in an ini file', 'aws_secret_access_key = wJalrXUtnFEMI', /wJalr/],
  ['bearer token', 'Authorization: Bearer abcdefghijkl.mnop', /abcdefghijkl/],
  ['signature', 'X-Amz-Signature=deadbeef&x=1', /deadbeef/],
  ['Bedrock API key', 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3M', /YmVkcm9jay5/],
  ['account in an ARN', 'arn:aws:iam::123456789012:role/x', /12345678/],
  ['account alone', 'account 123456789012 has', /12345678/],
];

describe('redact', () => {
  for (const [name, text, leaked] of secrets) {
    it(`hides a ${name}`, () => {
      assert.doesNotMatch(redact(text), leaked);
    });
  }

  it('keeps what helps: the last digits of the account and the role name', () => {
    assert.equal(redact('arn:aws:iam::123456789012:role/x'), 'arn:aws:iam::********9012:role/x');
  });

  it('leaves ordinary words and numbers alone', () => {
    const text = 'uploaded 444000000 bytes in 3 s, run 7d9c, status 200';
    assert.equal(redact(text), text);
  });
});
