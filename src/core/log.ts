export type LogFields = Readonly<Record<string, unknown>>;

/** One call a message, fields beside it. Prompts and replies go to `trace` only. */
export interface Logger {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const noop = () => undefined;
export const silentLog: Logger = { trace: noop, debug: noop, info: noop, warn: noop, error: noop };

const rules: readonly [RegExp, string][] = [
  // Access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  [/\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{4})[A-Z0-9]{8,}\b/g, '$1********'],
  [/\bABSK[A-Za-z0-9+/=]{8,}/g, 'ABSK********'],
  [/\bbedrock-api-key-[A-Za-z0-9+/=_-]{8,}/g, 'bedrock-api-key-********'],
  [
    /("?(?:secretAccessKey|sessionToken|aws_secret_access_key|aws_session_token|x-amz-security-token|password|token)"?\s*[:=]\s*"?)[^\s",;}]+/gi,
    '$1********',
  ],
  [/("?authorization"?\s*[:=]\s*"?)[^"\n]+/gi, '$1********'],
  [/\bBearer\s+[A-Za-z0-9._~+/=-]{8,}/g, 'Bearer ********'],
  [/(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s]+/gi, '$1********'],
  [/(arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:)\d{8}(\d{4})(?=:)/g, '$1********$2'],
  [/\b\d{8}(\d{4})\b(?=\D|$)/g, '********$1'],
];

/** The text without keys, tokens, signatures and account numbers (last four digits kept). */
export function redact(text: string): string {
  let redacted = text;
  for (const [pattern, replacement] of rules) redacted = redacted.replace(pattern, replacement);
  return redacted;
}
