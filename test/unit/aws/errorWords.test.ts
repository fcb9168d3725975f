import { thrown, testRows, type Row } from './errorRows.js';

const denied = (message: string) => thrown({ name: 'AccessDeniedException', message, status: 403 });
const user = 'User: arn:aws:sts::111122223333:assumed-role/Dev/me';
const key = 'arn:aws:kms:us-east-1:111122223333:key/1234-abcd';

const daily = 'Too many tokens per day, please wait before trying again.';
const apiKeyText = 'Authentication failed: Please make sure your API Key is valid.';
const legacy =
  'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock';
const useCase =
  'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model.';
const skewed =
  'Signature expired: 20261125T090000Z is now earlier than 20261125T091500Z (20261125T092000Z - 5 min.)';

const words: readonly Row[] = [
  {
    when: 'the quota of a day is used up',
    error: thrown({ name: 'ThrottlingException', message: daily, status: 429 }),
    kind: 'quota',
    says: /quota for a day.*Waiting a little does not help.*Too many tokens per day/,
    never: /too many requests/i,
  },
  {
    when: 'the quota of a day is used up, inside a stream',
    error: thrown({ name: 'ThrottlingException', message: daily }),
    kind: 'quota',
    says: /Too many tokens per day/,
  },
  {
    when: 'requests a day are used up',
    error: thrown({
      name: 'ThrottlingException',
      message: 'You have reached your daily limit of requests.',
      status: 429,
    }),
    kind: 'quota',
    says: /daily limit of requests/,
  },
  {
    when: 'a stream ends in an exception that the SDK does not know',
    error: thrown({ name: 'modelNotReadyException', message: '{"message":"Model is not ready"}' }),
    kind: 'modelUnavailable',
    action: 'retry',
    says: /not ready yet.*AWS says: Model is not ready$/,
  },
  {
    when: 'the single sign-on has no such role',
    error: thrown({ name: 'CredentialsProviderError', message: 'ForbiddenException: No access' }),
    kind: 'accessDenied',
    says: /"dev" has no access to its account and role.*AWS says: No access$/,
  },
  {
    when: 'AWS throttles a minute',
    error: thrown({
      name: 'ThrottlingException',
      message: 'Too many tokens, please wait before trying again.',
      status: 429,
    }),
    kind: 'throttled',
    action: 'retry',
    says: /too many requests.*AWS says: Too many tokens, please wait/,
  },
  {
    when: 'a throttle inside a stream',
    error: thrown({ name: 'ThrottlingException', message: 'Rate of tokens exceeded' }),
    kind: 'throttled',
    action: 'retry',
    says: /AWS says: Rate of tokens exceeded/,
  },
  {
    when: 'the model is not ready',
    error: thrown({
      name: 'ModelNotReadyException',
      message: 'Model is not ready for inference. Wait and try your request again.',
      status: 429,
    }),
    kind: 'modelUnavailable',
    action: 'retry',
    says: /not ready yet.*AWS says: Model is not ready for inference/,
    never: /too many requests/,
  },
  {
    when: 'the model is a legacy one',
    error: thrown({ name: 'ResourceNotFoundException', message: legacy, status: 404 }),
    kind: 'modelUnavailable',
    says: /legacy.*Choose a newer model.*last 30 days/,
    never: /^Not found/,
  },
  {
    when: 'the model is a legacy one, told as access',
    error: denied(legacy),
    kind: 'modelUnavailable',
    says: /Choose a newer model/,
    never: /Ask for this permission/,
  },
  {
    when: 'the use-case form is missing',
    error: thrown({ name: 'ResourceNotFoundException', message: useCase, status: 404 }),
    kind: 'modelUnavailable',
    action: 'openModelAccess',
    says: /use case first.*have not been submitted/,
    never: /^Not found/,
  },
  {
    when: 'the API key is wrong, without a type',
    error: thrown({ name: 'Unknown', message: apiKeyText, status: 403 }),
    kind: 'credentials',
    action: 'setApiKey',
    says: /does not accept the Bedrock API key.*another Region.*make sure your API Key is valid/,
    never: /Ask for this permission/,
  },
  {
    when: 'the API key is wrong, without type and request id',
    error: thrown({ name: 'Unknown', message: apiKeyText, status: 403, requestId: undefined }),
    kind: 'credentials',
    action: 'setApiKey',
    says: /Bedrock API key/,
  },
  {
    when: 'the API key has expired',
    error: denied('Bearer Token has expired'),
    kind: 'credentials',
    action: 'setApiKey',
    says: /Set a new one. AWS says: Bearer Token has expired/,
  },
  {
    when: 'the API key has a wrong form',
    error: thrown({
      name: 'AccessDeniedException',
      message: 'Invalid API Key format: Must start with pre-defined prefix',
      status: 403,
    }),
    kind: 'credentials',
    action: 'setApiKey',
    says: /Must start with pre-defined prefix/,
  },
  {
    when: 'the API key is of another Region',
    error: thrown({
      name: 'InvalidSignatureException',
      message: "Credential should be scoped to a valid region, not 'eu-west-1'.",
      status: 403,
    }),
    kind: 'credentials',
    action: 'setApiKey',
    says: /another Region.*scoped to a valid region/,
    context: { apiKey: true },
  },
  {
    when: 'the token of an API key is refused',
    error: thrown({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
      status: 403,
    }),
    kind: 'credentials',
    action: 'setApiKey',
    says: /Bedrock API key/,
    context: { apiKey: true },
  },
  {
    when: 'an API key lacks a permission',
    error: denied(`${user} is not authorized to perform: bedrock:InvokeModel on resource: x`),
    kind: 'accessDenied',
    says: /Ask for this permission/,
    context: { apiKey: true },
  },
  {
    when: 'keys are signed for another Region',
    error: thrown({
      name: 'InvalidSignatureException',
      message: "Credential should be scoped to a valid region, not 'eu-west-1'.",
      status: 403,
    }),
    kind: 'credentials',
    action: 'pickConnection',
    says: /another Region than the one this connection signs for/,
  },
  {
    when: 'the clock is wrong, in S3',
    error: thrown({
      name: 'RequestTimeTooSkewed',
      message: 'The difference between the request time and the current time is too large.',
      status: 403,
    }),
    kind: 'credentials',
    action: 'retry',
    says: /Set its clock.*too large/,
    never: /Ask for this permission/,
  },
  {
    when: 'the clock is slow',
    error: thrown({ name: 'InvalidSignatureException', message: skewed, status: 403 }),
    kind: 'credentials',
    action: 'retry',
    says: /Set its clock.*Signature expired: 2026/,
  },
  {
    when: 'the clock is fast',
    error: thrown({
      name: 'SignatureDoesNotMatch',
      message: 'Signature not yet current: 20261125T120000Z is still later than 20261125T110500Z',
      status: 403,
    }),
    kind: 'credentials',
    action: 'retry',
    says: /Set its clock/,
  },
  {
    when: 'the keys are wrong',
    error: thrown({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
      status: 403,
    }),
    kind: 'credentials',
    action: 'pickConnection',
    says: /does not accept the keys.*AWS says: The security token included/,
  },
  {
    when: 'the keys of the environment have expired',
    error: thrown({ name: 'ExpiredTokenException', message: 'It is expired', status: 403 }),
    kind: 'credentials',
    action: 'pickConnection',
    says: /expired credentials.*AWS says: It is expired/,
    context: { profile: '' },
  },
  {
    when: 'keys that nobody can sign in for have expired',
    error: thrown({
      name: 'ExpiredToken',
      message: 'The provided token has expired.',
      status: 400,
    }),
    kind: 'credentials',
    action: 'pickConnection',
    says: /"dev" has expired credentials. Renew them where they come from/,
    never: /Sign in/,
    context: { hasSignIn: false },
  },
  {
    when: 'the object is in an archive',
    error: thrown({
      name: 'InvalidObjectState',
      message: "The operation is not valid for the object's storage class",
      status: 403,
      contentType: 'application/xml',
    }),
    kind: 'conflict',
    says: /s3:\/\/b\/k is in an archive.*Restore it.*AWS says: The operation is not valid/,
    never: /permission/,
    context: { resource: 's3://b/k' },
  },
  {
    when: 'the encryption key is not allowed',
    error: denied(
      `${user} is not authorized to perform: kms:Decrypt on resource: ${key} because no identity-based policy allows the kms:Decrypt action`,
    ),
    kind: 'accessDenied',
    says: new RegExp(
      `Not allowed: kms:Decrypt on the encryption key ${key}.*policy of the key.*${user}`,
    ),
  },
  {
    when: 'the encryption key is not allowed to a role that may not make data keys',
    error: denied(`${user} is not authorized to perform: kms:GenerateDataKey on this resource`),
    kind: 'accessDenied',
    says: /Not allowed: kms:GenerateDataKey on the encryption key of this bucket/,
  },
  {
    when: 'the encryption key is switched off',
    error: thrown({ name: 'KMS.DisabledException', message: `${key} is disabled.`, status: 400 }),
    kind: 'invalidInput',
    says: new RegExp(`encryption key ${key} cannot be used.*is disabled`),
  },
  {
    when: 'the encryption key waits for its deletion',
    error: thrown({
      name: 'KMS.KMSInvalidStateException',
      message: `${key} is pending deletion.`,
      status: 400,
    }),
    kind: 'invalidInput',
    says: /Enable or restore it.*pending deletion/,
  },
  {
    when: 'an explicit deny forbids it',
    error: denied(
      `${user} is not authorized to perform: bedrock:InvokeModel on resource: m with an explicit deny in a service control policy`,
    ),
    kind: 'accessDenied',
    says: /policy of your organization.*explicit deny in a service control policy/,
    never: /Ask for this permission/,
  },
  {
    when: 'a permissions boundary leaves it out',
    error: denied(
      `${user} is not authorized to perform: bedrock:InvokeModel on resource: m because no permissions boundary allows the bedrock:InvokeModel action`,
    ),
    kind: 'accessDenied',
    says: /no permissions boundary allows/,
  },
  {
    when: 'S3 refuses a head without a word',
    error: thrown({ name: 'Unknown', message: 'UnknownError', status: 403 }),
    kind: 'accessDenied',
    says: /Not allowed: bedrock:Converse.*AWS gives no reason/,
    never: /Unknown/,
  },
  {
    when: 'S3 finds nothing without a word',
    error: thrown({ name: 'NotFound', message: 'UnknownError', status: 404 }),
    kind: 'notFound',
    says: /Not found on anthropic\.x: bedrock:Converse/,
    never: /Unknown/,
  },
  {
    when: 'a service refuses a body that is not JSON',
    error: thrown({
      name: 'ValidationException',
      message: 'Malformed input request: the body is not valid JSON',
      status: 400,
    }),
    kind: 'invalidInput',
    says: /the body is not valid JSON/,
  },
  {
    when: 'the MFA code was wrong',
    error: thrown({
      name: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code.',
      status: 403,
    }),
    kind: 'credentials',
    action: 'retry',
    says: /MFA code was not taken.*next code/,
  },
  {
    when: 'the web identity token has expired',
    error: thrown({
      name: 'ExpiredTokenException',
      message: 'Token expired: current date/time 1 must be before the expiration date/time 0',
      status: 400,
    }),
    kind: 'credentials',
    action: 'signIn',
    says: /AWS says: Token expired/,
  },
  {
    when: 'the web identity token is refused',
    error: thrown({
      name: 'InvalidIdentityToken',
      message: 'No OpenIDConnect provider',
      status: 400,
    }),
    kind: 'credentials',
    action: 'pickConnection',
    says: /web identity token of profile "dev" was refused.*No OpenIDConnect provider/,
  },
];

const signIns: readonly Row[] = [
  'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
  "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  "Failed to load token from /home/me/.aws/login/cache/1.json: Error: ENOENT: no such file or directory, open '/home/me/.aws/login/cache/1.json'",
  'Failed to load a token for session arn:aws:iam::1:user/me, please re-authenticate using aws login',
  'Your session has expired. Please reauthenticate.',
  'Unable to refresh credentials because of a change in your password. Please reauthenticate with your new password.',
  'Failed to refresh token: ValidationException: invalid. Please re-authenticate using aws login',
  'Token validation failed, missing fields: accessToken',
  'UnauthorizedException: Session token not found or invalid',
].map((message) => ({
  when: `the SDK says: ${message.slice(0, 50)}`,
  error: thrown({ name: 'CredentialsProviderError', message }),
  kind: 'credentials',
  action: 'signIn',
  says: /"dev" has no valid sign-in any more/,
  never: /ENOENT|SSO session/,
}));

describe('words of errors', () => {
  testRows([...words, ...signIns]);
});
