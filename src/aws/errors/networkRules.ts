import * as l10n from '@vscode/l10n';
import { type Rule, target } from './rule.js';

const dropped: Rule['say'] = (context) =>
  l10n.t('The connection to {0} was dropped ({1}). Try again.', target(context), context.action);

/** What comes in between: hosts, certificates, proxies, dropped connections, faults of the service. First match wins. */
export const networkRules: readonly Rule[] = [
  {
    name: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      l10n.t(
        'Nothing answers at {0}. Check the endpoint and that the server is running.',
        target(context),
      ),
  },
  {
    name: /^(ENOTFOUND|EAI_AGAIN)$/,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      l10n.t(
        'The host of {0} was not found. Check the Region, the endpoint and the network.',
        target(context),
      ),
  },
  {
    name: /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_HAS_EXPIRED|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|ERR_TLS_CERT_ALTNAME_INVALID)$/,
    kind: 'network',
    say: (context) =>
      l10n.t(
        'The certificate of {0} is not trusted. If a proxy or emulator signs its own, set "bedrock.caBundle" or AWS_CA_BUNDLE to its certificate file.',
        target(context),
      ),
  },
  {
    name: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/,
    kind: 'network',
    say: (context) =>
      l10n.t(
        'No secure connection to {0}. Check that the endpoint begins with http:// or https:// as its server speaks it, and any proxy in between.',
        target(context),
      ),
  },
  // Before the time-outs: the SDK names a dropped connection TimeoutError, its code tells.
  {
    name: /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ECONNABORTED|NetworkingError)$/,
    kind: 'network',
    action: 'retry',
    say: dropped,
  },
  {
    name: /^(TimeoutError|RequestTimeout|ETIMEDOUT|ModelTimeoutException|408)$/,
    kind: 'timeout',
    action: 'retry',
    say: (context) =>
      l10n.t('{0} took too long to answer ({1}). Try again.', target(context), context.action),
  },
  {
    message: /socket hang up|premature close|aborted|other side closed|Truncated event message/i,
    kind: 'network',
    action: 'retry',
    say: dropped,
  },
  {
    name: /^(InternalServerException|InternalServerError|InternalError|InternalFailure|ServiceUnavailable(Exception)?|500|502|503|504)$/,
    kind: 'internal',
    action: 'retry',
    say: (context, original) =>
      l10n.t(
        '{0} failed ({1}): {2}. Try again.',
        target(context),
        context.action,
        original.replace(/\.$/, '') || l10n.t('no reason given'),
      ),
  },
];
