import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { awsVariables } from '../support/editor/environment.js';
import { readJson } from '../support/repository.js';

interface StartUp {
  /** Files, processes and sockets that were touched while `activate` ran: `readFile /path`. */
  readonly atOnce: readonly string[];
  /** The same for a second and a half after it. */
  readonly later: readonly string[];
  /** Files of the modules that were loaded. */
  readonly loaded: readonly string[];
}

/** The built extension, activated in a process of its own on an editor that does nothing. */
describe('start-up', function () {
  this.timeout(60_000);
  let home: string;

  before(() => {
    execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
    home = mkdtempSync(join(tmpdir(), 'start-up-'));
    mkdirSync(join(home, '.aws'));
    writeFileSync(join(home, '.aws', 'config'), '[profile work]\nregion = us-east-1\n');
  });

  after(() => {
    rmSync(home, { recursive: true });
  });

  function startUp(settings: object): StartUp {
    const child = 'test/support/activation/child.mjs';
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      TEST_SETTINGS: JSON.stringify(settings),
      ...awsVariables(home),
    };
    const output = execFileSync(process.execPath, [child, resolve('.'), join(home, 'storage')], {
      env,
      encoding: 'utf8',
    });
    return JSON.parse(output) as StartUp;
  }

  /** What packages of AWS and Smithy are in the chunks that were loaded. */
  function awsPackages({ loaded }: StartUp): string[] {
    const { outputs } = readJson('dist/meta.json') as Metafile;
    const inputs = loaded.flatMap((path) =>
      Object.keys(outputs[relative('.', path).replaceAll('\\', '/')]?.inputs ?? {}),
    );
    const names = inputs.flatMap(
      (path) => /node_modules\/(@(?:aws-sdk|smithy|aws-crypto)\/[^/]+)\//.exec(path)?.[1] ?? [],
    );
    return [...new Set(names)].sort();
  }

  const ledger = () => `readdir ${join(home, 'storage', 'runs')}`;

  it('touches nothing but the ledger’s folder where no connection is remembered', () => {
    const seen = startUp({});
    assert.deepEqual(seen.atOnce, []);
    assert.deepEqual([...new Set(seen.later)], [ledger()]);
    assert.ok(seen.loaded.some((path) => path.endsWith('extension.js')));
    assert.deepEqual(awsPackages(seen), [], 'AWS code was loaded');
  });

  it('reads the AWS files in the background where a profile is, and loads no client', () => {
    const seen = startUp({ 'bedrock.profile': 'work' });
    assert.deepEqual(seen.atOnce, []);
    assert.deepEqual([...new Set(seen.later)].sort(), [
      `readFile ${join(home, '.aws', 'config')}`,
      `readFile ${join(home, '.aws', 'credentials')}`,
      ledger(),
    ]);
    assert.deepEqual(
      awsPackages(seen).filter((name) => /client-|credential|node-http-handler/.test(name)),
      [],
    );
  });
});
