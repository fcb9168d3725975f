import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { silentLog } from '../../../src/core/log.js';
import { presign } from './presign.js';
import { type Stand, makeStand, poll, protocols, refusal } from './support.js';

const mega = 1024 * 1024;
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

for (const protocol of protocols) {
  describe(`multipart uploads over ${protocol}`, () => {
    let stand: Stand;
    let Bucket: string;
    before(async () => {
      stand = await makeStand({}, protocol);
      Bucket = stand.sandbox.bucket;
    });
    after(() => stand.dispose());

    const start = async (Key: string) =>
      (await stand.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId!;
    const part = async (Key: string, UploadId: string, PartNumber: number, Body: Uint8Array) => {
      const { ETag } = await stand.s3.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
      );
      return { ETag, PartNumber };
    };
    const finish = (Key: string, UploadId: string, Parts: object[]) =>
      stand.s3.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
      );
    const stored = async (Key: string) => {
      const { Body } = await stand.s3.send(new GetObjectCommand({ Bucket, Key }));
      return digest(await Body!.transformToByteArray());
    };

    it('puts together what lib-storage uploads in parallel', async () => {
      const bytes = randomBytes(21 * mega + 17);
      const params = {
        Bucket,
        Key: 'lib',
        Body: Readable.from(chunked(bytes, 100_000)),
        ContentType: 'application/x-jsonl',
      };
      // The SDK's HTTP/2 client resets its own streams with more than 10 MB under way.
      const queueSize = protocol === 'h2c' ? 1 : 4;
      await new Upload({ client: stand.s3, partSize: 5 * mega, queueSize, params }).done();
      assert.equal(await stored('lib'), digest(bytes));
      const head = await stand.s3.send(new HeadObjectCommand({ Bucket, Key: 'lib' }));
      assert.match(head.ETag!, /^"[0-9a-f]{32}-5"$/);
      assert.equal(head.ContentType, 'application/x-jsonl');
    });

    it('puts together parts of different sizes, sent out of order and twice', async () => {
      const UploadId = await start('mixed');
      const [a, b, c] = [randomBytes(5 * mega), randomBytes(7 * mega), randomBytes(10)] as const;
      const third = await part('mixed', UploadId, 9, c);
      const second = await part('mixed', UploadId, 4, b);
      await part('mixed', UploadId, 1, randomBytes(6 * mega));
      const first = await part('mixed', UploadId, 1, a);
      await finish('mixed', UploadId, [first, second, third]);
      assert.equal(await stored('mixed'), digest(Buffer.concat([a, b, c])));
    });

    it('answers a repeated completion', async () => {
      const UploadId = await start('again');
      const parts = [await part('again', UploadId, 1, randomBytes(100))];
      const first = await finish('again', UploadId, parts);
      const second = await finish('again', UploadId, parts);
      assert.equal(second.ETag, first.ETag);
    });

    it('lists parts and uploads, and forgets an aborted one', async () => {
      const UploadId = await start('listed');
      await part('listed', UploadId, 2, randomBytes(20));
      await part('listed', UploadId, 1, randomBytes(10));
      const parts = await stand.s3.send(new ListPartsCommand({ Bucket, Key: 'listed', UploadId }));
      assert.deepEqual(
        parts.Parts?.map((at) => [at.PartNumber, at.Size]),
        [
          [1, 10],
          [2, 20],
        ],
      );
      const uploads = await stand.s3.send(
        new ListMultipartUploadsCommand({ Bucket, Prefix: 'listed' }),
      );
      assert.deepEqual(
        uploads.Uploads?.map((at) => at.UploadId),
        [UploadId],
      );
      await stand.s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'listed', UploadId }));
      const error = await refusal(
        stand.s3.send(new ListPartsCommand({ Bucket, Key: 'listed', UploadId })),
      );
      assert.equal(error.name, 'NoSuchUpload');
    });

    it('refuses parts it does not have, too small ones and a wrong order', async () => {
      const UploadId = await start('bad');
      const one = await part('bad', UploadId, 1, randomBytes(100));
      const two = await part('bad', UploadId, 2, randomBytes(100));
      const wrong = { PartNumber: 1, ETag: '"00000000000000000000000000000000"' };
      assert.equal((await refusal(finish('bad', UploadId, [wrong]))).name, 'InvalidPart');
      assert.equal((await refusal(finish('bad', UploadId, [one, two]))).name, 'EntityTooSmall');
      assert.equal((await refusal(finish('bad', UploadId, [two, one]))).name, 'InvalidPartOrder');
      assert.equal((await refusal(part('bad', 'unknown', 1, randomBytes(1)))).name, 'NoSuchUpload');
      assert.equal(
        (await refusal(part('bad', UploadId, 10_001, randomBytes(1)))).name,
        'InvalidArgument',
      );
    });
  });
}

describe('an upload that ends in the middle', () => {
  const aborted = async (stand: Stand, path: string) => {
    const { endpoint, accessKeyId, secretAccessKey, region } = stand.sandbox;
    const url = presign({
      endpoint,
      accessKeyId,
      secretAccessKey,
      region,
      path,
      method: 'PUT',
      time: new Date(),
      expires: 60,
    });
    const request = httpRequest(url, {
      method: 'PUT',
      headers: { 'content-length': String(8 * mega) },
    });
    request.on('error', () => undefined);
    request.write(randomBytes(3 * mega));
    await poll(
      () => incoming(stand.dataDir),
      (bytes) => bytes > mega,
    );
    request.destroy();
  };

  it('leaves no object and no part of it', async () => {
    const errors: string[] = [];
    const log = { ...silentLog, error: (message: string) => errors.push(message) };
    const stand = await makeStand({ log });
    try {
      const { bucket: Bucket } = stand.sandbox;
      await aborted(stand, `/${Bucket}/half`);
      await poll(
        () => incoming(stand.dataDir),
        (bytes) => bytes === 0,
      );
      assert.equal(
        (await refusal(stand.s3.send(new HeadObjectCommand({ Bucket, Key: 'half' })))).name,
        'NotFound',
      );
      assert.deepEqual(errors, []);
    } finally {
      await stand.dispose();
    }
  });
});

/** Bytes of objects that are being received. */
async function incoming(dataDir: string): Promise<number> {
  const folder = join(dataDir, '.incoming');
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('multipart uploads across a restart', () => {
  it('go on where they were', async () => {
    const first = await makeStand();
    const { bucket: Bucket } = first.sandbox;
    const Key = 'restarted';
    const { UploadId } = await first.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const bytes = [randomBytes(5 * mega), randomBytes(5 * mega), randomBytes(33)] as const;
    const send = async (stand: Stand, at: number) => {
      const command = new UploadPartCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: at + 1,
        Body: bytes[at]!,
      });
      return { ETag: (await stand.s3.send(command)).ETag, PartNumber: at + 1 };
    };
    const Parts = [await send(first, 0)];
    await first.sandbox.close();
    const second = await makeStand({ dataDir: first.dataDir });
    try {
      Parts.push(await send(second, 1), await send(second, 2));
      await second.s3.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
      );
      const { Body } = await second.s3.send(new GetObjectCommand({ Bucket, Key }));
      assert.equal(digest(await Body!.transformToByteArray()), digest(Buffer.concat(bytes)));
    } finally {
      await second.dispose();
      await first.dispose();
    }
  });
});

function* chunked(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
