import { createHash, createHmac } from 'node:crypto';

interface Presign {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly time: Date;
  readonly expires: number;
  readonly method?: string;
}

/** A presigned request of S3 (GET unless told), written from AWS's description and not from the sandbox's code. */
export function presign(options: Presign): string {
  const { endpoint, region, accessKeyId, secretAccessKey, path, time, expires } = options;
  const stamp = time.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${accessKeyId}/${scope}`],
    ['X-Amz-Date', stamp],
    ['X-Amz-Expires', String(expires)],
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name, value]) => `${name}=${encodeURIComponent(value!)}`)
    .join('&');
  const canonical = [
    options.method ?? 'GET',
    path,
    query,
    `host:${new URL(endpoint).host}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const key = scope
    .split('/')
    .reduce<string | Buffer>(
      (at, part) => createHmac('sha256', at).update(part).digest(),
      `AWS4${secretAccessKey}`,
    );
  const text = ['AWS4-HMAC-SHA256', stamp, scope, hash].join('\n');
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return `${endpoint}${path}?${query}&X-Amz-Signature=${signature}`;
}
