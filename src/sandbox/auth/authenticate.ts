import type { AppError } from '../../core/errors.js';
import { awsError } from '../awsError.js';
import type { WireRequest } from '../http/wire.js';
import type { ServiceId } from '../target.js';
import type { SandboxIdentity } from '../state/identity.js';
import {
  type RequestSignature,
  isSame,
  isSignatureRight,
  parseAmzTime,
  readSignature,
  sha256Hex,
} from './sigv4.js';

/** What a checked request says about its body. */
export interface Authenticated {
  /** `x-amz-content-sha256` as sent, or the hash of the body where the header is absent. */
  readonly payloadHash: string;
  /** The signature chunk signatures start from; absent for bearer requests. */
  readonly signature?: RequestSignature;
}

const fiveMinutes = 5 * 60_000;
const fifteenMinutes = 15 * 60_000;
const mismatch =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const badToken = 'The security token included in the request is invalid.';

/**
 * Checks who sent the request and throws what AWS answers where it does not check.
 * `body` is the whole body where the caller has read it; S3 streams and passes nothing.
 */
export function authenticate(
  request: WireRequest,
  service: ServiceId,
  identity: SandboxIdentity,
  body?: Uint8Array,
): Authenticated {
  const bearer = /^Bearer\s+(.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
  if (bearer !== undefined) return checkBearer(bearer, service, identity);
  const signature = readSignature(request);
  if (signature === undefined) throw missingAuth(service, request);
  if (signature.scope.accessKeyId !== identity.accessKeyId) {
    throw unknownKey(service, signature.scope.accessKeyId);
  }
  if (securityToken(request)) throw invalidToken(service);
  checkClock(service, signature);
  const payloadHash = payloadHashOf(request, signature, body);
  if (!isSignatureRight(request, signature, payloadHash, identity.secretAccessKey)) {
    throw badSignature(service, mismatch);
  }
  if (body !== undefined && /^[0-9a-f]{64}$/.test(payloadHash) && sha256Hex(body) !== payloadHash) {
    throw badSignature(service, mismatch);
  }
  return { payloadHash, signature };
}

function payloadHashOf(
  request: WireRequest,
  signature: RequestSignature,
  body: Uint8Array | undefined,
): string {
  if (signature.expires !== undefined) return 'UNSIGNED-PAYLOAD';
  return request.headers['x-amz-content-sha256'] ?? sha256Hex(body ?? new Uint8Array());
}

function checkBearer(token: string, service: ServiceId, identity: SandboxIdentity): Authenticated {
  // API keys work for Bedrock and Bedrock Runtime only:
  // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html
  if (service !== 'bedrock') throw missingAuth(service, undefined);
  if (!isSame(sha256Hex(token), sha256Hex(identity.apiKey))) {
    throw awsError(
      'AccessDeniedException',
      'Authentication failed: Please make sure your API Key is valid.',
      403,
    );
  }
  return { payloadHash: 'UNSIGNED-PAYLOAD' };
}

function securityToken(request: WireRequest): boolean {
  const token =
    request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token');
  return token !== undefined && token !== '';
}

function checkClock(service: ServiceId, signature: RequestSignature): void {
  const sent = parseAmzTime(signature.time);
  const now = Date.now();
  if (signature.expires !== undefined) {
    if (!(now <= sent + signature.expires * 1000)) {
      throw awsError('AccessDenied', 'Request has expired', 403);
    }
    return;
  }
  const allowed = service === 's3' ? fifteenMinutes : fiveMinutes;
  if (Math.abs(now - sent) <= allowed) return;
  if (service === 's3') {
    throw awsError(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
    );
  }
  throw badSignature(
    service,
    `Signature expired: ${signature.time} is now earlier or later than the allowed ` +
      `${allowed / 60_000} min. around ${new Date(now).toISOString()}.`,
  );
}

function missingAuth(service: ServiceId, request: WireRequest | undefined): AppError {
  if (service === 's3') {
    const isMalformed = (request?.headers['authorization'] ?? '') !== '';
    return isMalformed
      ? awsError(
          'InvalidRequest',
          'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
          400,
        )
      : awsError('AccessDenied', 'Access Denied', 403);
  }
  if (service === 'bedrock') {
    return awsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  }
  return awsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
}

function unknownKey(service: ServiceId, accessKeyId: string): AppError {
  if (service === 's3') {
    const text = 'The AWS Access Key Id you provided does not exist in our records.';
    return awsError('InvalidAccessKeyId', text, 403, { AWSAccessKeyId: accessKeyId });
  }
  return invalidToken(service);
}

function invalidToken(service: ServiceId): AppError {
  if (service === 's3')
    return awsError('InvalidToken', 'The provided token is malformed or otherwise invalid.', 400);
  if (service === 'bedrock') return awsError('UnrecognizedClientException', badToken, 403);
  return awsError('InvalidClientTokenId', badToken, 403);
}

function badSignature(service: ServiceId, message: string): AppError {
  const code = service === 'bedrock' ? 'InvalidSignatureException' : 'SignatureDoesNotMatch';
  return awsError(code, message, 403);
}
