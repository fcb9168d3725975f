import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Stand, makeStand } from './support.js';

const run = promisify(execFile);

/** True where a program is installed and answers. */
async function isInstalled(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, [...args], { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
}

/** What both programs take from their environment, and nothing of the person's own. */
function environmentOf({ sandbox }: Stand) {
  return {
    PATH: process.env['PATH'],
    HOME: sandbox.endpoint,
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_ACCESS_KEY_ID: sandbox.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.secretAccessKey,
    AWS_DEFAULT_REGION: sandbox.region,
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
}

describe('the AWS CLI against the sandbox', function () {
  this.timeout(180_000);
  let stand: Stand;
  before(async function () {
    if (!(await isInstalled('aws', ['--version']))) this.skip();
    stand = await makeStand();
  });
  after(() => (stand as Stand | undefined)?.dispose());

  const aws = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await run('aws', [...args, '--output', 'json'], {
      env: environmentOf(stand),
    });
    return JSON.parse(stdout);
  };

  it('lists, makes and shows', async () => {
    const { modelSummaries } = (await aws(
      ...['bedrock', 'list-foundation-models', '--by-provider', 'Amazon'],
    )) as { modelSummaries: { modelId: string; modelLifecycle: { startOfLifeTime?: string } }[] };
    assert.ok(modelSummaries.some(({ modelId }) => modelId === 'amazon.nova-lite-v1:0'));
    const made = (await aws(
      ...['bedrock', 'create-guardrail', '--name', 'from-cli', '--blocked-input-messaging', 'No.'],
      ...['--blocked-outputs-messaging', 'No.'],
      ...['--word-policy-config', '{"wordsConfig":[{"text":"falcon"}]}'],
    )) as { guardrailArn: string };
    const found = (await aws(
      ...['bedrock', 'get-guardrail', '--guardrail-identifier', made.guardrailArn],
    )) as { name: string };
    assert.equal(found.name, 'from-cli');
  });

  it('asks a model', async () => {
    const reply = (await aws(
      ...['bedrock-runtime', 'converse', '--model-id', 'amazon.nova-lite-v1:0'],
      ...['--messages', '[{"role":"user","content":[{"text":"Hello"}]}]'],
    )) as { output: { message: { content: { text: string }[] } } };
    assert.match(reply.output.message.content[0]!.text, /Hello/);
  });

  it('is told what is wrong by name', async () => {
    await assert.rejects(
      aws('bedrock', 'get-guardrail', '--guardrail-identifier', 'nothing'),
      /ResourceNotFoundException.*GetGuardrail.*nothing does not exist/s,
    );
    await assert.rejects(
      aws('bedrock-agent', 'list-agents'),
      /UnknownOperationException.*The sandbox does not have ListAgents/s,
    );
  });
});

const script = `
import boto3, json
from botocore.exceptions import ClientError
bedrock, runtime, agent = (boto3.client(name) for name in ('bedrock', 'bedrock-runtime', 'bedrock-agent'))
say = {}
pages = bedrock.get_paginator('list_inference_profiles').paginate(PaginationConfig={'PageSize': 7})
say['profiles'] = sum(len(page['inferenceProfileSummaries']) for page in pages)
model = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0'
say['model'] = bedrock.get_foundation_model(modelIdentifier=model)['modelDetails']['modelId']
ask = dict(modelId='amazon.nova-lite-v1:0', messages=[{'role': 'user', 'content': [{'text': 'Hello'}]}])
events = list(runtime.converse_stream(**ask)['stream'])
say['events'] = [list(event)[0] for event in events]
body = json.dumps({'prompt': 'Hello'})
native = runtime.invoke_model(modelId='meta.llama3-1-8b-instruct-v1:0', body=body)
say['native'] = sorted(json.loads(native['body'].read()))
def refused(call):
    try:
        call()
    except ClientError as error:
        return [error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode']]
say['wrong'] = refused(lambda: bedrock.get_guardrail(guardrailIdentifier='nothing'))
say['unknown'] = refused(lambda: agent.prepare_agent(agentId='ABCDEFGHIJ'))
print(json.dumps(say))
`;

describe('boto3 against the sandbox', function () {
  this.timeout(180_000);
  let stand: Stand;
  before(async function () {
    if (!(await isInstalled('python3', ['-c', 'import boto3']))) this.skip();
    stand = await makeStand();
  });
  after(() => (stand as Stand | undefined)?.dispose());

  it('lists in pages, reads ARNs and streams, and knows the errors', async () => {
    const { stdout } = await run('python3', ['-c', script], { env: environmentOf(stand) });
    const said = JSON.parse(stdout) as Record<string, unknown> & { events: string[] };
    assert.ok(Number(said['profiles']) > 7);
    assert.equal(said['model'], 'amazon.nova-lite-v1:0');
    assert.deepEqual([said.events[0], said.events.at(-1)], ['messageStart', 'metadata']);
    assert.deepEqual(said['native'], [
      'generation',
      'generation_token_count',
      'prompt_token_count',
      'stop_reason',
    ]);
    assert.deepEqual(said['wrong'], ['ResourceNotFoundException', 404]);
    assert.deepEqual(said['unknown'], ['UnknownOperationException', 404]);
  });
});
