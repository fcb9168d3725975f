import { awsError } from '../awsError.js';
import { emptySha256, hmac, isSame, sha256Hex } from './sigv4.js';

/** What is needed to check the signatures inside a `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` body. */
export interface ChunkSigning {
  readonly key: Buffer;
  readonly seed: string;
  readonly time: string;
  /** `date/region/service/aws4_request`. */
  readonly scope: string;
}

const maxLine = 16_384;
const maxSignedChunk = 64 << 20;
const newline = 0x0a;

/**
 * Decodes `Content-Encoding: aws-chunked`: yields the data, fills `trailers` (names in lower case),
 * checks chunk signatures where `signing` is given. A malformed or short body is an IncompleteBody.
 * Format: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Record<string, string>,
  signing?: ChunkSigning,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  let previous = signing?.seed ?? '';
  for (;;) {
    const header = await reader.line();
    const match = /^([0-9a-fA-F]{1,15})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(header);
    if (match === null) throw incomplete();
    const size = Number.parseInt(match[1] ?? '', 16);
    if (signing === undefined) {
      if (size === 0) break;
      for await (const part of reader.take(size)) yield part;
    } else {
      // A signed chunk is held until it is checked; S3's clients send at most 1 MB.
      if (size > maxSignedChunk) throw incomplete();
      const data = Buffer.concat(await collect(reader.take(size)));
      previous = checkChunk(signing, previous, data, match[2]);
      if (size === 0) break;
      yield data;
    }
    if ((await reader.line()) !== '') throw incomplete();
  }
  await readTrailers(reader, trailers);
  if (signing !== undefined) checkTrailers(signing, previous, trailers);
}

async function readTrailers(reader: ByteReader, trailers: Record<string, string>): Promise<void> {
  for (;;) {
    const line = await reader.lineOrEnd();
    if (line === undefined || line === '') return;
    const at = line.indexOf(':');
    if (at < 0) throw incomplete();
    trailers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  }
}

const trailerSignature = 'x-amz-trailer-signature';

function checkTrailers(
  signing: ChunkSigning,
  previous: string,
  trailers: Readonly<Record<string, string>>,
): void {
  const names = Object.keys(trailers).filter((name) => name !== trailerSignature);
  if (names.length === 0) return;
  const canonical = names.sort().map((name) => `${name}:${trailers[name] ?? ''}\n`);
  const hash = sha256Hex(canonical.join(''));
  const { time, scope, key } = signing;
  const text = ['AWS4-HMAC-SHA256-TRAILER', time, scope, previous, hash].join('\n');
  const expected = hmac(key, text).toString('hex');
  if (!isSame(expected, trailers[trailerSignature] ?? '')) throw wrongSignature();
}

function wrongSignature() {
  return awsError(
    'SignatureDoesNotMatch',
    'The chunk signature we calculated does not match the signature you provided.',
    403,
  );
}

function checkChunk(
  signing: ChunkSigning,
  previous: string,
  data: Uint8Array,
  signature: string | undefined,
): string {
  const text = [
    'AWS4-HMAC-SHA256-PAYLOAD',
    signing.time,
    signing.scope,
    previous,
    emptySha256,
    sha256Hex(data),
  ].join('\n');
  const expected = hmac(signing.key, text).toString('hex');
  if (signature === undefined || !isSame(expected, signature)) throw wrongSignature();
  return expected;
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

function incomplete() {
  return awsError(
    'IncompleteBody',
    'The request body terminated unexpectedly or is not valid aws-chunked encoding.',
    400,
  );
}

/** Lines and runs of bytes from a stream, without copying the data. */
class ByteReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const line = await this.lineOrEnd();
    if (line === undefined) throw incomplete();
    return line;
  }

  /** The next line without CRLF; undefined at a clean end of the stream. */
  async lineOrEnd(): Promise<string | undefined> {
    let held: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const at = this.rest.indexOf(newline);
      if (at >= 0) {
        held.push(this.rest.subarray(0, at));
        this.rest = this.rest.subarray(at + 1);
        return Buffer.concat(held).toString('latin1').replace(/\r$/, '');
      }
      held = [...held, this.rest];
      length += this.rest.byteLength;
      if (length > maxLine) throw incomplete();
      if (!(await this.fill())) {
        if (length > 0) throw incomplete();
        return undefined;
      }
    }
  }

  async *take(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      if (this.rest.byteLength === 0 && !(await this.fill())) throw incomplete();
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.byteLength);
      left -= part.byteLength;
      if (part.byteLength > 0) yield part;
    }
  }

  private async fill(): Promise<boolean> {
    const next = await this.iterator.next();
    this.rest = next.done === true ? new Uint8Array() : next.value;
    return next.done !== true;
  }
}
