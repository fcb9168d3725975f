import { randomBytes, randomInt } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../http/body.js';
import { atomicWrite } from '../../node/files/atomicWrite.js';
import { readJsonIfValid } from '../../node/files/jsonFile.js';

/** Who the sandbox is: kept in `sandbox.json` of the data folder, so a restart keeps the keys. */
export interface SandboxIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What `AWS_BEARER_TOKEN_BEDROCK` must be for bearer requests. */
  readonly apiKey: string;
  readonly accountId: string;
  readonly userName: string;
  readonly userId: string;
}

/** The account the sandbox plays: no AWS account has this number. */
export const sandboxAccountId = '000000000000';
export const sandboxRoleName = 'AmazonBedrockBatchSandbox';
export const sandboxBucket = 'bedrock-sandbox';

/** Reads the identity of a data folder, or makes one. */
export async function loadIdentity(dataDir: string): Promise<SandboxIdentity> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'sandbox.json');
  const stored = await readJsonIfValid(file);
  if (isIdentity(stored)) return stored;
  const identity: SandboxIdentity = {
    accessKeyId: `AKIA${randomText(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    secretAccessKey: randomBytes(30).toString('base64').replaceAll(/[+/=]/g, 'x'),
    apiKey: `ABSK${randomBytes(48).toString('base64url')}`,
    accountId: sandboxAccountId,
    userName: 'sandbox',
    userId: `AIDA${randomText(17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
  };
  await atomicWrite(file, `${JSON.stringify(identity, undefined, 2)}\n`, { isSynced: false });
  await chmod(file, 0o600);
  return identity;
}

function isIdentity(value: unknown): value is SandboxIdentity {
  const names = ['accessKeyId', 'secretAccessKey', 'apiKey', 'accountId', 'userName', 'userId'];
  return isObject(value) && names.every((name) => typeof value[name] === 'string');
}

/** Random characters of an alphabet. */
export function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join('');
}
