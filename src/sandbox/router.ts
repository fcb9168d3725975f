import { randomBytes, randomUUID } from 'node:crypto';
import { hasCode } from '../node/files/fileErrors.js';
import { delay } from '../core/async.js';
import { causeChain, isCancelled } from '../core/errors.js';
import type { Logger } from '../core/log.js';
import { adminReply } from './faults/admin.js';
import type { Fault, FaultRules } from './faults/faultRules.js';
import type { LoggedRequest, RequestLog } from './faults/requestLog.js';
import { authenticate } from './auth/authenticate.js';
import { readSignature } from './auth/sigv4.js';
import { type AwsFault, awsError, awsFaultOf } from './awsError.js';
import { runBedrock, unknownOperation } from './bedrock.js';
import type { BedrockServices } from './bedrockCall.js';
import { oneChunk, readBody } from './http/body.js';
import { errorReply } from './http/errorReply.js';
import { checkHost } from './http/host.js';
import { jsonReply } from './http/replies.js';
import type { Handler, WireRequest, WireResponse } from './http/wire.js';
import { queryAction, runQueryService } from './identity/queryServices.js';
import type { S3Services } from './s3/context.js';
import { s3Operation } from './s3/s3Operation.js';
import { runS3, s3Target } from './s3/s3Service.js';
import type { Target } from './target.js';
import { findRoute, hasStreamedInput } from './wire/route.js';

export interface RouterOptions {
  /** The port the Host header must name, known once the server listens. */
  readonly port: () => number;
  readonly s3: S3Services;
  readonly bedrock: BedrockServices;
  readonly faults: FaultRules;
  readonly requests: RequestLog;
  readonly log: Logger;
}

/** InvokeModel takes 25 MB; base64 in CountTokens and a margin for the JSON around it. */
const bodyLimit = 36 << 20;

/** One request on its way: what it asks for and, for all but S3, its body. */
interface Incoming {
  readonly request: WireRequest;
  readonly target: Target;
  readonly body?: Buffer;
  /** Key, model id or job name: what fault rules match with `key`. */
  readonly text: string;
  readonly bucket: string;
  readonly key: string;
}

/** The sandbox as one handler: Host check, routing, faults, signature, operation. */
export function createRouter(options: RouterOptions): Handler {
  return async (request) => {
    const addressed = checkHost(request.headers['host'] ?? '', options.port());
    if (addressed === undefined) {
      const message =
        'The Host header does not name this sandbox. Use its endpoint as printed at start.';
      return jsonReply({ message }, 403);
    }
    if (request.path.startsWith('/_sandbox/')) return adminReply(request, options);
    return answer(options, request, addressed.bucket);
  };
}

async function answer(
  options: RouterOptions,
  request: WireRequest,
  hostBucket: string | undefined,
): Promise<WireResponse | undefined> {
  const started = performance.now();
  const requestId = randomUUID();
  let target: Target = { service: guessService(request), operation: 'Unknown' };
  let entry: LoggedRequest | undefined;
  try {
    const incoming = await readIncoming(request, hostBucket);
    target = incoming.target;
    entry = options.requests.start(target.operation, request.method, request.path);
    const reply = await withFaults(options, incoming, entry);
    if (reply === undefined) return undefined;
    entry.status = reply.status;
    return withIds(reply, target, requestId);
  } catch (error) {
    if (request.signal.aborted && isGone(error)) return undefined;
    const fault = awsFaultOf(error) ?? internalFault(options.log, target, error);
    entry ??= options.requests.start(target.operation, request.method, request.path);
    const where = { requestId, method: request.method, path: request.path };
    const reply = errorReply(target, fault, where);
    entry.status = reply.status;
    return withIds(reply, target, requestId);
  } finally {
    if (entry !== undefined) entry.durationMs = Math.round(performance.now() - started);
    options.log.debug('request', { operation: target.operation, status: entry?.status });
  }
}

/** True for an error that only says that the client left in the middle. */
function isGone(error: unknown): boolean {
  return isCancelled(error) || hasCode(error, 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE');
}

function internalFault(log: Logger, { service, operation }: Target, error: unknown): AwsFault {
  log.error('request failed', { operation, error: causeChain(error) });
  const code = service === 's3' ? 'InternalError' : 'InternalServerException';
  const message = `The sandbox met an internal error: ${causeChain(error)}`;
  return { code, message, status: 500, isStatusGiven: true, extra: {} };
}

function withIds(reply: WireResponse, { service }: Target, requestId: string): WireResponse {
  const ids: Record<string, string> =
    service === 's3'
      ? {
          'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
          'x-amz-id-2': requestId,
          server: 'AmazonS3',
        }
      : { 'x-amzn-requestid': requestId };
  return { ...reply, headers: { ...reply.headers, ...ids } };
}

/** The service a request is for, from its signature or else from its path. */
function guessService(request: WireRequest): Target['service'] {
  const signed = readSignature(request)?.scope.service;
  if (signed === 's3' || signed === 'sts' || signed === 'iam' || signed === 'bedrock')
    return signed;
  if (request.headers['authorization']?.startsWith('Bearer ') === true) return 'bedrock';
  if (findRoute(request.method, request.path) !== undefined) return 'bedrock';
  const type = request.headers['content-type'] ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  return request.method === 'POST' && request.path === '/' && isForm ? 'sts' : 's3';
}

async function readIncoming(
  request: WireRequest,
  hostBucket: string | undefined,
): Promise<Incoming> {
  const service = hostBucket === undefined ? guessService(request) : 's3';
  if (service === 's3') {
    const { bucket, key } = s3Target(request, hostBucket);
    const operation = s3Operation(request, bucket, key);
    return { request, target: { service, operation }, text: key, bucket, key };
  }
  if (service !== 'bedrock') {
    const body = await readBody(request.body, bodyLimit);
    const target = { service, operation: queryAction(body) };
    return { request: withBody(request, body), target, body, text: '', bucket: '', key: '' };
  }
  const route = findRoute(request.method, request.path);
  const target = { service, operation: route?.name ?? 'Unknown', route };
  const text = Object.values(route?.labels ?? {}).join(' ');
  // An input that streams ends when its reader is done with it.
  if (route !== undefined && hasStreamedInput(route)) {
    return { request, target, text, bucket: '', key: '' };
  }
  const body = await readBody(request.body, bodyLimit);
  return {
    request: withBody(request, body),
    target,
    body,
    text: `${text} ${jobNameIn(body)}`,
    bucket: '',
    key: '',
  };
}

function withBody(request: WireRequest, body: Uint8Array): WireRequest {
  return { ...request, body: oneChunk(body) };
}

function jobNameIn(body: Buffer): string {
  return /"jobName"\s*:\s*"([^"]*)"/.exec(body.toString('utf8', 0, 4096))?.[1] ?? '';
}

async function withFaults(
  options: RouterOptions,
  incoming: Incoming,
  entry: LoggedRequest,
): Promise<WireResponse | undefined> {
  const fault = options.faults.takeForRequest(incoming.target.operation, incoming.text);
  if (fault === undefined) return run(options, incoming, entry);
  entry.fault = fault.kind;
  switch (fault.kind) {
    case 'dropBefore':
      return undefined;
    case 'throttle':
      throw throttled(incoming.target, fault);
    case 'error':
      throw awsError(
        fault.code ??
          (incoming.target.service === 's3' ? 'InternalError' : 'InternalServerException'),
        fault.message ?? 'A fault was asked for.',
        fault.status ?? 500,
      );
    case 'slow':
      await delay(fault.delayMs ?? 1000, incoming.request.signal);
      return run(options, incoming, entry);
    case 'dropAfter':
      await run(options, incoming, entry);
      return undefined;
    default:
      return run(options, incoming, entry, fault);
  }
}

function throttled({ service }: Target, { status, code, message }: Fault) {
  const isS3 = service === 's3';
  return awsError(
    code ?? (isS3 ? 'SlowDown' : service === 'bedrock' ? 'ThrottlingException' : 'Throttling'),
    message ??
      (isS3
        ? 'Please reduce your request rate.'
        : 'Too many requests, please wait before trying again.'),
    // Bedrock's services say themselves what it is.
    status ?? (isS3 ? 503 : service === 'bedrock' ? undefined : 400),
  );
}

async function run(
  options: RouterOptions,
  incoming: Incoming,
  entry: LoggedRequest,
  fault?: Fault,
): Promise<WireResponse> {
  const { request, target, body, bucket, key } = incoming;
  const { identity } = options.s3;
  const { service, operation, route } = target;
  const auth = authenticate(request, service, identity, body);
  let reply: WireResponse;
  if (service === 's3') {
    reply = await runS3(operation, { ...options.s3, request, bucket, key, auth });
  } else if (service === 'bedrock') {
    if (route === undefined) throw unknownOperation(`${request.method} ${request.path}`);
    reply = await runBedrock(route, options.bedrock, request, body ?? new Uint8Array(), fault);
  } else reply = runQueryService(operation, identity);
  entry.effect = reply.status < 400;
  return reply;
}
