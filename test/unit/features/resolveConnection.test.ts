import assert from 'node:assert/strict';
import {
  resolveConnection,
  type ConnectionSources,
} from '../../../src/features/connection/resolveConnection.js';

function sources(fields: Partial<ConnectionSources> = {}): ConnectionSources {
  return {
    profiles: [
      { name: 'dev', kind: 'keys', region: 'eu-west-1', endpoints: {} },
      { name: 'bare', kind: 'sso', endpoints: {} },
      {
        name: 'local',
        kind: 'keys',
        region: 'us-east-1',
        endpoints: { all: 'http://l:1', s3: 'http://l:2' },
      },
    ],
    environment: { endpoints: {} },
    settings: { region: '', endpoint: '', endpoints: {} },
    ...fields,
  };
}

describe('resolveConnection', () => {
  it('takes the Region of the choice, then the profile, then the setting, then the environment', () => {
    const all = sources({
      settings: { region: 'ap-south-1', endpoint: '', endpoints: {} },
      environment: { region: 'us-west-2', endpoints: {} },
    });
    assert.equal(
      resolveConnection({ profile: 'dev', region: 'sa-east-1' }, all).region,
      'sa-east-1',
    );
    assert.equal(resolveConnection({ profile: 'dev' }, all).region, 'eu-west-1');
    assert.equal(resolveConnection({ profile: 'bare' }, all).region, 'ap-south-1');
    const environment = sources({ environment: { region: 'us-west-2', endpoints: {} } });
    assert.equal(resolveConnection({ profile: 'bare' }, environment).region, 'us-west-2');
  });

  it('says that a profile is unknown, or has no Region', () => {
    assert.throws(
      () => resolveConnection({ profile: 'nope' }, sources()),
      /"nope" is not in the AWS config/,
    );
    assert.throws(() => resolveConnection({ profile: 'bare' }, sources()), /"bare" has no Region/);
    assert.throws(() => resolveConnection({}, sources()), /No AWS Region/);
  });

  it('reads the endpoints of a chosen profile, which the SDK ignores', () => {
    const { endpoints } = resolveConnection({ profile: 'local' }, sources());
    assert.deepEqual(endpoints, { all: 'http://l:1', s3: 'http://l:2' });
  });

  it('prefers the environment to the profile, settings to both, and the choice to all', () => {
    const environment = { endpoints: { bedrock: 'http://e:1' } };
    const settings = { region: '', endpoint: 'http://set:1', endpoints: { s3: 'http://set:2' } };
    assert.deepEqual(resolveConnection({ profile: 'local' }, sources({ environment })).endpoints, {
      all: 'http://l:1',
      s3: 'http://l:2',
      bedrock: 'http://e:1',
    });
    assert.deepEqual(
      resolveConnection({ profile: 'local' }, sources({ environment, settings })).endpoints,
      { all: 'http://set:1', s3: 'http://set:2' },
    );
    assert.deepEqual(
      resolveConnection(
        { profile: 'local', endpoint: 'http://c:1' },
        sources({ environment, settings }),
      ).endpoints,
      { all: 'http://c:1' },
    );
  });

  it('refuses an endpoint that is no URL', () => {
    assert.throws(
      () => resolveConnection({ profile: 'dev', endpoint: 'localhost:4566' }, sources()),
      /is not a URL/,
    );
  });

  it('needs nothing for the sandbox', () => {
    const empty = sources({ profiles: [] });
    assert.deepEqual(resolveConnection({ sandbox: true }, empty).kind, 'sandbox');
  });
});
