import { empty, html, thrown, testRows, unreadable, type Row } from './errorRows.js';

const network: readonly Row[] = [
  { when: 'a page of a proxy, 403', error: html(403) },
  { when: 'a page of a proxy, 404', error: html(404) },
  { when: 'a page of a proxy, 401', error: html(401) },
  { when: 'a page of a sign-in to the network, 302', error: html(302) },
  {
    when: 'plain text, 403',
    error: unreadable(403, `Unexpected token 'F', "Forbidden" is not valid JSON`),
  },
  {
    when: 'no XML, 403',
    error: Object.assign(
      unreadable(403, '@aws-sdk XML parse error: unexpected content.', 'application/json'),
      { name: 'Error' },
    ),
  },
  { when: 'a page instead of XML, 403', error: empty(403, 'text/html; charset=utf-8') },
  { when: 'a page instead of XML, 404', error: empty(404, 'text/html', 'NotFound') },
  { when: 'JSON of a gateway, 403', error: empty(403) },
  { when: 'JSON of a gateway, 404', error: empty(404) },
].map(({ when, error }) => ({
  when,
  error,
  kind: 'network',
  says: /http:\/\/proxy\.test did not answer as bedrock does.*proxy/,
  never: /Deserialization|hidden field|Unexpected token|Unknown|XML|permission/,
  context: { endpoint: 'http://proxy.test' },
}));

const others: readonly Row[] = [
  { when: 'a page of a gateway, 502', error: html(502) },
  { when: 'nothing from a gateway, 503', error: empty(503) },
].map(({ when, error }) => ({
  when,
  error,
  kind: 'network',
  action: 'retry',
  says: /did not answer as bedrock does/,
}));

const more: readonly Row[] = [
  {
    when: 'the proxy wants a name and password',
    error: html(407),
    kind: 'network',
    says: /proxy before AWS in us-east-1 asks for a sign-in \(407\)/,
  },
  {
    when: 'a gateway refuses in words',
    error: thrown({
      name: 'Unknown',
      message: 'Blocked by policy 7',
      status: 403,
      requestId: undefined,
    }),
    kind: 'network',
    says: /did not answer as bedrock does.*The answer was: Blocked by policy 7/,
  },
  {
    when: 'the sign-in service cannot be reached',
    error: thrown({
      name: 'CredentialsProviderError',
      message: 'Error: getaddrinfo ENOTFOUND portal.sso.us-east-1.amazonaws.com',
    }),
    kind: 'network',
    action: 'retry',
    says: /host of AWS in us-east-1 was not found/,
    never: /getaddrinfo/,
  },
  {
    when: 'a renewed sign-in cannot reach its service',
    error: thrown({
      name: 'CredentialsProviderError',
      message:
        'Failed to refresh token: Error: connect ECONNREFUSED 127.0.0.1:9. Please re-authenticate using aws login',
    }),
    kind: 'network',
    action: 'retry',
    says: /Nothing answers at/,
  },
  {
    when: 'a proxy answers for the sign-in service',
    error: thrown({
      name: 'CredentialsProviderError',
      message: `SyntaxError: Unexpected token '<', "<html>" is not valid JSON\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.`,
    }),
    kind: 'network',
    says: /did not answer as bedrock does/,
    never: /Unexpected|hidden/,
  },
  {
    when: 'the host is unknown',
    error: thrown({ name: 'Error', code: 'EAI_AGAIN', message: 'getaddrinfo EAI_AGAIN x' }),
    kind: 'network',
    action: 'retry',
    says: /was not found/,
    never: /getaddrinfo/,
  },
  {
    when: 'the endpoint speaks no TLS',
    error: thrown({
      name: 'Error',
      code: 'EPROTO',
      message: 'write EPROTO 0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
    }),
    kind: 'network',
    says: /No secure connection.*http:\/\/ or https:\/\//,
    never: /SSL routines/,
  },
  {
    when: 'our own code fails',
    error: new TypeError("Cannot read properties of undefined (reading 'x')"),
    kind: 'internal',
    action: 'showLog',
    says: /failed in us-east-1: an unexpected error, see the log/,
    never: /Cannot read/,
  },
];

describe('words of errors in between', () => {
  testRows([...network, ...others, ...more]);
});
