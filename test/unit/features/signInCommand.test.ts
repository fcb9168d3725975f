import assert from 'node:assert/strict';
import type { Connection, Profile } from '../../../src/core/connection.js';
import { signInArguments } from '../../../src/features/connection/signInCommand.js';

const profiles: Profile[] = [
  {
    name: 'console',
    kind: 'login',
    endpoints: {},
    signIn: { profile: 'console', command: 'login' },
  },
  {
    name: 'role',
    kind: 'role',
    endpoints: {},
    signIn: { profile: 'my sso', command: 'sso login' },
  },
  { name: 'keys', kind: 'session', endpoints: {} },
];
const on = (profile: string): Connection => ({
  kind: 'profile',
  profile,
  region: 'us-east-1',
  endpoints: {},
});

describe('signInArguments', () => {
  it('runs aws login for a console sign-in', () => {
    assert.deepEqual(signInArguments(on('console'), profiles), ['login', '--profile', 'console']);
  });

  it("signs in with a role's source profile", () => {
    assert.deepEqual(signInArguments(on('role'), profiles), [
      'sso',
      'login',
      '--profile',
      'my sso',
    ]);
  });

  it('says that keys have no sign-in', () => {
    assert.throws(
      () => signInArguments(on('keys'), profiles),
      /"keys" has no sign-in. Renew its keys/,
    );
    assert.throws(
      () => signInArguments({ kind: 'default', region: 'us-east-1', endpoints: {} }, profiles),
      /no sign-in/,
    );
  });
});
