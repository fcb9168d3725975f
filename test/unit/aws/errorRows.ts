import assert from 'node:assert/strict';
import { toAwsError } from '../../../src/aws/errors/awsError.js';
import type { CallContext } from '../../../src/aws/errors/rule.js';
import type { ErrorAction, ErrorKind } from '../../../src/core/errors.js';

/** An error as the SDK v3 throws it. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string | undefined;
  readonly contentType?: string;
  readonly code?: string;
}

export const thrown = ({ name, message, status, contentType, code, ...rest }: Thrown) => {
  const requestId = 'requestId' in rest ? rest.requestId : 'b2d1f7a0-1';
  return Object.assign(new Error(message), {
    name,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined
      ? {}
      : {
          $fault: status < 500 ? 'client' : 'server',
          $metadata: { httpStatusCode: status, requestId, attempts: 1, totalRetryDelay: 0 },
          $response: {
            statusCode: status,
            headers: { 'content-type': contentType ?? 'application/json' },
          },
        }),
  });
};

const hidden =
  '\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.';
/** A body that the SDK could not read. */
export const unreadable = (status: number, text: string, contentType = 'text/html') =>
  thrown({
    name: 'SyntaxError',
    message: text + hidden,
    status,
    requestId: undefined,
    contentType,
  });
export const html = (status: number) =>
  unreadable(status, `Unexpected token '<', "<html>…blo"... is not valid JSON`);
/** A body without the service's words: the SDK has a name and a text of its own for it. */
export const empty = (status: number, contentType?: string, name = 'Unknown') =>
  thrown({
    name,
    message: 'UnknownError',
    status,
    requestId: undefined,
    ...(contentType === undefined ? {} : { contentType }),
  });

/** What is thrown, and what has to be said of it. */
export interface Row {
  readonly when: string;
  readonly error: Error;
  readonly kind: ErrorKind;
  readonly says: RegExp;
  readonly action?: ErrorAction;
  readonly never?: RegExp;
  readonly context?: Partial<CallContext>;
}

/** A test a row. */
export function testRows(rows: readonly Row[]): void {
  const context = {
    action: 'bedrock:Converse',
    resource: 'anthropic.x',
    region: 'us-east-1',
    profile: 'dev',
  };
  for (const row of [...rows]) {
    it(`lead the right way when ${row.when}`, () => {
      const { profile, ...rest } = { ...context, ...row.context };
      const failure = toAwsError(row.error, profile ? { ...rest, profile } : rest);
      assert.match(failure.message, row.says);
      assert.equal(failure.kind, row.kind);
      assert.equal(failure.action, row.action);
      if (row.never) assert.doesNotMatch(failure.message, row.never);
    });
  }
}
