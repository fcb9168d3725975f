import { type Hash, createHash } from 'node:crypto';
import * as zlib from 'node:zlib';
import { awsError } from '../awsError.js';

/** Checksums S3 knows, as their header names end. */
export type ChecksumName = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256';

export const checksumNames: readonly ChecksumName[] = [
  'crc32',
  'crc32c',
  'crc64nvme',
  'sha1',
  'sha256',
];

/** A running checksum; `digest` gives it in base64, as S3 writes it. */
export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  digest(): string;
}

export function createChecksum(name: ChecksumName): RunningChecksum {
  if (name === 'sha1' || name === 'sha256') return hashChecksum(createHash(name));
  if (name === 'crc64nvme') return crc64Checksum();
  return crc32Checksum(
    name === 'crc32' ? crc32 : (chunk, seed) => tableCrc(crc32cTable(), chunk, seed),
  );
}

/** MD5 in base64, for Content-MD5. */
export function hashChecksum(hash: Hash): RunningChecksum {
  return {
    update(chunk) {
      hash.update(chunk);
    },
    digest: () => hash.digest('base64'),
  };
}

type Crc = (chunk: Uint8Array, seed: number) => number;

function crc32Checksum(crc: Crc): RunningChecksum {
  let value = 0;
  return {
    update(chunk) {
      value = crc(chunk, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value >>> 0);
      return bytes.toString('base64');
    },
  };
}

// zlib.crc32 came with Node 20.15; older ones take the table.
const native = (zlib as { crc32?: Crc }).crc32;

/** CRC-32 (IEEE) continued from `seed`. */
export const crc32: Crc = native ?? ((chunk, seed) => tableCrc(crc32Table(), chunk, seed));

const tables = new Map<number, Uint32Array>();
const crc32Table = () => table32(0xedb88320);
/** Castagnoli polynomial, reversed. */
const crc32cTable = () => table32(0x82f63b78);

function table32(polynomial: number): Uint32Array {
  const known = tables.get(polynomial);
  if (known !== undefined) return known;
  const table = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    table[byte] = value >>> 0;
  }
  tables.set(polynomial, table);
  return table;
}

function tableCrc(table: Uint32Array, chunk: Uint8Array, seed: number): number {
  let value = ~seed;
  for (const byte of chunk) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0);
  return ~value >>> 0;
}

let nvmeTable: BigUint64Array | undefined;

/** CRC-64/NVME: reflected polynomial 0x9a6c9329ac4bc9b5, start and final XOR all ones. */
function crc64Checksum(): RunningChecksum {
  nvmeTable ??= BigUint64Array.from({ length: 256 }, (_, byte) => {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++)
      value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
    return value;
  });
  const table = nvmeTable;
  let value = 0xffffffffffffffffn;
  return {
    update(chunk) {
      for (const byte of chunk) {
        value = (value >> 8n) ^ (table[Number(value & 0xffn) ^ byte] ?? 0n);
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(value ^ 0xffffffffffffffffn);
      return bytes.toString('base64');
    },
  };
}

/** The checksum algorithm of a header value such as `CRC32`; unknown ones are an InvalidRequest. */
export function checksumName(text: string): ChecksumName {
  const name = checksumNames.find((known) => known === text.toLowerCase());
  if (name !== undefined) return name;
  throw awsError('InvalidRequest', 'Checksum algorithm provided is unsupported.', 400);
}
