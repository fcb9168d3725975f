import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { decodeAwsChunked } from '../../../src/sandbox/auth/awsChunked.js';
import { hmac, signingKey } from '../../../src/sandbox/auth/sigv4.js';
import { createChecksum, type ChecksumName } from '../../../src/sandbox/s3/checksums.js';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size)
    yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function decode(
  bytes: Buffer,
  size: number,
  signing?: Parameters<typeof decodeAwsChunked>[2],
) {
  const trailers: Record<string, string> = {};
  const parts: Uint8Array[] = [];
  for await (const part of decodeAwsChunked(inPieces(bytes, size), trailers, signing))
    parts.push(part);
  return { text: Buffer.concat(parts).toString('utf8'), trailers };
}

const framed = Buffer.from(
  '6\r\nhé\r\nx\r\n3\r\nend\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
);

describe('aws-chunked decoding', () => {
  for (let size = 1; size <= framed.length; size++) {
    it(`gives data and trailers in network chunks of ${size} bytes`, async () => {
      assert.deepEqual(await decode(framed, size), {
        text: 'hé\r\nxend',
        trailers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
      });
    });
  }

  for (const bad of [
    '',
    'zz\r\n',
    '5\r\nab',
    '2\r\nabX\r\n0\r\n\r\n',
    '2\r\nab\r\n',
    '0\r\nno colon\r\n\r\n',
  ]) {
    it(`refuses ${JSON.stringify(bad)}`, async () => {
      await assert.rejects(decode(Buffer.from(bad), 3), { message: /not valid aws-chunked/ });
    });
  }
});

// The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
describe('signed aws-chunked decoding', () => {
  const scope = { accessKeyId: '', date: '20130524', region: 'us-east-1', service: 's3' };
  const signing = {
    key: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope),
    seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    time: '20130524T000000Z',
    scope: '20130524/us-east-1/s3/aws4_request',
  };
  const signatures = [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ];
  const body = (letter = 'a') =>
    Buffer.from(
      [65_536, 1024, 0]
        .map(
          (size, at) =>
            `${size.toString(16)};chunk-signature=${signatures[at]!}\r\n${letter.repeat(size)}\r\n`,
        )
        .join(''),
    );

  it('takes the example AWS publishes', async () => {
    assert.equal((await decode(body(), 1000, signing)).text, 'a'.repeat(66_560));
  });

  it('refuses a changed chunk', async () => {
    await assert.rejects(decode(body('b'), 1000, signing), { message: /chunk signature/ });
  });

  it('checks the signature of trailers', async () => {
    const empty = { ...signing };
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const chunk = hmac(
      empty.key,
      ['AWS4-HMAC-SHA256-PAYLOAD', empty.time, empty.scope, empty.seed, sha(''), sha('')].join(
        '\n',
      ),
    ).toString('hex');
    const trailer = hmac(
      empty.key,
      [
        'AWS4-HMAC-SHA256-TRAILER',
        empty.time,
        empty.scope,
        chunk,
        sha('x-amz-checksum-crc32:AAAAAA==\n'),
      ].join('\n'),
    ).toString('hex');
    const bytes = (signature: string) =>
      Buffer.from(
        `0;chunk-signature=${chunk}\r\nx-amz-checksum-crc32:AAAAAA==\r\nx-amz-trailer-signature:${signature}\r\n\r\n`,
      );
    assert.equal(
      (await decode(bytes(trailer), 7, signing)).trailers['x-amz-checksum-crc32'],
      'AAAAAA==',
    );
    await assert.rejects(decode(bytes('0'.repeat(64)), 7, signing), { message: /chunk signature/ });
  });
});

describe('checksums', () => {
  // Check values of the catalogue of parametrised CRC algorithms, for the bytes of "123456789".
  const expected: Record<ChecksumName, string> = {
    crc32: Buffer.from('cbf43926', 'hex').toString('base64'),
    crc32c: Buffer.from('e3069283', 'hex').toString('base64'),
    crc64nvme: Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
    sha1: createHash('sha1').update('123456789').digest('base64'),
    sha256: createHash('sha256').update('123456789').digest('base64'),
  };
  for (const [name, value] of Object.entries(expected) as [ChecksumName, string][]) {
    it(`${name} is right, whole and in two parts`, () => {
      for (const parts of [['123456789'], ['1234', '56789']]) {
        const sum = createChecksum(name);
        for (const part of parts) sum.update(Buffer.from(part));
        assert.equal(sum.digest(), value);
      }
    });
  }
});
