/** What a record's error says. What it does not say is absent. */
export interface RecordError {
  readonly errorCode?: number;
  readonly errorMessage?: string;
}

/** What was found so far; `name` is a code in words, such as `ThrottlingException`. */
interface Found {
  readonly code?: number | undefined;
  readonly name?: string | undefined;
  readonly message?: string | undefined;
}

const codeMembers = ['errorCode', 'error_code', 'code', 'statusCode', 'status_code', 'status'];
const nameMembers = ['errorCode', 'error_code', 'code', 'errorType', '__type', 'type', 'name'];
const messageMembers = ['errorMessage', 'error_message', 'message', 'Message', 'msg', 'detail'];
const nestedMembers = ['error', 'Error', 'errors', 'cause', 'details', 'detail', 'message'];

/** The deepest error inside an error that is read. */
const deepest = 8;

/**
 * Code and text of a record's error in whatever form it is written. Bedrock writes
 * `{"errorCode": 400, "errorMessage": "…"}`
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html); providers and
 * tools that make output files write a text, other names, codes as text, or an error in an error.
 */
export function readRecordError(error: unknown): RecordError {
  const { code, name, message } = readError(error, 0);
  const text = named(name, message) ?? (isOnlyCode(error) ? undefined : JSON.stringify(error));
  return {
    ...(code !== undefined && { errorCode: code }),
    ...(text !== undefined && { errorMessage: text }),
  };
}

function readError(error: unknown, depth: number): Found {
  if (typeof error === 'string') return readText(error, depth);
  if (typeof error === 'number') return { code: codeOf(error) };
  if (typeof error !== 'object' || error === null || depth > deepest) return {};
  if (Array.isArray(error)) return readList(error, depth);
  const members = error as Record<string, unknown>;
  const inner = firstFound(nestedMembers, members, (value) => {
    const read = typeof value === 'object' ? readError(value, depth + 1) : undefined;
    return read && Object.values(read).some(isThere) ? read : undefined;
  });
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const own = firstFound(messageMembers, members, text);
  return {
    code: firstFound(codeMembers, members, codeOf) ?? inner?.code,
    name: inner?.name ?? firstFound(nameMembers, members, nameOf),
    message: own ?? inner?.message ?? firstFound(nestedMembers, members, text),
  };
}

/** A text that is itself an error in JSON is read as that error. */
function readText(text: string, depth: number): Found {
  if (!/^\s*\{/.test(text)) return { message: text };
  try {
    const { code, name, message } = readError(JSON.parse(text), depth + 1);
    return { code, name, message: message ?? text };
  } catch {
    // A text that only begins like JSON.
    return { message: text };
  }
}

function readList(errors: readonly unknown[], depth: number): Found {
  const read = errors.map((each) => readError(each, depth + 1));
  const messages = read.flatMap(({ name, message }) => named(name, message) ?? []);
  const code = read.find((each) => each.code !== undefined)?.code;
  return { code, message: messages.length > 0 ? messages.join('\n') : undefined };
}

function firstFound<T>(
  names: readonly string[],
  members: Readonly<Record<string, unknown>>,
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const name of names) {
    const found = read(members[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A code as the index can keep it: a whole number of 31 bits, or a text of its digits. */
function codeOf(value: unknown): number | undefined {
  const isDigits = typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value);
  const code = isDigits ? Number(value) : value;
  if (typeof code !== 'number' || !Number.isInteger(code)) return undefined;
  // JSON has a -0, the index has none.
  return code >= 0 && code < 2 ** 31 ? Math.abs(code) : undefined;
}

/** A code in words; a type that only says that it is an error is none. */
function nameOf(value: unknown): string | undefined {
  if (codeOf(value) !== undefined) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || /^(error)?$/i.test(value.trim())) return undefined;
  return value.slice(value.lastIndexOf('#') + 1);
}

function named(name: string | undefined, message: string | undefined): string | undefined {
  if (name === undefined || message === undefined) return message ?? name;
  return message.includes(name) ? message : `${name}: ${message}`;
}

/** True where the JSON would say no more than the code. */
function isOnlyCode(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || Array.isArray(error)) return false;
  return Object.entries(error).every(
    ([name, value]) => !isThere(value) || (codeMembers.includes(name) && typeof value !== 'object'),
  );
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
