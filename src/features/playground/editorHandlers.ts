import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CodePlace } from '../../core/code/requests.js';
import { endpointFor } from '../../core/connection.js';
import type { OwnHandlers } from '../../platform/panels.js';
import type { ModelChoice } from '../../resources/models/modelChoice.js';
import type { Services } from '../../services.js';
import type { playgroundContract } from './contract.js';
import type { PlaygroundDocument } from './document/documentSchema.js';
import { pickFiles, readFiles } from './document/files.js';
import type { PlaygroundHistory } from './history/history.js';
import { pickFromHistory } from './history/historyPick.js';
import { showMenu } from './menu.js';
import type { OwnCalls, Playground } from './playground.js';
import { pickGuardrail } from './settings/guardrails.js';
import { viewCode } from './turns/requestTools.js';

export interface EditorServices extends Pick<Services, 'session'> {
  readonly models: ModelChoice;
  readonly history: PlaygroundHistory;
  /** Opens a playground in a panel of its own. */
  readonly open: (document: PlaygroundDocument) => Promise<void>;
}

/** What a page asks of the editor: pickers, files, other tabs. */
export function editorHandlers(
  { session, models, history, open }: EditorServices,
  playground: Playground,
): Omit<OwnHandlers<typeof playgroundContract>, OwnCalls> {
  return {
    load: () => ({ ...playground.load(), inputs: history.inputs() }),
    open: async (document) => {
      await open(document);
      return undefined;
    },
    keepBranch: async (document) => {
      await history.save(document);
      return undefined;
    },
    modelFacts: ({ modelId }) => models.facts(modelId),
    pickModel: ({ modelId, isNative }) => models.pick(modelId, isNative),
    pickGuardrail: async (current) => pickGuardrail((await session.aws()).guardrails, current),
    pickFiles: () => pickFiles(),
    readFiles: ({ uris }) => readFiles(uris),
    viewCode: async (input) => viewCode(input, await codePlace(session)),
    showHistory: async () => {
      const id = await pickFromHistory(history);
      const chosen = id === undefined ? undefined : await history.load(id);
      if (chosen) await open(chosen);
      return undefined;
    },
    showMenu: async ({ laneId, draft }) => {
      const keep = (kept: PlaygroundDocument) => history.save(kept);
      await showMenu({ playground, laneId, draft, newId: randomUUID, keep });
      return undefined;
    },
    openText: async ({ text, languageId }) => {
      await openText(text, languageId);
      return undefined;
    },
    insertText: async ({ text }) => {
      await insertText(text);
      return undefined;
    },
  };
}

/** Opens a text as a document without a file. */
async function openText(content: string, languageId: string): Promise<void> {
  const languages = await vscode.languages.getLanguages();
  const language = languages.includes(languageId) ? languageId : 'plaintext';
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Puts a text in the place of the selection of the editor that was used last; a new one where none is. */
async function insertText(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) {
    await openText(text, 'plaintext');
    return;
  }
  await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  await editor.edit((edit) => {
    edit.replace(editor.selection, text);
  });
}

/** Region, endpoint and profile of the connection, for code. */
async function codePlace(session: Services['session']): Promise<CodePlace> {
  const { connection } = await session.aws();
  const endpoint = endpointFor(connection, 'bedrockRuntime');
  return {
    region: connection.region,
    ...(endpoint && { endpoint }),
    ...(connection.kind === 'profile' && { profile: connection.profile }),
  };
}
