import { parseArgs } from 'node:util';
import { errorMessage, isAppError } from '../core/errors.js';
import type { Logger } from '../core/log.js';
import { processExists } from '../node/processExists.js';
import { type SandboxOptions, startSandbox } from './server.js';

const help = `Local sandbox for Amazon Bedrock batch inference: Bedrock, Bedrock Runtime, S3, STS, IAM.

Usage: node sandbox.js --data DIR [options]

  --data DIR              folder for keys, buckets and jobs (made where absent)
  --port N                port on 127.0.0.1; 0 takes any free one (default 0)
  --speed N               how many times faster than nominal jobs and streams run (default 1:
                          a job of 120 records takes about 8 seconds; 100: well under one)
  --region R              AWS Region to play (default us-east-1)
  --upstream URL          OpenAI-compatible server that writes the replies,
                          as http://127.0.0.1:11434/v1
  --upstream-model NAME   model of that server
  --exit-with-parent      end when the process that started this one ends
  --verbose               log every request to standard error
  --help                  show this text

When ready it prints one line of JSON: endpoint, port, region, accessKeyId, secretAccessKey, apiKey,
bucket, roleArn, accountId. Point any AWS SDK or CLI at the endpoint with those keys.
`;

class UsageError extends Error {}

interface CommandLine {
  readonly options: SandboxOptions;
  readonly isTiedToParent: boolean;
}

function readCommandLine(args: readonly string[]): CommandLine | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      speed: { type: 'string', default: '1' },
      region: { type: 'string', default: 'us-east-1' },
      upstream: { type: 'string' },
      'upstream-model': { type: 'string' },
      'exit-with-parent': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.data === undefined || values.data === '')
    throw new UsageError('--data DIR is required.');
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not "${values.port}".`);
  }
  const speed = Number(values.speed);
  if (!(speed > 0 && speed <= 1_000_000)) {
    throw new UsageError(`--speed must be a number above 0, not "${values.speed}".`);
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(values.region)) {
    throw new UsageError(
      `--region must be an AWS Region such as us-east-1, not "${values.region}".`,
    );
  }
  const upstream = readUpstream(values.upstream, values['upstream-model']);
  const log = values.verbose ? { log: stderrLog } : {};
  const options = { dataDir: values.data, port, speed, region: values.region, ...log, ...upstream };
  return { options, isTiedToParent: values['exit-with-parent'] };
}

function readUpstream(url: string | undefined, model: string | undefined) {
  if (url === undefined && model === undefined) return {};
  if (url === undefined || model === undefined) {
    throw new UsageError('--upstream and --upstream-model are given together.');
  }
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(`--upstream must be an http or https address, not "${url}".`);
  }
  return { upstream: { url, model } };
}

function say(level: string): Logger['info'] {
  return (message, fields) => {
    const more = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
    process.stderr.write(`${new Date().toISOString()} ${level} ${message}${more}\n`);
  };
}

const stderrLog: Logger = {
  trace: () => undefined,
  debug: say('debug'),
  info: say('info'),
  warn: say('warn'),
  error: say('error'),
};

/** Calls back when the parent process is gone. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    // On Windows the parent id stays when the parent is gone.
    if (process.ppid !== parent || !processExists(parent)) onGone();
  }, 500);
  timer.unref();
  process.once('disconnect', onGone);
}

async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2));
  if (command === 'help') {
    process.stdout.write(help);
    return;
  }
  const sandbox = await startSandbox(command.options);
  let isClosing = false;
  const end = () => {
    if (isClosing) return;
    isClosing = true;
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${errorMessage(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  if (command.isTiedToParent) watchParent(end);
  process.stdout.write(`${JSON.stringify(sandbox)}\n`);
}

main().catch((error: unknown) => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const isUsage = error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${errorMessage(error)}\n`);
  if (isUsage) process.stderr.write('Run with --help to see the options.\n');
  process.exitCode = isUsage ? 2 : 1;
  if (!isUsage && !isAppError(error)) process.stderr.write(`${String((error as Error).stack)}\n`);
});
