import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Stand, makeStand, protocols, refusal } from './support.js';

const awkwardKeys = [
  'plain.jsonl',
  'folder/with space/ünïcode 😀.jsonl',
  'folder/',
  'a//b',
  '/leading',
  '../../escape',
  'x/../y',
  '.',
  'con',
  'aux.txt',
  'trailing. ',
  'percent%2Fencoded',
  'quotes"<>|?*:\\back',
  'plus+equals=amp&',
  `long/${'n'.repeat(400)}`,
  `long/${'n'.repeat(399)}m`,
  `wide/${'ü'.repeat(300)}`,
  "it's (fine)!*",
  'control\u0007bell',
];

for (const protocol of protocols) {
  describe(`S3 over ${protocol}`, () => {
    let stand: Stand;
    let Bucket: string;
    before(async () => {
      stand = await makeStand({}, protocol);
      Bucket = stand.sandbox.bucket;
    });
    after(() => stand.dispose());

    it('keeps bytes, type and metadata of an object', async () => {
      const put = await stand.s3.send(
        new PutObjectCommand({
          Bucket,
          Key: 'a/b.txt',
          Body: 'héllo',
          ContentType: 'text/plain',
          Metadata: { who: 'me' },
          CacheControl: 'no-store',
        }),
      );
      assert.equal(put.ETag, `"${createHash('md5').update('héllo').digest('hex')}"`);
      const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key: 'a/b.txt' }));
      assert.equal(await got.Body!.transformToString(), 'héllo');
      assert.equal(got.ContentType, 'text/plain');
      assert.deepEqual(got.Metadata, { who: 'me' });
      assert.equal(got.CacheControl, 'no-store');
      const head = await stand.s3.send(new HeadObjectCommand({ Bucket, Key: 'a/b.txt' }));
      assert.equal(head.ContentLength, 6);
      assert.equal(
        await readFile(join(stand.dataDir, 'buckets', Bucket, 'a/b.txt'), 'utf8'),
        'héllo',
      );
    });

    it('keeps an empty object', async () => {
      await stand.s3.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: '' }));
      const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key: 'empty' }));
      assert.equal(await got.Body!.transformToString(), '');
    });

    it('stores a streamed body without its aws-chunked framing', async function () {
      // The SDK's own HTTP/2 handler refuses to send the transfer-encoding it adds here.
      if (protocol === 'h2c') this.skip();
      const text = 'line\n'.repeat(100_000);
      const Body = Readable.from([Buffer.from(text)]);
      await stand.s3.send(
        new PutObjectCommand({ Bucket, Key: 'streamed', Body, ContentLength: text.length }),
      );
      const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key: 'streamed' }));
      assert.equal(await got.Body!.transformToString(), text);
      assert.equal(got.ContentEncoding, undefined);
    });

    for (const Key of awkwardKeys) {
      it(`keeps the key ${JSON.stringify(Key.slice(0, 40))}`, async () => {
        await stand.s3.send(new PutObjectCommand({ Bucket, Key, Body: `at ${Key}` }));
        const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key }));
        assert.equal(await got.Body!.transformToString(), `at ${Key}`);
        const listed = await stand.s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
        assert.ok(listed.Contents?.some((at) => at.Key === Key));
      });
    }

    it('keeps an object and objects below its name as a folder', async () => {
      for (const Key of ['n', 'n/o', 'n/o/p', 'n/o/p'])
        await stand.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
      for (const Key of ['n', 'n/o', 'n/o/p']) {
        const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key }));
        assert.equal(await got.Body!.transformToString(), Key);
      }
      const listed = await stand.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'n/o' }));
      assert.deepEqual(
        listed.Contents?.map((at) => at.Key),
        ['n/o', 'n/o/p'],
      );
    });

    it('serves ranges', async () => {
      await stand.s3.send(new PutObjectCommand({ Bucket, Key: 'range', Body: '0123456789' }));
      for (const [Range, text, contentRange] of [
        ['bytes=2-4', '234', 'bytes 2-4/10'],
        ['bytes=7-', '789', 'bytes 7-9/10'],
        ['bytes=-3', '789', 'bytes 7-9/10'],
        ['bytes=8-99', '89', 'bytes 8-9/10'],
      ] as const) {
        const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range }));
        assert.equal(await got.Body!.transformToString(), text);
        assert.equal(got.ContentRange, contentRange);
      }
      const error = await refusal(
        stand.s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=10-' })),
      );
      assert.equal(error.name, 'InvalidRange');
    });

    it('lists in byte order with pages, prefixes, delimiters and start-after', async () => {
      const Prefix = 'list/';
      const names = [
        'list/Z',
        'list/a/1',
        'list/a/2',
        'list/b',
        'list/c/x',
        'list/é',
        'list/😀',
        'list/\uffee',
      ];
      for (const Key of names) await stand.s3.send(new PutObjectCommand({ Bucket, Key, Body: '' }));
      const all: string[] = [];
      for await (const page of paginateListObjectsV2(
        { client: stand.s3, pageSize: 3 },
        { Bucket, Prefix },
      )) {
        all.push(...(page.Contents ?? []).map((at) => at.Key!));
      }
      assert.deepEqual(
        all,
        [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
      const groups: string[] = [];
      for await (const page of paginateListObjectsV2(
        { client: stand.s3, pageSize: 1 },
        { Bucket, Prefix, Delimiter: '/' },
      )) {
        groups.push(
          ...(page.CommonPrefixes ?? []).map((at) => at.Prefix!),
          ...(page.Contents ?? []).map((at) => at.Key!),
        );
      }
      assert.deepEqual(groups, [
        'list/Z',
        'list/a/',
        'list/b',
        'list/c/',
        'list/é',
        'list/\uffee',
        'list/😀',
      ]);
      const after = await stand.s3.send(
        new ListObjectsV2Command({ Bucket, Prefix, StartAfter: 'list/b', MaxKeys: 1 }),
      );
      assert.deepEqual(
        [after.KeyCount, after.Contents?.[0]?.Key, after.IsTruncated],
        [1, 'list/c/x', true],
      );
      const encoded = await stand.s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/é', EncodingType: 'url' }),
      );
      assert.equal(encoded.Contents?.[0]?.Key, 'list/%C3%A9');
    });

    it('deletes one key and many', async () => {
      for (const Key of ['d/1', 'd/2', 'd/3'])
        await stand.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
      await stand.s3.send(new DeleteObjectCommand({ Bucket, Key: 'd/1' }));
      await stand.s3.send(new DeleteObjectCommand({ Bucket, Key: 'never-there' }));
      const many = await stand.s3.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'd/2' }, { Key: 'd/3' }] } }),
      );
      assert.deepEqual(
        many.Deleted?.map((at) => at.Key),
        ['d/2', 'd/3'],
      );
      assert.equal(
        (await stand.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'd/' }))).KeyCount,
        0,
      );
    });

    it('copies an object', async () => {
      await stand.s3.send(new PutObjectCommand({ Bucket, Key: 'copy me', Body: 'abc' }));
      await stand.s3.send(
        new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/copy%20me` }),
      );
      const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key: 'copied' }));
      assert.equal(await got.Body!.transformToString(), 'abc');
    });

    it('writes a key once with If-None-Match', async () => {
      const put = () =>
        stand.s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'x', IfNoneMatch: '*' }));
      const results = await Promise.allSettled([put(), put(), put()]);
      assert.equal(results.filter((at) => at.status === 'fulfilled').length, 1);
      assert.equal((await refusal(put())).name, 'PreconditionFailed');
    });

    it('makes, finds and removes buckets', async () => {
      const name = `other-${protocol === 'h2c' ? 'two' : 'one'}`;
      await stand.s3.send(new CreateBucketCommand({ Bucket: name }));
      await stand.s3.send(new HeadBucketCommand({ Bucket: name }));
      const listed = await stand.s3.send(new ListBucketsCommand({}));
      assert.deepEqual(
        listed.Buckets?.map((at) => at.Name),
        [Bucket, name],
      );
      const place = await stand.s3.send(new GetBucketLocationCommand({ Bucket: name }));
      assert.ok(
        place.LocationConstraint === undefined || (place.LocationConstraint as string) === '',
      );
      await stand.s3.send(new PutObjectCommand({ Bucket: name, Key: 'k', Body: '1' }));
      const full = await refusal(stand.s3.send(new DeleteBucketCommand({ Bucket: name })));
      assert.equal(full.name, 'BucketNotEmpty');
      await stand.s3.send(new DeleteObjectCommand({ Bucket: name, Key: 'k' }));
      await stand.s3.send(new DeleteBucketCommand({ Bucket: name }));
      assert.equal(
        (await refusal(stand.s3.send(new HeadBucketCommand({ Bucket: name })))).$metadata
          ?.httpStatusCode,
        404,
      );
    });

    const gone = { Bucket: 'no-such-bucket' };
    const refusals: [string, () => Promise<unknown>, string, number][] = [
      [
        'a missing key',
        () => stand.s3.send(new GetObjectCommand({ Bucket, Key: 'nope' })),
        'NoSuchKey',
        404,
      ],
      [
        'HEAD of a missing key',
        () => stand.s3.send(new HeadObjectCommand({ Bucket, Key: 'nope' })),
        'NotFound',
        404,
      ],
      [
        'a missing bucket',
        () => stand.s3.send(new ListObjectsV2Command(gone)),
        'NoSuchBucket',
        404,
      ],
      [
        'a put into a missing bucket',
        () => stand.s3.send(new PutObjectCommand({ ...gone, Key: 'k', Body: 'x' })),
        'NoSuchBucket',
        404,
      ],
      [
        'a bad bucket name',
        () => stand.s3.send(new CreateBucketCommand({ Bucket: 'Bad_Name' })),
        'InvalidBucketName',
        400,
      ],
      [
        'a wrong Content-MD5',
        () =>
          stand.s3.send(
            new PutObjectCommand({
              Bucket,
              Key: 'md5',
              Body: 'x',
              ContentMD5: createHash('md5').update('y').digest('base64'),
            }),
          ),
        'BadDigest',
        400,
      ],
      [
        'a malformed Content-MD5',
        () =>
          stand.s3.send(
            new PutObjectCommand({ Bucket, Key: 'md5', Body: 'x', ContentMD5: 'short' }),
          ),
        'InvalidDigest',
        400,
      ],
      [
        'a wrong CRC32',
        () =>
          stand.s3.send(
            new PutObjectCommand({ Bucket, Key: 'crc', Body: 'x', ChecksumCRC32: 'AAAAAA==' }),
          ),
        'BadDigest',
        400,
      ],
      [
        'a key over 1024 bytes',
        () => stand.s3.send(new PutObjectCommand({ Bucket, Key: 'k'.repeat(1025), Body: 'x' })),
        'KeyTooLongError',
        400,
      ],
    ];
    for (const [what, call, name, status] of refusals) {
      it(`refuses ${what} with ${name}`, async () => {
        const error = await refusal(call());
        assert.equal(error.name, name);
        assert.equal(error.$metadata?.httpStatusCode, status);
      });
    }

    it('leaves nothing behind of a refused put', async () => {
      await refusal(
        stand.s3.send(
          new PutObjectCommand({ Bucket, Key: 'refused', Body: 'x', ChecksumCRC32: 'AAAAAA==' }),
        ),
      );
      assert.equal(
        (await refusal(stand.s3.send(new GetObjectCommand({ Bucket, Key: 'refused' })))).name,
        'NoSuchKey',
      );
    });

    for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const) {
      it(`verifies and returns ${ChecksumAlgorithm}`, async () => {
        const Key = `sum-${ChecksumAlgorithm}`;
        const put = await stand.s3.send(
          new PutObjectCommand({ Bucket, Key, Body: '123456789', ChecksumAlgorithm }),
        );
        const name = `Checksum${ChecksumAlgorithm}` as const;
        assert.ok(put[name]);
        const got = await stand.s3.send(
          new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }),
        );
        assert.equal(got[name], put[name]);
        assert.equal(await got.Body!.transformToString(), '123456789');
      });
    }
  });
}

describe('S3 of the sandbox', () => {
  let stand: Stand;
  before(async () => (stand = await makeStand()));
  after(() => stand.dispose());

  it('serves a bucket by its host name', async () => {
    const { port, bucket: Bucket } = stand.sandbox;
    const config = { ...stand.config, endpoint: `http://localhost:${port}`, forcePathStyle: false };
    // Not every resolver knows names below localhost.
    const lookup: LookupFunction = (_name, options, done) => {
      if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
      else done(null, '127.0.0.1', 4);
    };
    const requestHandler = new NodeHttpHandler({ httpAgent: new Agent({ lookup }) });
    const s3 = new S3Client({ ...config, requestHandler });
    await s3.send(new PutObjectCommand({ Bucket, Key: 'virtual/k', Body: 'v' }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'virtual/k' }));
    assert.equal(await got.Body!.transformToString(), 'v');
    s3.destroy();
  });

  it('serves files a person put into the bucket folder', async () => {
    const { bucket: Bucket } = stand.sandbox;
    await writeFile(join(stand.dataDir, 'buckets', Bucket, 'by hand.jsonl'), '{}\n');
    const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key: 'by hand.jsonl' }));
    assert.equal(await got.Body!.transformToString(), '{}\n');
    const listed = await stand.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'by' }));
    assert.deepEqual(
      listed.Contents?.map((at) => at.Key),
      ['by hand.jsonl'],
    );
  });

  it('writes nothing outside its data folder for keys that try', async () => {
    const { bucket: Bucket } = stand.sandbox;
    const Key = '../../../../../../../../tmp/sandbox-escape';
    await stand.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await assert.rejects(readFile('/tmp/sandbox-escape'));
  });
});
