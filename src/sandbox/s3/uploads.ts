import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { awsError } from '../awsError.js';
import { isObject } from '../http/body.js';
import { atomicWrite } from '../../node/files/atomicWrite.js';
import { hasCode, isMissing } from '../../node/files/fileErrors.js';
import { readJsonIfValid } from '../../node/files/jsonFile.js';
import type { ChecksumName } from './checksums.js';
import type { Received } from './receive.js';

/** What CreateMultipartUpload was given. */
export interface UploadStart {
  readonly bucket: string;
  readonly key: string;
  readonly initiated: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly algorithm?: ChecksumName;
  readonly checksumType?: 'FULL_OBJECT' | 'COMPOSITE';
}

export interface StoredPart {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: string;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
  /** File name in the upload's folder, and where in it the part starts. */
  readonly file: string;
  readonly offset: number;
}

interface Upload {
  readonly id: string;
  readonly start: UploadStart;
  readonly parts: Map<number, StoredPart>;
  /** Length of the first part seen: parts of it lie side by side in one file. */
  slotSize: number;
  readonly slots: Set<number>;
}

const dataFile = 'data';
const minPartBytes = 5 * 1024 * 1024;

/**
 * Multipart uploads in `.uploads/ID/`. Parts of equal length are written straight to their place in
 * one file, so completing renames it instead of copying gigabytes.
 */
export class UploadStore {
  private readonly open = new Map<string, Upload>();
  private readonly root: string;

  constructor(dataDir: string) {
    this.root = join(dataDir, '.uploads');
  }

  /** Takes up the uploads that were open when the sandbox stopped. */
  async load(): Promise<void> {
    await mkdir(this.root, { recursive: true });
    for (const id of await readdir(this.root)) {
      const start = await readJsonIfValid(join(this.root, id, 'upload.json'));
      if (!isObject(start)) {
        await rm(join(this.root, id), { recursive: true, force: true });
        continue;
      }
      const upload = newUpload(id, start as unknown as UploadStart);
      for (const name of await readdir(join(this.root, id))) {
        if (!/^part-\d+\.json$/.test(name)) continue;
        const part = await readJsonIfValid(join(this.root, id, name));
        if (!isObject(part)) continue;
        const stored = part as unknown as StoredPart;
        upload.parts.set(stored.number, stored);
        if (stored.file === dataFile) {
          upload.slots.add(stored.number);
          if (stored.number > 1) upload.slotSize = stored.offset / (stored.number - 1);
          else upload.slotSize ||= stored.size;
        }
      }
      this.open.set(id, upload);
    }
  }

  async create(start: UploadStart): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    await atomicWrite(join(this.root, id, 'upload.json'), `${JSON.stringify(start)}\n`, {
      isSynced: false,
    });
    this.open.set(id, newUpload(id, start));
    return id;
  }

  /** The start of an open upload of this bucket and key; anything else is a NoSuchUpload. */
  get(id: string, bucket: string, key: string): UploadStart {
    return this.find(id, bucket, key).start;
  }

  private find(id: string, bucket: string, key: string): Upload {
    const upload = this.open.get(id);
    if (upload?.start.bucket === bucket && upload.start.key === key) return upload;
    const text =
      'The specified upload does not exist. The upload ID may be invalid, ' +
      'or the upload may have been aborted or completed.';
    throw awsError('NoSuchUpload', text, 404, { UploadId: id });
  }

  /** Receives a part with `receive(file, position)`; `length` is what the client announced. */
  async putPart(
    target: { id: string; bucket: string; key: string; number: number },
    length: number,
    receive: (file: FileHandle, position: number) => Promise<Received>,
  ): Promise<StoredPart> {
    const { id, number } = target;
    const upload = this.find(id, target.bucket, target.key);
    if (upload.slotSize === 0) upload.slotSize = length;
    const isInPlace = length > 0 && length <= upload.slotSize && !upload.slots.has(number);
    // A part sent again goes to a file of its own, so that a failed repeat leaves the first one whole.
    const file = isInPlace ? dataFile : `part-${number}-${randomBytes(6).toString('hex')}`;
    const offset = isInPlace ? (number - 1) * upload.slotSize : 0;
    if (isInPlace) upload.slots.add(number);
    const path = join(this.root, id, file);
    try {
      const handle = await open(path, isInPlace ? await openMode(path) : 'w', 0o600);
      let received: Received;
      try {
        received = await receive(handle, offset);
      } finally {
        await handle.close();
      }
      return await this.keepPart(upload, { number, file, offset }, received);
    } catch (error) {
      if (isInPlace) upload.slots.delete(number);
      else await rm(path, { force: true });
      throw error;
    }
  }

  private async keepPart(
    upload: Upload,
    place: { number: number; file: string; offset: number },
    { size, md5, checksums }: Received,
  ): Promise<StoredPart> {
    const mark = md5 ?? createHash('md5').update(JSON.stringify([size, checksums, place.number]));
    const etag = typeof mark === 'string' ? mark : mark.digest('hex');
    const part = { ...place, size, etag, checksums, lastModified: new Date().toISOString() };
    const old = upload.parts.get(place.number);
    const facts = join(this.root, upload.id, `part-${place.number}.json`);
    await atomicWrite(facts, `${JSON.stringify(part)}\n`, { isSynced: false });
    upload.parts.set(place.number, part);
    if (old !== undefined && old.file !== dataFile) {
      await rm(join(this.root, upload.id, old.file), { force: true });
    }
    return part;
  }

  listParts(id: string, bucket: string, key: string): StoredPart[] {
    const parts = [...this.find(id, bucket, key).parts.values()];
    return parts.sort((a, b) => a.number - b.number);
  }

  list(bucket: string): { id: string; start: UploadStart }[] {
    return [...this.open.values()]
      .filter(({ start }) => start.bucket === bucket)
      .sort((a, b) => (a.start.key < b.start.key ? -1 : 1));
  }

  /** Checks the asked parts and puts them together in one file; `finish` must move it away. */
  async assemble(id: string, bucket: string, key: string, asked: readonly AskedPart[]) {
    const upload = this.find(id, bucket, key);
    const parts = chosenParts(upload, asked);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const folder = join(this.root, id);
    const isInOrder = parts.every(
      (part, index) =>
        part.file === dataFile &&
        part.number === index + 1 &&
        (part.size === upload.slotSize || index === parts.length - 1),
    );
    if (isInOrder) {
      await truncate(join(folder, dataFile), size);
      return { file: join(folder, dataFile), size, parts };
    }
    const file = join(folder, 'assembled');
    const out = await open(file, 'w', 0o600);
    try {
      let position = 0;
      for (const part of parts) {
        await copyRange(join(folder, part.file), part, out, position);
        position += part.size;
      }
    } finally {
      await out.close();
    }
    return { file, size, parts };
  }

  /** Forgets an upload and its parts. */
  async remove(id: string): Promise<void> {
    this.open.delete(id);
    await rm(join(this.root, id), { recursive: true, force: true });
  }
}

/** A part as CompleteMultipartUpload names it. */
export interface AskedPart {
  readonly number: number;
  readonly etag: string;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
}

function newUpload(id: string, start: UploadStart): Upload {
  return { id, start, parts: new Map(), slotSize: 0, slots: new Set() };
}

/** 'r+' keeps what other parts wrote; the first part makes the file. */
async function openMode(path: string): Promise<string> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  return 'r+';
}

function chosenParts(upload: Upload, asked: readonly AskedPart[]): StoredPart[] {
  if (asked.length === 0) {
    throw awsError('MalformedXML', 'You must specify at least one part', 400);
  }
  if (asked.some(({ number }, index) => number <= (asked[index - 1]?.number ?? 0))) {
    const text =
      'The list of parts was not in ascending order. Parts must be ordered by part number.';
    throw awsError('InvalidPartOrder', text, 400, { UploadId: upload.id });
  }
  const parts = asked.map((at) => chosenPart(upload, at));
  const small = parts.slice(0, -1).find(({ size }) => size < minPartBytes);
  if (small !== undefined) {
    const text = 'Your proposed upload is smaller than the minimum allowed size';
    throw awsError('EntityTooSmall', text, 400, { PartNumber: String(small.number) });
  }
  return parts;
}

function chosenPart(upload: Upload, { number, etag, checksums }: AskedPart): StoredPart {
  const part = upload.parts.get(number);
  const isSame = Object.entries(checksums).every(
    ([name, value]) => (part?.checksums[name as ChecksumName] ?? value) === value,
  );
  if (part?.etag === etag && isSame) return part;
  const text =
    'One or more of the specified parts could not be found. The part may not have been uploaded, ' +
    "or the specified entity tag may not match the part's entity tag.";
  throw awsError('InvalidPart', text, 400, { PartNumber: String(number), ETag: etag });
}

async function copyRange(
  source: string,
  { offset, size }: StoredPart,
  out: FileHandle,
  position: number,
): Promise<void> {
  if (size === 0) return;
  const from = await open(source, 'r');
  try {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (let done = 0; done < size;) {
      const want = Math.min(buffer.length, size - done);
      const { bytesRead } = await from.read(buffer, 0, want, offset + done);
      if (bytesRead === 0) throw awsError('InternalError', 'A part is missing on disk.', 500);
      await out.write(buffer, 0, bytesRead, position + done);
      done += bytesRead;
    }
  } catch (error) {
    if (isMissing(error)) throw awsError('InternalError', 'A part is missing on disk.', 500);
    throw error;
  } finally {
    await from.close();
  }
}
