import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { createTransport } from '../../../src/aws/clients.js';
import { createKeyProvider, type AwsKeys } from '../../../src/aws/credentials.js';
import type { Connection } from '../../../src/core/connection.js';
import type { AppError, ErrorAction } from '../../../src/core/errors.js';

const saved = { ...process.env };
const variables = [
  'HOME',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_LOGIN_CACHE_DIRECTORY',
  'AWS_PROFILE',
];

describe('the keys of a profile', () => {
  let folder: string;
  let server: Server;
  let endpoint: string;
  let requests: { readonly authorization: string; readonly body: string }[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keys of a profile-'));
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        requests.push({ authorization: request.headers.authorization ?? '', body });
        const action = new URLSearchParams(body).get('Action') ?? '';
        response.writeHead(200, { 'content-type': 'text/xml' });
        response.end(assumed(action));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    requests = [];
    process.env['HOME'] = folder;
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
    process.env['AWS_LOGIN_CACHE_DIRECTORY'] = join(folder, 'login');
    delete process.env['AWS_PROFILE'];
  });

  after(async () => {
    for (const name of variables) {
      if (saved[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = saved[name];
    }
    server.close();
    await rm(folder, { recursive: true });
  });

  async function keysOf(
    profile: string,
    config: string,
    requestHandler: NodeHttpHandler = createTransport().handler,
    fields: Partial<Connection> = {},
  ): Promise<AwsKeys> {
    await writeFile(join(folder, 'config'), config);
    const connection = {
      kind: 'profile',
      profile,
      region: 'eu-west-1',
      endpoints: { sts: endpoint },
      ...fields,
    } as Connection;
    const no = () => Promise.reject(new Error('not asked'));
    return createKeyProvider(connection, { mfaCode: no, sandboxKeys: no }, requestHandler)();
  }

  async function fails(
    profile: string,
    config: string,
    says: RegExp,
    action: ErrorAction = 'pickConnection',
  ): Promise<AppError> {
    let thrown: AppError | undefined;
    await assert.rejects(keysOf(profile, config), (error: AppError) => {
      assert.match(error.message, says);
      assert.doesNotMatch(error.message, /undefined|Cannot read|ENOENT/);
      assert.deepEqual([error.kind, error.action], ['credentials', action]);
      thrown = error;
      return true;
    });
    return thrown as AppError;
  }

  const corp = `[sso-session 'my corp']
sso_start_url = https://corp.example/start
sso_region = us-east-1
`;
  const sso = (session: string) => `[profile dev]
sso_session = ${session}
sso_account_id = 111122223333
sso_role_name = Dev
region = eu-west-1
`;

  it('come from an sso-session with a space in its name, in the Region of the session', async () => {
    const cache = join(folder, '.aws', 'sso', 'cache');
    await mkdir(cache, { recursive: true });
    const name = createHash('sha1').update('my corp').digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await writeFile(join(cache, `${name}.json`), JSON.stringify({ accessToken: 't', expiresAt }));
    const { handler, hosts } = recordingHandler({
      roleCredentials: {
        accessKeyId: 'AKIASSO',
        secretAccessKey: 's',
        sessionToken: 't',
        expiration: Date.now() + 3_600_000,
      },
    });
    const keys = await keysOf('dev', sso('my corp') + corp, handler);
    assert.equal(keys.accessKeyId, 'AKIASSO');
    assert.deepEqual(hosts, ['portal.sso.us-east-1.amazonaws.com']);
    await rm(cache, { recursive: true });
  });

  it('are not there where the sign-in is not', async () => {
    await fails('dev', sso('my corp') + corp, /"dev" has no valid sign-in any more/, 'signIn');
  });

  it('name the sso-session that is not found', async () => {
    await fails('dev', sso('corpp') + corp, /"dev" names the sso-session "corpp"/);
  });

  it('name the source profile that is not found', async () => {
    const config = '[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = none\n';
    await fails('a', config, /"a" names the source_profile "none"/);
  });

  it('come over a chain of roles with names of any kind', async () => {
    const keys = await keysOf(
      'outer one',
      `[profile 'outer one']
role_arn = arn:aws:iam::1:role/outer
source_profile = my keys
[profile 'my keys']
aws_access_key_id = AKIASOURCE
aws_secret_access_key = b
`,
    );
    assert.equal(keys.accessKeyId, 'ASIAAssumeRole');
    assert.match(requests[0]?.authorization ?? '', /AKIASOURCE\/\d+\/eu-west-1\/sts/);
  });

  it('of a web identity come from the endpoint of the connection', async () => {
    const token = join(folder, 'token');
    await writeFile(token, 'a.b.c');
    const config = `[profile a]\nrole_arn = arn:aws:iam::1:role/w\nweb_identity_token_file = ${token}\n`;
    const keys = await keysOf('a', config);
    assert.equal(keys.accessKeyId, 'ASIAAssumeRoleWithWebIdentity');
    assert.match(requests[0]?.body ?? '', /WebIdentityToken=a\.b\.c/);
  });

  it('of a web identity are asked for in the Region of the connection', async () => {
    const token = join(folder, 'token');
    await writeFile(token, 'a.b.c');
    const { handler, hosts } = recordingHandler({});
    const config = `[profile a]\nrole_arn = arn:aws:iam::1:role/w\nweb_identity_token_file = ${token}\n`;
    await keysOf('a', config, handler, { endpoints: {} }).catch(() => undefined);
    assert.deepEqual(hosts, ['sts.eu-west-1.amazonaws.com']);
  });

  it('name the web identity token file that is not there', async () => {
    const config =
      '[profile a]\nrole_arn = arn:aws:iam::1:role/w\nweb_identity_token_file = /gone/token\n';
    await fails('a', config, /token file \/gone\/token of profile "a"/);
  });

  it('offer Sign In where the token of aws login is gone', async () => {
    const config = '[profile a]\nlogin_session = arn:aws:iam::111122223333:user/me\n';
    await fails('a', config, /"a" has no valid sign-in any more/, 'signIn');
    const role = config + '[profile r]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = a\n';
    await fails('r', role, /"r" has no valid sign-in any more/, 'signIn');
  });

  it('of aws login are renewed in the Region of the connection where no other is said', async () => {
    const session = 'arn:aws:iam::111122223333:user/me';
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'sec1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const expiresAt = new Date(Date.now() - 1000).toISOString();
    const token = {
      accessToken: {
        accessKeyId: 'a',
        secretAccessKey: 's',
        sessionToken: 't',
        accountId: '1',
        expiresAt,
      },
      clientId: 'c',
      refreshToken: 'r',
      dpopKey: privateKey,
    };
    const cache = join(folder, 'login');
    await mkdir(cache, { recursive: true });
    const name = createHash('sha256').update(session).digest('hex');
    await writeFile(join(cache, `${name}.json`), JSON.stringify(token));
    const { handler, hosts } = recordingHandler({});
    await assert.rejects(keysOf('a', `[profile a]\nlogin_session = ${session}\n`, handler), {
      kind: 'credentials',
      action: 'signIn',
    });
    assert.equal(hosts.length, 1);
    assert.match(hosts[0] ?? '', /^eu-west-1\./);
    await rm(cache, { recursive: true });
  });

  it('that have expired are to be renewed where nobody can sign in for them', async () => {
    const gone = createServer((request, response) => {
      request.resume();
      response.writeHead(400, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error></ErrorResponse>',
      );
    });
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const sts = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    const config = `[profile a]
role_arn = arn:aws:iam::1:role/r
source_profile = b
[profile b]
aws_access_key_id = ASIAOLD
aws_secret_access_key = b
aws_session_token = t
`;
    await assert.rejects(
      keysOf('a', config, createTransport().handler, { endpoints: { sts } }),
      (error: AppError) => {
        assert.deepEqual([error.kind, error.action], ['credentials', 'pickConnection']);
        assert.match(error.message, /Renew them where they come from.*token has expired/);
        return true;
      },
    );
    gone.close();
  });

  const program = (code: string) =>
    `[profile a]\ncredential_process = "${process.execPath}" -e "${code}"\n`;

  it('say what a program said that gives none, and not how it was called', async () => {
    const config = program("console.error('vault is locked'); process.exit(3) // s3cret");
    const error = await fails(
      'a',
      config,
      /credential_process of profile "a" failed: vault is locked\./,
    );
    assert.doesNotMatch(error.message, /s3cret/);
    await fails('a', program('process.exit(3)'), /failed and said nothing/);
    await fails('a', program('console.log(1+1+String())'), /credential_process/);
    await fails('a', program("console.log('hello')"), /invalid JSON/);
    await fails(
      'a',
      program("console.error('run aws sso login --profile x'); process.exit(1)"),
      /aws sso login/,
      'signIn',
    );
  });

  it('of the environment name what is wrong with the profile that it chooses', async () => {
    process.env['AWS_PROFILE'] = 'dev';
    await writeFile(join(folder, 'config'), sso('corpp') + corp);
    await assert.rejects(
      keysOf('', sso('corpp') + corp, createTransport().handler, { kind: 'default' }),
      /"dev" names the sso-session "corpp"/,
    );
  });
});

function assumed(action: string): string {
  return `<${action}Response><${action}Result><Credentials><AccessKeyId>ASIA${action}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration></Credentials></${action}Result></${action}Response>`;
}

/** A handler that answers every request with this JSON and notes who was asked. */
function recordingHandler(reply: object) {
  const hosts: string[] = [];
  const handler = createTransport().handler;
  handler.handle = ({ hostname }) => {
    hosts.push(hostname);
    const body = new TextEncoder().encode(JSON.stringify(reply));
    const headers = { 'content-type': 'application/json' };
    const response = { statusCode: 200, headers, body };
    return Promise.resolve({ response });
  };
  return { handler, hosts };
}
