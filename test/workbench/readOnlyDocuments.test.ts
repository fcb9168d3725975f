import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ReadOnlyDocuments } from '../../src/platform/readOnlyDocuments.js';
import { until } from '../support/until.js';

describe('a read-only document', () => {
  let documents: ReadOnlyDocuments;
  before(() => {
    documents = new ReadOnlyDocuments('bedrock-test-record');
  });
  after(() => {
    documents.dispose();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const shown = () => vscode.window.activeTextEditor?.document;
  const record = {
    name: 'ticket/1\n.json',
    id: 'folder#1',
    text: '{"a":1,"a":12345678901234567890}',
  };

  it('has the text, a name and a language, and nobody can type in it', async () => {
    await documents.show(record);
    assert.equal(shown()?.getText(), record.text);
    assert.equal(shown()?.languageId, 'json');
    assert.equal(shown()?.uri.path, '/ticket_1_.json');
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(shown()?.getText(), record.text);
    assert.equal(shown()?.isDirty, false);
  });

  it('is opened once, tells itself from one of the same name, and follows a new text', async () => {
    await documents.show(record);
    await documents.show({ ...record, id: 'folder#2', text: '{}' });
    await documents.show(record);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 2);
    await documents.show({ ...record, text: '{"a":2}' });
    await until('the new text', () => shown()?.getText() === '{"a":2}');
  });
});
