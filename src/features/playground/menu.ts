import * as vscode from 'vscode';
import { addTurn } from '../../core/converse/conversation.js';
import type { Conversation } from '../../core/converse/types.js';
import { askText, cancelled, pick, type Choice } from '../../platform/quickInput.js';
import { run } from '../../platform/commands.js';
import { readPrompt } from '../../resources/prompts/readPrompt.js';
import type { PlaygroundDocument } from './document/documentSchema.js';
import { toJson, toMarkdown } from './document/exportDocument.js';
import { fileStem, saveText } from './document/files.js';
import { documentOf, documentTitle, isAnswered } from './document/newDocument.js';
import type { Playground } from './playground.js';

type Action = () => PromiseLike<unknown>;

/** What a menu does to the playground it was opened from. */
export interface MenuTarget {
  readonly playground: Pick<Playground, 'document' | 'rename' | 'show'>;
  /** The lane whose settings are shown. */
  readonly laneId: string;
  /** What is typed and not sent yet. */
  readonly draft: string;
  /** Puts a playground into the history. */
  readonly keep: (document: PlaygroundDocument) => Promise<void>;
  readonly newId: () => string;
}

/** Everything that is done with a whole playground. */
export async function showMenu(target: MenuTarget): Promise<void> {
  const { document } = target.playground;
  const { laneId, draft } = target;
  const lane = document.lanes.find(({ id }) => id === laneId) ?? document.lanes[0];
  if (!lane) return;
  const typed = withDraft(lane, draft);
  const stem = fileStem(documentTitle(document));
  const item = (icon: string, label: string, value: Action): Choice<Action> => ({
    label: `$(${icon}) ${label}`,
    value,
  });
  const save = (title: string, name: string, text: string) => saveText({ title, name, text });
  const exportTitle = vscode.l10n.t('Export');
  const chosen = await pick<Action>({
    title: vscode.l10n.t('Playground'),
    items: [
      item('edit', vscode.l10n.t('Rename…'), () => rename(target)),
      item('save', vscode.l10n.t('Save as Prompt File…'), () => savePrompt(document, typed)),
      item('folder-opened', vscode.l10n.t('Open Prompt File…'), () => openPrompt(target)),
      item('markdown', vscode.l10n.t('Export as Markdown…'), () =>
        save(exportTitle, `${stem}.md`, toMarkdown(document)),
      ),
      item('json', vscode.l10n.t('Export as JSON…'), () =>
        save(exportTitle, `${stem}.json`, toJson(document)),
      ),
      item('add', vscode.l10n.t('Add to Dataset…'), () => run('bedrock.batch.addRecord', lane)),
      item('run-all', vscode.l10n.t('Run over a Table as Batch Job…'), () =>
        run('bedrock.batch.runOverTable', typed),
      ),
    ],
  });
  await chosen();
}

/** The conversation as it would be sent. */
function withDraft(lane: Conversation, draft: string): Conversation {
  if (draft.trim() === '') return lane;
  return addTurn(lane, { id: 'draft', role: 'user', content: [{ type: 'text', text: draft }] });
}

async function savePrompt(document: PlaygroundDocument, lane: Conversation): Promise<void> {
  const { serialisePromptFile } = await import('../../core/promptFile/serialisePromptFile.js');
  const { title: named } = document;
  const { text, lost } = serialisePromptFile({ ...lane, ...(named && { title: named }) });
  const title = vscode.l10n.t('Save as Prompt File');
  const name = `${fileStem(documentTitle(document))}.prompt.md`;
  const uri = await saveText({ title, name, text });
  if (uri && lost.length > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('A prompt file holds text only. Left out: {0}.', lost.join(', ')),
    );
  }
}

async function rename({ playground }: MenuTarget): Promise<void> {
  const title = await askText({
    title: vscode.l10n.t('Rename Playground'),
    value: documentTitle(playground.document) ?? '',
  });
  await playground.rename(title.trim());
}

async function openPrompt({ playground, keep, newId }: MenuTarget): Promise<void> {
  const opened = await readPromptFile(await askPromptFile(), newId);
  const { document } = playground;
  // What was paid for is still in the history.
  if (isAnswered(document)) await keep({ ...document, id: newId() });
  await playground.show({ ...opened, id: document.id });
}

/** Asks for a prompt file. */
export async function askPromptFile(): Promise<vscode.Uri> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Open Prompt File'),
      filters: { [vscode.l10n.t('Prompt files')]: ['md'] },
    })) ?? [];
  if (!uri) throw cancelled();
  return uri;
}

/** A prompt file as a playground. */
export async function readPromptFile(
  uri: vscode.Uri,
  newId: () => string,
): Promise<PlaygroundDocument> {
  const { conversation } = await readPrompt(uri);
  const { title } = conversation;
  const document = documentOf([{ ...conversation, id: newId() }], newId());
  return { ...document, ...(title !== undefined && { title }) };
}
