import * as l10n from '@vscode/l10n';
import { type CallContext, type Rule } from './rule.js';

/** The key an error text names: its ARN or alias. */
const keyIn = (text: string) => /arn:aws[\w-]*:kms:[\w:/-]+|alias\/[\w/-]+/.exec(text)?.[0];

/** Rights that need more than asking for the action itself; known by AWS's words. First match wins. */
export const permissionRules: readonly Rule[] = [
  {
    message: /iam:PassRole/,
    kind: 'accessDenied',
    say: (_context, original) =>
      l10n.t(
        'The connection may not hand this role to Bedrock. Allow iam:PassRole on the role with the condition iam:PassedToService = bedrock.amazonaws.com. AWS says: {0}',
        original,
      ),
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    test: ({ message, names }) =>
      /\bkms:[A-Z*]\w*/.test(message) || names.some((name) => /^KMS.*AccessDenied/.test(name)),
    kind: 'accessDenied',
    say: sayKeyDenied,
  },
  {
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
    name: /^KMS/,
    message:
      /\bKMS key\b.*\b(?:disabled|pending (?:deletion|import)|unavailable)|is pending deletion/i,
    kind: 'invalidInput',
    say: (_context, original) =>
      l10n.t(
        'The encryption key {0} cannot be used. Enable or restore it in AWS KMS, or choose a bucket with another key. AWS says: {1}',
        keyIn(original) ?? l10n.t('of this bucket or job'),
        original,
      ),
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    message:
      /explicit deny|service control policy|resource control policy|permissions? boundary|session policy|VPC endpoint policy/i,
    kind: 'accessDenied',
    say: sayForbidden,
  },
];

function sayKeyDenied(_context: CallContext, original: string): string {
  const permission = /\bkms:[A-Z]\w*/.exec(original)?.[0] ?? 'kms:Decrypt, kms:GenerateDataKey';
  return l10n.t(
    'Not allowed: {0} on the encryption key {1}. Ask for this permission, in IAM and in the policy of the key. AWS says: {2}',
    permission,
    keyIn(original) ?? l10n.t('of this bucket or job'),
    original,
  );
}

function sayForbidden({ action, resource }: CallContext, original: string): string {
  return resource
    ? l10n.t(
        'Not allowed: {0} on {1}. A policy of your organization or account forbids it or leaves it out: ask whoever runs the account. AWS says: {2}',
        action,
        resource,
        original,
      )
    : l10n.t(
        'Not allowed: {0}. A policy of your organization or account forbids it or leaves it out: ask whoever runs the account. AWS says: {1}',
        action,
        original,
      );
}
