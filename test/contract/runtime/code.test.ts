import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { generateCode, type CodeLanguage } from '../../../src/core/code/generateCode.js';
import type { CodeCall, CodePlace } from '../../../src/core/code/requests.js';
import { answerFromResponse } from '../../../src/core/converse/streamReducer.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';
import { nova, requestFor, textOf } from './support.js';

const run = promisify(execFile);
/** The sandbox quotes the last question in one line, so that what arrives can be compared. */
const question = 'Say "hi" to O\'Neil: `ls` $HOME ${x} $(id) \\n \\u0041 é 😀 %s';
const converse = requestFor(question, nova);
const body = JSON.stringify({ prompt: question, temperature: 0.9, max_tokens: 400 });
const native = { modelId: 'cohere.command-text-v14', body, accept: '*/*' };

const calls: readonly CodeCall[] = [
  { operation: 'Converse', request: converse },
  { operation: 'ConverseStream', request: converse },
  { operation: 'InvokeModel', request: native },
  { operation: 'InvokeModelWithResponseStream', request: native },
];

interface Runner {
  readonly program: readonly string[];
  readonly file: string;
  /** Whether what the program needs is here. */
  readonly isHere: () => boolean;
}

const works = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const runners: Readonly<Partial<Record<CodeLanguage, Runner>>> = {
  javascript: { program: [process.execPath, '--no-warnings'], file: 'a.mjs', isHere: () => true },
  python: {
    program: ['python3'],
    file: 'a.py',
    isHere: () => works('python3', '-c', 'import boto3'),
  },
  cli: { program: ['sh', '-e'], file: 'a.sh', isHere: () => works('aws', '--version') },
  curl: { program: ['sh', '-e'], file: 'b.sh', isHere: () => works('curl', '--version') },
};

describe('generated code', function () {
  this.timeout(120_000);
  let stand: TestSandbox;
  let folder = '';
  before(async () => {
    stand = await startTestSandbox();
    folder = await mkdtemp(join(tmpdir(), 'code-run-'));
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  });
  after(async () => {
    await stand.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [language, runner] of Object.entries(runners) as [CodeLanguage, Runner][]) {
    for (const call of calls) {
      it(`of ${language} runs ${call.operation} against the sandbox`, async function () {
        if (!runner.isHere()) {
          console.log(
            `      SKIPPED: ${runner.program[0] ?? language} or its AWS SDK is not installed here`,
          );
          this.skip();
        }
        const { endpoint, region } = stand.sandbox;
        const out = await runCode({ language, runner, call, place: { region, endpoint } });
        const expected = await expectedText(call);
        assert.ok(printedText(out).includes(expected), `${out}\nshould hold\n${expected}`);
      });
    }
  }

  it('sends attachments as bytes, from JavaScript and Python', async function () {
    const image = { image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } };
    const [message] = converse.messages;
    const content = [...(message?.content ?? []), image];
    const request = { ...converse, messages: [{ role: 'user' as const, content }] };
    const { endpoint, region } = stand.sandbox;
    for (const language of ['javascript', 'python', 'curl'] as const) {
      const runner = runners[language];
      if (!runner?.isHere()) {
        console.log(`      SKIPPED: ${language}`);
        continue;
      }
      const call: CodeCall = { operation: 'Converse', request };
      const out = await runCode({ language, runner, call, place: { region, endpoint } });
      assert.match(out, /1 attachment/, language);
    }
  });

  async function runCode(task: {
    language: CodeLanguage;
    runner: Runner;
    call: CodeCall;
    place: CodePlace;
  }): Promise<string> {
    const { language, runner, call, place } = task;
    const path = join(folder, runner.file);
    await writeFile(path, generateCode(language, call, place));
    const [program = '', ...args] = runner.program;
    const { accessKeyId, secretAccessKey, apiKey } = stand.sandbox;
    const keys =
      language === 'curl'
        ? { AWS_BEARER_TOKEN_BEDROCK: apiKey }
        : { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const { stdout } = await run(program, [...args, path], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', ...keys },
    });
    return stdout;
  }

  async function expectedText(call: CodeCall): Promise<string> {
    if (call.operation === 'Converse' || call.operation === 'ConverseStream') {
      return textOf(answerFromResponse(await stand.aws.runtime.converse(converse)));
    }
    return (await stand.aws.runtime.invoke(native)).text?.trim() ?? '';
  }
});

/** Texts as printed, and those in JSON (also in AWS's event stream) put together. */
function printedText(out: string): string {
  const found = [...out.matchAll(/"text":\s*("(?:[^"\\]|\\.)*")/g)];
  const inJson = found.map((match) => JSON.parse(match[1] ?? '""') as string).join('');
  const chunks = [...out.matchAll(/"bytes":\s*"([^"]*)"/g)];
  const inner = chunks.map((match) => Buffer.from(match[1] ?? '', 'base64').toString()).join('\n');
  return [out, inJson, ...(inner === '' ? [] : [printedText(inner)])].join('\n');
}
