import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentEndpoints, loadProfiles } from '../../../src/aws/profiles.js';
import { profileFiles } from '../../../src/aws/sharedConfig.js';

describe('loadProfiles', () => {
  let folder: string;
  const saved = { ...process.env };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'profiles-'));
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
  });

  afterEach(async () => {
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
      if (saved[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = saved[name];
    }
    await rm(folder, { recursive: true });
  });

  const config = (text: string) => writeFile(join(folder, 'config'), text);
  const credentials = (text: string) => writeFile(join(folder, 'credentials'), text);

  it('gives an empty list where there are no files', async () => {
    assert.deepEqual(await loadProfiles(), []);
  });

  it('tells how each profile gets its credentials', async () => {
    await credentials(
      '[default]\naws_access_key_id=a\naws_secret_access_key=b\n[temp]\naws_access_key_id=a\naws_session_token=t\n',
    );
    await config(
      [
        '[profile sso]\nsso_session=corp\nsso_account_id=111122223333\nsso_role_name=Dev',
        '[sso-session corp]\nsso_start_url=https://x\nsso_region=us-east-1',
        '[profile old-sso]\nsso_start_url=https://x',
        '[profile role]\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=default',
        '[profile mfa]\nrole_arn=arn:aws:iam::1:role/r\nmfa_serial=m',
        '[profile proc]\ncredential_process=/bin/x',
        '[profile web]\nrole_arn=arn:aws:iam::1:role/r\nweb_identity_token_file=/t',
        '[profile login]\nlogin_session=s',
        '[profile nothing]\nregion=us-west-2',
      ].join('\n'),
    );
    const kinds = Object.fromEntries((await loadProfiles()).map(({ name, kind }) => [name, kind]));
    assert.deepEqual(kinds, {
      default: 'keys',
      login: 'login',
      mfa: 'mfa',
      nothing: 'empty',
      'old-sso': 'sso',
      proc: 'process',
      role: 'role',
      sso: 'sso',
      temp: 'session',
      web: 'webIdentity',
    });
  });

  it('puts default first and leaves out sections that are no profiles', async () => {
    await config(
      '[services s]\ns3 =\n  endpoint_url = http://x\n[profile a]\nregion=r\n[default]\nregion=r\n',
    );
    assert.deepEqual(
      (await loadProfiles()).map(({ name }) => name),
      ['default', 'a'],
    );
  });

  it('reads endpoints of the profile and of its services section', async () => {
    await config(
      '[profile a]\nendpoint_url = http://all\nservices = s\n[services s]\nbedrock_runtime =\n  endpoint_url = http://rt\n',
    );
    assert.deepEqual((await loadProfiles())[0]?.endpoints, {
      all: 'http://all',
      bedrockRuntime: 'http://rt',
    });
  });

  it('takes names with spaces, in quotes as the CLI writes them and without', async () => {
    await config(
      [
        "[profile 'my team']\nregion=us-east-1",
        '[profile "your team"]\nregion=us-east-2',
        '[profile their team]\nregion=us-west-1',
        `[profile 'it'"'"'s']\nregion=us-west-2`,
        '[profile müller]\nregion=eu-west-1 # near',
        '[profile __proto__]\nregion=eu-west-2',
      ].join('\n'),
    );
    await credentials(
      '[my team]\naws_access_key_id=a\naws_secret_access_key=b\n[plain]\nregion=x\n',
    );
    const found = (await loadProfiles()).map(({ name, kind, region }) => [name, kind, region]);
    assert.deepEqual(found.sort(), [
      ["it's", 'empty', 'us-west-2'],
      ['my team', 'keys', 'us-east-1'],
      ['müller', 'empty', 'eu-west-1'],
      ['plain', 'empty', 'x'],
      ['their team', 'empty', 'us-west-1'],
      ['your team', 'empty', 'us-east-2'],
    ]);
  });

  it('reads a file with a byte order mark and Windows line ends', async () => {
    await config('\uFEFF[profile a]\r\nregion=us-east-1\r\n');
    assert.deepEqual(
      (await loadProfiles()).map(({ name, region }) => [name, region]),
      [['a', 'us-east-1']],
    );
  });

  it('reads one file that both variables name', async () => {
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = process.env['AWS_CONFIG_FILE'];
    await config(
      "[profile 'my team']\nregion=us-east-1\n[keys]\naws_access_key_id=a\naws_secret_access_key=b\n",
    );
    assert.deepEqual(
      (await loadProfiles()).map(({ name, kind }) => [name, kind]),
      [
        ['keys', 'keys'],
        ['my team', 'empty'],
      ],
    );
  });

  it('finds a services section with a space in its name', async () => {
    await config(
      "[profile a]\nservices = my own\n[services 'my own']\nsts =\n  endpoint_url = http://sts\n",
    );
    assert.deepEqual((await loadProfiles())[0]?.endpoints, { sts: 'http://sts' });
  });

  it('takes a boolean in any case', async () => {
    await config(
      '[profile a]\nendpoint_url = http://all\nignore_configured_endpoint_urls = TRUE\n',
    );
    assert.deepEqual((await loadProfiles())[0]?.endpoints, {});
  });

  it('expands a home folder in ca_bundle', async () => {
    await config('[profile a]\nca_bundle = ~/corp.pem\n');
    const saved = process.env['HOME'];
    process.env['HOME'] = folder;
    try {
      assert.equal((await loadProfiles())[0]?.caBundle, join(folder, 'corp.pem'));
    } finally {
      process.env['HOME'] = saved;
    }
  });

  it('tells how one signs in, also for a role', async () => {
    await config(
      '[profile me]\nlogin_session=arn:aws:iam::1:user/me\n[profile role]\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=me\n',
    );
    const found = (await loadProfiles()).map(({ signIn }) => signIn);
    assert.deepEqual(found, [
      { profile: 'me', command: 'login' },
      { profile: 'me', command: 'login' },
    ]);
  });

  it('sees an edit of the file at once', async () => {
    await config('[profile a]\nregion=us-east-1\n');
    await loadProfiles();
    await config('[profile b]\nregion=us-east-1\n');
    assert.deepEqual(
      (await loadProfiles()).map(({ name }) => name),
      ['b'],
    );
  });
});

describe('profileFiles', () => {
  it('counts an empty variable as none, and expands a home folder', () => {
    const home = join('/', 'home', 'me');
    assert.deepEqual(
      profileFiles({ HOME: home, AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' }),
      [join(home, '.aws', 'config'), join(home, '.aws', 'credentials')],
    );
    assert.deepEqual(profileFiles({ HOME: home, AWS_CONFIG_FILE: '~/c' })[0], join(home, 'c'));
  });
});

describe('environmentEndpoints', () => {
  it('reads the general and the service variables', () => {
    assert.deepEqual(
      environmentEndpoints({
        AWS_ENDPOINT_URL: 'http://a',
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://r',
      }),
      { all: 'http://a', bedrockRuntime: 'http://r' },
    );
  });

  it('obeys AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', () => {
    for (const yes of ['true', 'TRUE', 'True']) {
      const env = { AWS_ENDPOINT_URL: 'http://a', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: yes };
      assert.deepEqual(environmentEndpoints(env), {});
    }
  });
});
