import { parseJsonText } from '../../core/converse/jsonText.js';
import { errorMessage } from '../../core/errors.js';
import { at } from '../../core/models/bodies/json.js';
import type { ErrorFacts } from './rule.js';

/** The fields that errors of the SDK and of Node have, see `ServiceException` of `@smithy/core`. */
interface ThrownShape {
  readonly name?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly path?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/** Texts of a parser that met something else than the service's format. */
const unreadable =
  /Deserialization error|is not valid JSON|XML parse error|in JSON at position|Unexpected (?:token|end of (?:JSON|data))|char '|Expected HTTP\/|Parse Error|Protocol error/i;

/** Names that say nothing: the language's own and the SDK's for an answer without a type. */
const unnamed =
  /^(?:Unknown|UnknownError|Error|SyntaxError|TypeError|RangeError|AggregateError|\w*ServiceException|\d{3})$/;

/** Codes of Node that the SDK's credential providers put into a sentence. */
const nodeCode =
  /\b(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)\b/;

/** What a thrown error says of itself, as `rule.ts` lists it. */
export function errorFacts(error: unknown): ErrorFacts {
  const shape = (typeof error === 'object' && error !== null ? error : {}) as ThrownShape;
  const status = shape.$metadata?.httpStatusCode ?? shape.$response?.statusCode;
  const requestId = shape.$metadata?.requestId;
  const raw = streamText(rootMessage(error));
  const name = typeName(shape.name ?? '');
  const isNamed = name !== '' && !unnamed.test(name);
  const wrapped = name.endsWith('ProviderError') ? nodeCode.exec(raw)?.[1] : undefined;
  const names = wrapped
    ? [wrapped]
    : [name, shape.code, shape.Code, status === undefined ? undefined : String(status)];
  return {
    names: names.filter((found): found is string => Boolean(found)),
    message: ownText(raw, name),
    isNamed,
    isUnreadable: (!isNamed || hasHint(raw)) && unreadable.test(raw),
    contentType: header(shape.$response?.headers, 'content-type'),
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(typeof shape.path === 'string' ? { path: shape.path } : {}),
  };
}

/** The text without the SDK's hint to look into a hidden field, and without its stand-ins for no text. */
function ownText(raw: string, name: string): string {
  const [text = ''] = raw.split(/\s*Deserialization error: to see the raw response/);
  const trimmed = text.trim();
  return /^Unknown(?:Error)?$/.test(trimmed) || trimmed === name ? '' : trimmed;
}

const hasHint = (raw: string) => raw.includes('Deserialization error: to see the raw response');

/** A stream names an exception by its member, `accessDeniedException`, where the SDK does not know it. */
function typeName(name: string): string {
  return /^[a-z]\w*Exception$/.test(name) ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

/** Such an exception has its JSON body for a text. */
function streamText(raw: string): string {
  if (!raw.startsWith('{')) return raw;
  const parsed = parseJsonText(raw);
  const told = parsed.ok ? (at(parsed.value, 'message') ?? at(parsed.value, 'Message')) : undefined;
  return typeof told === 'string' ? told : raw;
}

/** An AggregateError of failed connection attempts has an empty message: take the first of its errors. */
function rootMessage(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return errorMessage(error.errors[0]);
  return errorMessage(error);
}

function header(headers: Readonly<Record<string, string>> | undefined, name: string): string {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found === undefined ? '' : found[1];
}
