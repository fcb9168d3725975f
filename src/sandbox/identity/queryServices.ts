import { randomUUID } from 'node:crypto';
import { awsError } from '../awsError.js';
import { xmlElement, xmlReply } from '../http/replies.js';
import type { WireResponse } from '../http/wire.js';
import { type SandboxIdentity, sandboxRoleName } from '../state/identity.js';

/** ARN of the sandbox's only user, who holds the keys. */
export function userArn({ accountId, userName }: SandboxIdentity): string {
  return `arn:aws:iam::${accountId}:user/${userName}`;
}

/** ARN of the service role batch jobs may be given. */
export function roleArn({ accountId }: SandboxIdentity): string {
  return `arn:aws:iam::${accountId}:role/${sandboxRoleName}`;
}

/** The `Action` of a query-protocol body, for STS and IAM. */
export function queryAction(body: Uint8Array): string {
  return new URLSearchParams(Buffer.from(body).toString('utf8')).get('Action') ?? 'Unknown';
}

/** Runs an operation of STS or IAM (query protocol). */
export function runQueryService(operation: string, identity: SandboxIdentity): WireResponse {
  if (operation === 'GetCallerIdentity') return getCallerIdentity(identity);
  if (operation === 'ListRoles') return listRoles(identity);
  if (operation === 'GetRole') return getRole(identity);
  throw awsError('InvalidAction', `Could not find operation ${operation} in the sandbox.`, 400);
}

function getCallerIdentity(identity: SandboxIdentity): WireResponse {
  const result =
    xmlElement('Arn', userArn(identity)) +
    xmlElement('UserId', identity.userId) +
    xmlElement('Account', identity.accountId);
  return queryReply('GetCallerIdentity', 'https://sts.amazonaws.com/doc/2011-06-15/', result);
}

const iamNamespace = 'https://iam.amazonaws.com/doc/2010-05-08/';

function listRoles(identity: SandboxIdentity): WireResponse {
  const roles = `<Roles><member>${roleXml(identity)}</member></Roles>`;
  return queryReply('ListRoles', iamNamespace, `${roles}<IsTruncated>false</IsTruncated>`);
}

function getRole(identity: SandboxIdentity): WireResponse {
  return queryReply('GetRole', iamNamespace, `<Role>${roleXml(identity)}</Role>`);
}

function roleXml(identity: SandboxIdentity): string {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'bedrock.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  return (
    xmlElement('Path', '/') +
    xmlElement('RoleName', sandboxRoleName) +
    xmlElement('RoleId', 'AROASANDBOXSANDBOXROLE') +
    xmlElement('Arn', roleArn(identity)) +
    xmlElement('CreateDate', '2026-01-01T00:00:00Z') +
    xmlElement('AssumeRolePolicyDocument', encodeURIComponent(JSON.stringify(trust))) +
    xmlElement('Description', 'Service role for batch inference jobs in the sandbox') +
    xmlElement('MaxSessionDuration', 3600)
  );
}

function queryReply(operation: string, namespace: string, result: string): WireResponse {
  const body =
    `<${operation}Response xmlns="${namespace}"><${operation}Result>${result}</${operation}Result>` +
    `<ResponseMetadata>${xmlElement('RequestId', randomUUID())}</ResponseMetadata></${operation}Response>`;
  return xmlReply(body, 200, 'text/xml');
}
