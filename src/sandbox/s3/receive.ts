import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Authenticated } from '../auth/authenticate.js';
import { decodeAwsChunked } from '../auth/awsChunked.js';
import { signingKey } from '../auth/sigv4.js';
import { awsError } from '../awsError.js';
import type { WireRequest } from '../http/wire.js';
import {
  type ChecksumName,
  type RunningChecksum,
  checksumName,
  checksumNames,
  createChecksum,
  hashChecksum,
} from './checksums.js';

/** What arrived: size, MD5 in hex where it was computed, and the client's checksums, verified. */
export interface Received {
  readonly size: number;
  readonly md5?: string;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
}

export interface ReceiveOptions {
  readonly auth: Authenticated;
  readonly secretAccessKey: string;
  /** Also compute the MD5, for the ETag of a single put. */
  readonly md5: boolean;
  /** Offset of the first byte in the file. */
  readonly position: number;
}

const maxObjectBytes = 5 * 1024 ** 3;
const blockBytes = 1 << 18;

/** Streams a request's body into a file, checking every checksum and signature it carries. */
export async function receiveBody(
  request: WireRequest,
  file: FileHandle,
  options: ReceiveOptions,
): Promise<Received> {
  const trailers: Record<string, string> = {};
  const checks = startChecks(request, options);
  const writer = new BlockWriter(file, options.position, (block) => {
    for (const check of checks.values()) check.update(block);
  });
  for await (const chunk of payload(request, options, trailers)) {
    await writer.write(chunk);
    if (writer.size > maxObjectBytes) throw tooLarge();
  }
  await writer.flush();
  checkLength(request, writer.size);
  return finishChecks(request, checks, trailers, writer.size);
}

function payload(
  request: WireRequest,
  { auth, secretAccessKey }: ReceiveOptions,
  trailers: Record<string, string>,
): AsyncIterable<Uint8Array> {
  const isChunked = auth.payloadHash.startsWith('STREAMING-');
  const encoding = request.headers['content-encoding'] ?? '';
  if (!isChunked && !/\baws-chunked\b/.test(encoding)) return request.body;
  const { signature } = auth;
  if (!auth.payloadHash.startsWith('STREAMING-AWS4-HMAC') || signature === undefined) {
    return decodeAwsChunked(request.body, trailers);
  }
  const { scope } = signature;
  return decodeAwsChunked(request.body, trailers, {
    key: signingKey(secretAccessKey, scope),
    seed: signature.signature,
    time: signature.time,
    scope: `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
  });
}

type Checks = Map<ChecksumName | 'md5' | 'payload', RunningChecksum>;

function startChecks(request: WireRequest, { auth, md5 }: ReceiveOptions): Checks {
  const { headers } = request;
  const checks: Checks = new Map();
  const announced = (headers['x-amz-trailer'] ?? '').toLowerCase();
  for (const name of checksumNames) {
    const header = `x-amz-checksum-${name}`;
    if (headers[header] !== undefined || announced.includes(header)) {
      checks.set(name, createChecksum(name));
    }
  }
  const asked = headers['x-amz-sdk-checksum-algorithm'];
  if (asked !== undefined) checksumName(asked);
  if (md5 || headers['content-md5'] !== undefined) {
    checks.set('md5', hashChecksum(createHash('md5')));
  }
  if (/^[0-9a-f]{64}$/.test(auth.payloadHash)) {
    checks.set('payload', hashChecksum(createHash('sha256')));
  }
  return checks;
}

function checkLength(request: WireRequest, size: number): void {
  const { headers } = request;
  const declared = headers['x-amz-decoded-content-length'];
  if (declared !== undefined && Number(declared) !== size) throw incompleteBody();
  const isPlain = !(headers['content-encoding'] ?? '').includes('aws-chunked');
  const length = headers['content-length'];
  if (declared === undefined && isPlain && length !== undefined && Number(length) !== size) {
    throw incompleteBody();
  }
}

function finishChecks(
  { headers }: WireRequest,
  checks: Checks,
  trailers: Record<string, string>,
  size: number,
): Received {
  const checksums: Partial<Record<ChecksumName, string>> = {};
  let md5: string | undefined;
  for (const [name, check] of checks) {
    const value = check.digest();
    if (name === 'md5') {
      md5 = Buffer.from(value, 'base64').toString('hex');
      checkMd5(headers['content-md5'], value);
    } else if (name === 'payload') {
      const sent = Buffer.from(headers['x-amz-content-sha256'] ?? '', 'hex').toString('base64');
      if (sent !== value) {
        const text = "The provided 'x-amz-content-sha256' header does not match what was computed.";
        throw awsError('XAmzContentSHA256Mismatch', text, 400);
      }
    } else {
      const header = `x-amz-checksum-${name}`;
      const sent = headers[header] ?? trailers[header];
      if (sent !== undefined && sent !== value) throw badChecksum(name);
      checksums[name] = value;
    }
  }
  return { size, checksums, ...(md5 === undefined ? {} : { md5 }) };
}

function checkMd5(sent: string | undefined, computed: string): void {
  if (sent === undefined) return;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(sent)) {
    throw awsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400);
  }
  if (sent !== computed) {
    const text = 'The Content-MD5 you specified did not match what we received.';
    throw awsError('BadDigest', text, 400);
  }
}

function badChecksum(name: ChecksumName) {
  const text = `The ${name.toUpperCase()} you specified did not match the calculated checksum.`;
  return awsError('BadDigest', text, 400);
}

function incompleteBody() {
  const text =
    'You did not provide the number of bytes specified by the Content-Length HTTP header.';
  return awsError('IncompleteBody', text, 400);
}

function tooLarge() {
  const text = 'Your proposed upload exceeds the maximum allowed object size.';
  return awsError('EntityTooLarge', text, 400);
}

/**
 * Copies network chunks into two blocks by turns: one is filled while the other is written. Blocks are
 * hashed whole and chunks die young, which costs less than hashing and keeping each chunk.
 */
class BlockWriter {
  size = 0;
  private block = Buffer.allocUnsafeSlow(blockBytes);
  private spare = Buffer.allocUnsafeSlow(blockBytes);
  private used = 0;
  private underway: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: FileHandle,
    private at: number,
    private readonly onBlock: (block: Uint8Array) => void,
  ) {}

  /** Takes a chunk; a promise where it has to wait for the disk. */
  async write(chunk: Uint8Array): Promise<void> {
    for (let from = 0; from < chunk.byteLength;) {
      const part = chunk.subarray(from, from + this.block.length - this.used);
      this.block.set(part, this.used);
      this.used += part.byteLength;
      from += part.byteLength;
      if (this.used === this.block.length) await this.start();
    }
    this.size += chunk.byteLength;
  }

  async flush(): Promise<void> {
    if (this.used > 0) await this.start();
    await this.underway;
  }

  private async start(): Promise<void> {
    const full = this.block.subarray(0, this.used);
    this.onBlock(full);
    await this.underway;
    this.underway = this.writeAll(full, this.at);
    // A failed write is reported by the next await; without this it would count as unhandled.
    this.underway.catch(() => undefined);
    this.at += this.used;
    [this.block, this.spare] = [this.spare, this.block];
    this.used = 0;
  }

  private async writeAll(block: Uint8Array, position: number): Promise<void> {
    const { bytesWritten } = await this.file.write(block, 0, block.byteLength, position);
    // A full disk may take a part only: the rest then fails with the real reason.
    if (bytesWritten < block.byteLength) {
      await this.writeAll(block.subarray(bytesWritten), position + bytesWritten);
    }
  }
}
