/** Submits one file from a process of its own and prints what it took as JSON. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createAws, type Aws } from '../../src/aws/aws.js';
import { createRun } from '../../src/core/batch/createRun.js';
import { submitRun } from '../../src/core/batch/submitRun.js';
import type { Connection } from '../../src/core/connection.js';
import { silentLog } from '../../src/core/log.js';
import { suggestModel } from '../../src/core/models/suggestModel.js';
import { checkDataset } from '../../src/io/dataset/check/checkDataset.js';
import { openShard } from '../../src/io/dataset/shards/openShard.js';
import { Ledger } from '../../src/io/ledger.js';
import { describeDataset } from '../../src/io/dataset/datasetHead.js';
import { startCost } from './cost.js';

export interface SubmitTask {
  readonly path: string;
  readonly ledger: string;
  /** `bare`: one lib-storage upload with its defaults, nothing else. */
  readonly kind: 'ours' | 'bare';
  readonly sandbox: {
    readonly endpoint: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly bucket: string;
    readonly roleArn: string;
  };
}

const task = JSON.parse(process.argv[2] ?? '{}') as SubmitTask;
const { endpoint, region, accessKeyId, secretAccessKey, bucket, roleArn } = task.sandbox;
const keys = { accessKeyId, secretAccessKey };
const cost = startCost();
const jobArns = task.kind === 'bare' ? await uploadBare() : await submitOurs();
const taken = cost();
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ...taken, megabytes, jobArns }));
process.exit(0);

async function uploadBare(): Promise<string[]> {
  const client = new S3Client({ endpoint, region, credentials: keys, forcePathStyle: true });
  const params = { Bucket: bucket, Key: `bare/${randomUUID()}`, Body: createReadStream(task.path) };
  await new Upload({ client, params }).done();
  return [];
}

/** As a person does who right-clicks a file: the model is suggested from the first record. */
async function submitOurs(): Promise<string[]> {
  const connection: Connection = { kind: 'sandbox', region, endpoints: { all: endpoint } };
  const aws = createAws(connection, {
    mfaCode: () => Promise.reject(new Error('not asked')),
    apiKey: () => Promise.reject(new Error('not asked')),
    sandboxKeys: () => Promise.resolve(keys),
    log: silentLog,
  });
  const worker = new URL('./worker.js', import.meta.url);
  const { invocationType = 'InvokeModel', firstInput } = await describeDataset(task.path);
  const modelId = await suggestedModel(aws, firstInput);
  const check = await checkDataset(task.path, { modelId, invocationType, worker });
  const ledger = new Ledger(task.ledger, silentLog);
  const run = createRun({
    id: randomUUID(),
    now: new Date(),
    connection,
    datasetPath: task.path,
    check,
    request: {
      modelId,
      invocationType,
      jobName: `bench-${Date.now()}`,
      inputS3Uri: `s3://${bucket}/input/`,
      outputS3Uri: `s3://${bucket}/output/`,
      roleArn,
    },
  });
  await ledger.start(run, ({ save }) =>
    submitRun(run, {
      storage: aws.storage,
      jobs: aws.jobs,
      save,
      openShard: (entry, part) => openShard(entry.dataset.path, entry.dataset, part.shard),
      log: silentLog,
    }),
  );
  const arns = run.shards.flatMap((part) => part.jobArn ?? []);
  // The jobs would keep the sandbox busy through the next round.
  for (const arn of arns) await aws.jobs.stop(arn);
  return arns;
}

async function suggestedModel({ catalogue }: Aws, firstInput: unknown): Promise<string> {
  const modelId = suggestModel(firstInput, (await catalogue.load()).models, region, new Date());
  if (modelId === undefined) throw new Error('no model fits the first record');
  return modelId;
}
