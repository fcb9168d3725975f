import * as l10n from '@vscode/l10n';
import { type CallContext, type ErrorFacts, type Rule, target } from './rule.js';

/** As an action of IAM names the service: `bedrock`, `s3`. */
const serviceOf = ({ action }: CallContext) => action.split(':')[0] ?? 'AWS';

const isError = ({ status }: ErrorFacts) => status !== undefined && status >= 300;
const isGateway = ({ status }: ErrorFacts) => status !== undefined && status >= 502;

const saysForeign: Rule['say'] = (context, original) =>
  original === '' || /Unexpected |not valid JSON|parse error|char '/i.test(original)
    ? l10n.t(
        '{0} did not answer as {1} does. Check the endpoint setting and any proxy or firewall in between.',
        target(context),
        serviceOf(context),
      )
    : l10n.t(
        '{0} did not answer as {1} does. Check the endpoint setting and any proxy or firewall in between. The answer was: {2}',
        target(context),
        serviceOf(context),
        original,
      );

/** An answer that no AWS service gives: it cannot be read, is a page, or says nothing at all. */
function isForeign(facts: ErrorFacts): boolean {
  if (facts.isUnreadable) return true;
  if (!isError(facts)) return false;
  if (/html/i.test(facts.contentType)) return true;
  return !facts.isNamed && facts.message === '' && facts.requestId === undefined;
}

/**
 * Pages and bodies of proxies, firewalls and servers that are not AWS, whatever status they come with.
 * Before every rule that goes by a status. First match wins.
 */
export const foreignRules: readonly Rule[] = [
  {
    test: ({ status }) => status === 407,
    message: /statusCode=407|Proxy Authentication Required/i,
    kind: 'network',
    say: (context) =>
      l10n.t(
        'The proxy before {0} asks for a sign-in (407). Set "http.proxy" with a name and password, or ask whoever runs the proxy.',
        target(context),
      ),
  },
  {
    test: (facts) => isForeign(facts) && isGateway(facts),
    kind: 'network',
    action: 'retry',
    say: saysForeign,
  },
  { test: isForeign, kind: 'network', say: saysForeign },
];

/**
 * An answer with words but without a type and a request id, which every answer of AWS has:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html. After the rules that go by
 * words, before those that go by a status.
 */
export const namelessRules: readonly Rule[] = [
  {
    test: (facts) => isNameless(facts) && isGateway(facts),
    kind: 'network',
    action: 'retry',
    say: saysForeign,
  },
  { test: (facts) => isNameless(facts), kind: 'network', say: saysForeign },
];

function isNameless(facts: ErrorFacts): boolean {
  const isRefusal = facts.status === 403 || facts.status === 404 || isGateway(facts);
  return isRefusal && !facts.isNamed && facts.requestId === undefined;
}
