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
