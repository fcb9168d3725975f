import assert from 'node:assert/strict';
import { toAwsError } from '../../../src/aws/errors/awsError.js';
import { AppError, type ErrorAction, type ErrorKind } from '../../../src/core/errors.js';

interface Row {
  readonly when: string;
  readonly error: Error;
  readonly kind: ErrorKind;
  readonly says: RegExp;
  readonly action?: ErrorAction;
}

const service = (name: string, message = 'no', status = 400) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
const network = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

const rows: readonly Row[] = [
  {
    when: 'a model fails on a request',
    error: service('ModelErrorException', 'Bad weights.', 424),
    kind: 'internal',
    says: /model failed on this request: Bad weights\. Try again/,
    action: 'retry',
  },
  {
    when: 'a model breaks off its answer',
    error: service('ModelStreamErrorException', 'Gone.'),
    kind: 'internal',
    says: /broke off its answer: Gone\. What had arrived is kept/,
    action: 'retry',
  },
  {
    when: 'a guardrail does not exist',
    error: service('ValidationException', 'The guardrail identifier is invalid.'),
    kind: 'invalidInput',
    says: /guardrail was refused.*Region/,
  },
  {
    when: 'no Region is set',
    error: new Error('Region is missing'),
    kind: 'credentials',
    says: /Region/,
    action: 'pickConnection',
  },
  {
    when: 'a profile is unknown',
    error: service(
      'CredentialsProviderError',
      'Could not resolve credentials using profile: [dev] in configuration/credentials file(s).',
    ),
    kind: 'credentials',
    says: /"dev" was not found/,
    action: 'pickConnection',
  },
  {
    when: 'the SSO session has ended',
    error: service(
      'CredentialsProviderError',
      "The SSO session token associated with profile=dev was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    ),
    kind: 'credentials',
    says: /Sign in again/,
    action: 'signIn',
  },
  {
    when: 'a token has expired',
    error: service(
      'ExpiredTokenException',
      'The security token included in the request is expired',
      403,
    ),
    kind: 'credentials',
    says: /expired/,
    action: 'signIn',
  },
  {
    when: 'the key is not known to AWS',
    error: service('UnrecognizedClientException', 'invalid', 403),
    kind: 'credentials',
    says: /does not accept the keys/,
    action: 'pickConnection',
  },
  {
    when: 'an action is denied',
    error: service('AccessDeniedException', 'User is not authorized', 403),
    kind: 'accessDenied',
    says: /bedrock:CreateModelInvocationJob on anthropic\.x/,
  },
  {
    when: 'the role may not be passed',
    error: service(
      'AccessDeniedException',
      'not authorized to perform: iam:PassRole on resource: r',
      403,
    ),
    kind: 'accessDenied',
    says: /iam:PassedToService/,
  },
  {
    when: 'the account has no access to the model',
    error: service(
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID.",
      403,
    ),
    kind: 'modelUnavailable',
    says: /no access to the model/,
    action: 'openModelAccess',
  },
  {
    when: 'the model needs a profile, with a curly apostrophe',
    error: service(
      'ValidationException',
      'Invocation of model ID x with on-demand throughput isn’t supported.',
    ),
    kind: 'modelUnavailable',
    says: /inference profile/,
  },
  {
    when: 'the model id is wrong',
    error: service('ValidationException', 'The provided model identifier is invalid.'),
    kind: 'modelUnavailable',
    says: /end of life/,
  },
  {
    when: 'AWS throttles',
    error: service('ThrottlingException', 'Rate exceeded', 429),
    kind: 'throttled',
    says: /too many requests/,
    action: 'retry',
  },
  {
    when: 'an emulator lacks the operation',
    error: service('NotImplemented', 'not implemented', 501),
    kind: 'unsupported',
    says: /does not implement/,
  },
  {
    when: 'nothing listens at the endpoint',
    error: network('ECONNREFUSED'),
    kind: 'network',
    says: /Nothing answers at http:\/\/127\.0\.0\.1:9/,
    action: 'retry',
  },
  {
    when: 'every address refuses',
    error: Object.assign(new AggregateError([network('ECONNREFUSED')], ''), {
      code: 'ECONNREFUSED',
    }),
    kind: 'network',
    says: /Nothing answers/,
    action: 'retry',
  },
  {
    when: 'the host is unknown',
    error: network('ENOTFOUND'),
    kind: 'network',
    says: /was not found/,
    action: 'retry',
  },
  {
    when: 'a proxy signs its own certificate',
    error: network('SELF_SIGNED_CERT_IN_CHAIN'),
    kind: 'network',
    says: /bedrock\.caBundle/,
  },
  {
    when: 'the endpoint is no AWS service',
    error: new SyntaxError('Unexpected token \'<\', "<html>" is not valid JSON'),
    kind: 'network',
    says: /did not answer as bedrock does/,
  },
  {
    when: 'the connection drops',
    error: network('ECONNRESET'),
    kind: 'network',
    says: /dropped/,
    action: 'retry',
  },
  {
    when: 'a quota is used up',
    error: service('ServiceQuotaExceededException', '100 jobs'),
    kind: 'quota',
    says: /quota/,
  },
  {
    when: 'the bucket is elsewhere',
    error: service('PermanentRedirect', 'moved', 301),
    kind: 'invalidInput',
    says: /another Region/,
  },
  {
    when: 'the service fails',
    error: service('InternalServerException', 'oops', 500),
    kind: 'internal',
    says: /Try again/,
    action: 'retry',
  },
];

describe('toAwsError', () => {
  const context = {
    action: 'bedrock:CreateModelInvocationJob',
    resource: 'anthropic.x',
    region: 'us-east-1',
    profile: 'dev',
    endpoint: 'http://127.0.0.1:9',
  };
  for (const row of rows) {
    it(`tells what to do when ${row.when}`, () => {
      const failure = toAwsError(row.error, context);
      assert.equal(failure.kind, row.kind);
      assert.match(failure.message, row.says);
      assert.equal(failure.action, row.action);
      assert.equal(failure.cause, row.error);
    });
  }

  it('takes an abort as cancelled', () => {
    const abort = Object.assign(new Error('Request aborted'), { name: 'AbortError' });
    assert.equal(toAwsError(abort, context).kind, 'cancelled');
  });

  it('leaves an AppError as it is', () => {
    const own = new AppError('conflict', 'mine');
    assert.equal(toAwsError(own, context), own);
  });

  it('names action and Region of an error it does not know', () => {
    const failure = toAwsError(new Error('new thing'), context);
    assert.equal(failure.kind, 'internal');
    assert.match(failure.message, /CreateModelInvocationJob failed in us-east-1: new thing/);
  });
});
