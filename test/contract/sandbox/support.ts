import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  type CreateModelInvocationJobCommandInput,
  GetModelInvocationJobCommand,
  type GetModelInvocationJobCommandOutput,
} from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttp2Handler, NodeHttpHandler } from '@smithy/node-http-handler';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.js';
import { AnswerCheck } from '../../support/answerCheck.js';

export type Protocol = 'HTTP/1.1' | 'h2c';
export const protocols: readonly Protocol[] = ['HTTP/1.1', 'h2c'];

/** A sandbox on a temporary folder with every client of the SDK; `dispose` ends and removes all. */
export interface Stand {
  readonly sandbox: Sandbox;
  readonly dataDir: string;
  readonly config: ClientConfig;
  /** Looks at every answer; `dispose` fails where one was not as AWS's model says. */
  readonly check: AnswerCheck;
  readonly s3: S3Client;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly bedrock: BedrockClient;
  readonly runtime: BedrockRuntimeClient;
  /** Stops the sandbox and starts it again on the same folder; clients must be made anew. */
  readonly dispose: () => Promise<void>;
}

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
  readonly authSchemePreference: string[];
}

export function configOf(sandbox: Sandbox): ClientConfig {
  const { endpoint, region, accessKeyId, secretAccessKey } = sandbox;
  return {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    authSchemePreference: ['sigv4'],
  };
}

export function handlerFor(protocol: Protocol): NodeHttpHandler | NodeHttp2Handler {
  return protocol === 'h2c' ? new NodeHttp2Handler() : new NodeHttpHandler();
}

export async function makeStand(
  options: Partial<SandboxOptions> = {},
  protocol: Protocol = 'HTTP/1.1',
): Promise<Stand> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sandbox-test-')));
  const check = new AnswerCheck();
  const sandbox = await startSandbox({ speed: 200, around: check.around, ...options, dataDir });
  const config = configOf(sandbox);
  const clients = {
    s3: new S3Client({ ...config, forcePathStyle: true, requestHandler: handlerFor(protocol) }),
    sts: new STSClient({ ...config, requestHandler: handlerFor(protocol) }),
    iam: new IAMClient({ ...config, requestHandler: handlerFor(protocol) }),
    bedrock: new BedrockClient({ ...config, requestHandler: handlerFor(protocol) }),
    runtime: new BedrockRuntimeClient({ ...config, requestHandler: handlerFor(protocol) }),
  };
  return {
    sandbox,
    dataDir,
    config,
    check,
    ...clients,
    async dispose() {
      for (const client of Object.values(clients)) client.destroy();
      await sandbox.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
      check.assertRight();
    },
  };
}

/** JSONL of Converse records `r0`, `r1` … */
export function converseLines(count: number, change: (at: number) => object = () => ({})): string {
  return Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      recordId: `r${at}`,
      modelInput: {
        messages: [{ role: 'user', content: [{ text: `question ${at}` }] }],
        ...change(at),
      },
    }),
  ).join('\n');
}

export async function putText(stand: Stand, key: string, text: string): Promise<string> {
  const { sandbox, s3 } = stand;
  await s3.send(new PutObjectCommand({ Bucket: sandbox.bucket, Key: key, Body: text }));
  return `s3://${sandbox.bucket}/${key}`;
}

export async function getText(stand: Stand, key: string): Promise<string> {
  const { sandbox, s3 } = stand;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: sandbox.bucket, Key: key }));
  return Body!.transformToString();
}

export async function keysBelow(stand: Stand, prefix: string): Promise<string[]> {
  const { sandbox, s3 } = stand;
  const page = await s3.send(new ListObjectsV2Command({ Bucket: sandbox.bucket, Prefix: prefix }));
  return (page.Contents ?? []).map(({ Key }) => Key!);
}

/** A CreateModelInvocationJob input with everything that is required. */
export function jobInput(
  stand: Stand,
  s3Uri: string,
  more: Partial<CreateModelInvocationJobCommandInput> = {},
): CreateModelInvocationJobCommandInput {
  return {
    jobName: 'test-job',
    roleArn: stand.sandbox.roleArn,
    modelId: 'amazon.nova-lite-v1:0',
    modelInvocationType: 'Converse',
    inputDataConfig: { s3InputDataConfig: { s3Uri } },
    outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://${stand.sandbox.bucket}/out/` } },
    ...more,
  };
}

export async function createJob(
  stand: Stand,
  s3Uri: string,
  more: Partial<CreateModelInvocationJobCommandInput> = {},
): Promise<string> {
  const input = jobInput(stand, s3Uri, more);
  const { jobArn } = await stand.bedrock.send(new CreateModelInvocationJobCommand(input));
  return jobArn!;
}

export type Job = GetModelInvocationJobCommandOutput;

/** Polls until the job is as wanted; fails after 20 s with its last state. */
export async function waitForJob(
  stand: Pick<Stand, 'bedrock'>,
  jobArn: string,
  isWanted: (job: Job) => boolean = (job) => job.endTime !== undefined,
): Promise<Job> {
  return poll(
    () => stand.bedrock.send(new GetModelInvocationJobCommand({ jobIdentifier: jobArn })),
    isWanted,
  );
}

/** Asks again until the answer is as wanted; fails after 20 s with the last one. */
export async function poll<T>(ask: () => Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (isWanted(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`not reached in time, last: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Posts to the sandbox's own interface. */
export async function addFault(sandbox: Sandbox, rule: object): Promise<void> {
  const response = await fetch(`${sandbox.endpoint}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(rule),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** How many requests of an operation had an effect. */
export async function effectsOf(sandbox: Sandbox, operation: string): Promise<number> {
  const response = await fetch(`${sandbox.endpoint}/_sandbox/requests`);
  const { requests } = (await response.json()) as {
    requests: { operation: string; effect: boolean }[];
  };
  return requests.filter((at) => at.operation === operation && at.effect).length;
}

/** The error a call is refused with; fails where it succeeds. */
export async function refusal(call: Promise<unknown>): Promise<{
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number; attempts?: number };
}> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error('the call should have been refused');
}

/** Everything a stream gives. */
export async function collect<T>(stream: AsyncIterable<T> | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const at of stream!) all.push(at);
  return all;
}

/** One line of an output file. */
export interface OutputLine {
  recordId: string;
  modelInput: object;
  modelOutput?: {
    output: { message: { content: { text: string }[] } };
    usage: { inputTokens: number; outputTokens: number };
  };
  error?: { errorCode: number; errorMessage: string };
}

/** The job id at the end of its ARN: the name of the output folder. */
export function idOf(jobArn: string): string {
  return jobArn.slice(-12);
}

/** The lines of an output file. */
export async function outputOf(
  stand: Stand,
  jobArn: string,
  name = 'a.jsonl',
): Promise<OutputLine[]> {
  const text = await getText(stand, `out/${idOf(jobArn)}/${name}.out`);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as OutputLine);
}
