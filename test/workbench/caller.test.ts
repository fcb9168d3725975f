import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { forPerson } from '../../src/platform/commands.js';
import { until } from '../support/until.js';
import { refuses, run } from './support/workbench.js';

/** The error messages that VS Code is asked to show while the work is done. */
async function shownBy(
  work: () => Thenable<unknown>,
): Promise<{ result: unknown; said: string[] }> {
  const said: string[] = [];
  const { window } = vscode;
  const original = window.showErrorMessage;
  window.showErrorMessage = (message: string) => {
    said.push(message);
    return Promise.resolve(undefined);
  };
  try {
    const result = await work();
    await until('the message', () => said.length > 0 || result !== undefined);
    return { result, said };
  } finally {
    window.showErrorMessage = original;
  }
}

const wrong: readonly [string, readonly unknown[], RegExp][] = [
  ['bedrock.batch.validate', [vscode.Uri.parse('untitled:draft.jsonl')], /Save draft\.jsonl/],
  ['bedrock.batch.resume', ['no-such-run'], /no-such-run is not in the ledger/],
  ['bedrock.batch.discard', ['no-such-run'], /no-such-run is not in the ledger/],
  ['bedrock.jobs.remove', ['no-such-run'], /no such run/],
  ['bedrock.jobs.copyArn', ['no-such-run'], /no such run/],
  ['bedrock.results.open', [{ nonsense: true }], /Give a folder/],
  // What the table of commands refuses before a handler sees it.
  ['bedrock.connection.select', [{ region: 7 }], /bedrock\.connection\.select: .*"region".*string/],
  ['bedrock.sandbox.start', [{ port: 'x' }], /"port".*number/],
  ['bedrock.models.list', ['now'], /bedrock\.models\.list/],
  ['bedrock.models.details', [{ id: 'x' }], /Name a model/],
  ['bedrock.models.copyId', [['a', 7]], /Name a model/],
  ['bedrock.playground.open', [{ messages: 'Hello' }], /"messages"/],
  ['bedrock.playground.openPrompt', [7], /Give a file/],
  ['bedrock.batch.validate', ['/a.jsonl', { modelId: 7 }], /"modelId".*string/],
  ['bedrock.batch.submit', [{ path: 7 }], /Give a file/],
  ['bedrock.batch.submit', ['/a.jsonl', { tags: { team: 1 } }], /"tags\.team".*string/],
  ['bedrock.batch.resume', [7], /Name a run/],
  ['bedrock.jobs.stop', [{}], /Name a run by its id or a job/],
  ['bedrock.results.download', ['run', { folder: 1 }], /"folder".*string/],
];

describe('who started a command', () => {
  for (const [id, args, says] of wrong) {
    it(`${id}: an error rejects for a script and is shown to a person`, async () => {
      await assert.rejects(run(id, ...args), says);
      const { result, said } = await shownBy(() =>
        vscode.commands.executeCommand(id, ...forPerson(...args)),
      );
      assert.equal(result, undefined);
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', says);
    });
  }

  it('a node of a tree that another extension makes up is no click', () =>
    refuses(run('bedrock.jobs.remove', { kind: 'run', runId: 'x' }), 'notFound', /no such run/));

  it('the Explorer’s list of files is a click, a list of options is not', async () => {
    const file = vscode.Uri.parse('untitled:draft.jsonl');
    const { said } = await shownBy(() =>
      vscode.commands.executeCommand('bedrock.batch.validate', file, [file]),
    );
    assert.match(said[0] ?? '', /Save draft\.jsonl/);
    await refuses(run('bedrock.batch.validate', file, {}), 'invalidInput', /Save draft\.jsonl/);
  });
});
