import assert from 'node:assert/strict';
import { checkProfileChain, signInOf } from '../../../src/aws/profileChain.js';
import type { IniSection, SharedConfig } from '../../../src/aws/sharedConfig.js';

const role = (fields: IniSection): IniSection => ({ role_arn: 'arn:aws:iam::1:role/r', ...fields });
const sso = (fields: IniSection = {}): IniSection => ({
  sso_session: 'corp',
  sso_account_id: '111122223333',
  sso_role_name: 'Dev',
  ...fields,
});
const keys: IniSection = { aws_access_key_id: 'a', aws_secret_access_key: 'b' };

function config(profiles: Readonly<Record<string, IniSection>>): SharedConfig {
  const ssoSessions = {
    corp: { sso_start_url: 'https://corp.example/start', sso_region: 'us-east-1' },
    half: { sso_start_url: 'https://corp.example/start' },
  };
  return { profiles, ssoSessions, services: {} };
}

describe('checkProfileChain', () => {
  const wrong: readonly [string, Readonly<Record<string, IniSection>>, RegExp][] = [
    [
      'a source profile that is not there',
      { a: role({ source_profile: 'none' }) },
      /"a" names the source_profile "none"/,
    ],
    [
      'the last source profile of several that is not there',
      { a: role({ source_profile: 'b' }), b: role({ source_profile: 'c' }) },
      /"b" names the source_profile "c"/,
    ],
    [
      'a circle',
      { a: role({ source_profile: 'b' }), b: role({ source_profile: 'a' }) },
      /circle.*a → b → a/,
    ],
    ['a profile that is its own source', { a: role({ source_profile: 'a' }) }, /a → a/],
    [
      'a source profile without credentials',
      { a: role({ source_profile: 'b' }), b: { region: 'us-east-1' } },
      /"b", the source_profile of "a", has no credentials/,
    ],
    ['a role without a source', { a: role({}) }, /"a" has role_arn, but nothing that says who/],
    [
      'two sources',
      { a: role({ source_profile: 'b', credential_source: 'Environment' }), b: keys },
      /both source_profile and credential_source/,
    ],
    [
      'an unknown credential source',
      { a: role({ credential_source: 'environment' }) },
      /credential_source "environment".*Ec2InstanceMetadata/,
    ],
    [
      'an sso-session that is not there',
      { a: sso({ sso_session: 'corpp' }) },
      /"a" names the sso-session "corpp"/,
    ],
    [
      'an sso-session that is not there, behind a role',
      { a: role({ source_profile: 'b' }), b: sso({ sso_session: 'my corp' }) },
      /"b" names the sso-session "my corp"/,
    ],
    [
      'an sso-session without a Region',
      { a: sso({ sso_session: 'half' }) },
      /sso-session "half" of profile "a" lacks sso_region/,
    ],
    [
      'an account that is not said',
      { a: { sso_session: 'corp' } },
      /"a" lacks sso_account_id, sso_role_name/,
    ],
    [
      'single sign-on without a session',
      { a: { sso_start_url: 'https://x', sso_account_id: '1' } },
      /lacks sso_role_name, sso_region/,
    ],
    ['half a key', { a: { aws_access_key_id: 'x' } }, /"a" lacks aws_secret_access_key/],
    ['a profile that is not there', {}, /"a" is not in the AWS config/],
  ];
  for (const [what, profiles, says] of wrong) {
    it(`names ${what}`, () => {
      assert.throws(
        () => {
          checkProfileChain('a', config(profiles));
        },
        (error: Error & { kind?: string; action?: string }) => {
          assert.match(error.message, says);
          assert.equal(error.kind, 'credentials');
          assert.equal(error.action, 'pickConnection');
          return true;
        },
      );
    });
  }

  const right: readonly [string, Readonly<Record<string, IniSection>>][] = [
    ['keys', { a: keys }],
    ['single sign-on', { a: sso() }],
    ['a role over single sign-on', { a: role({ source_profile: 'b' }), b: sso() }],
    ['a role over its own keys', { a: role({ source_profile: 'a', ...keys }) }],
    [
      'a role whose source has keys and a role of its own',
      { a: role({ source_profile: 'b' }), b: role({ source_profile: 'gone', ...keys }) },
    ],
    ['a role of the environment', { a: role({ credential_source: 'Environment' }) }],
    ['a web identity', { a: role({ web_identity_token_file: '/t' }) }],
    ['a program', { a: { credential_process: '/bin/x' } }],
    ['a console sign-in', { a: { login_session: 'arn:aws:iam::1:user/me' } }],
    ['nothing, which the SDK tells', { a: {} }],
  ];
  for (const [what, profiles] of right) {
    it(`takes ${what}`, () => {
      checkProfileChain('a', config(profiles));
    });
  }
});

describe('signInOf', () => {
  const profiles = config({
    'my team': sso(),
    console: { login_session: 'arn:aws:iam::1:user/me' },
    outer: role({ source_profile: 'middle' }),
    middle: role({ source_profile: 'my team' }),
    keys,
    passed: { credential_process: "aws configure export-credentials --profile 'my team'" },
    program: { credential_process: '/bin/x' },
    loop: role({ source_profile: 'loop' }),
    web: role({ web_identity_token_file: '/t' }),
  });
  const rows: readonly [string, string | undefined][] = [
    ['my team', 'sso login --profile my team'],
    ['console', 'login --profile console'],
    ['outer', 'sso login --profile my team'],
    ['passed', 'sso login --profile my team'],
    ['keys', undefined],
    ['program', undefined],
    ['loop', undefined],
    ['web', undefined],
    ['gone', undefined],
  ];
  for (const [name, expected] of rows) {
    it(`of ${name}: ${expected ?? 'none'}`, () => {
      const found = signInOf(name, profiles);
      assert.equal(found && `${found.command} --profile ${found.profile}`, expected);
    });
  }
});
