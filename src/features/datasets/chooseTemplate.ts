import * as vscode from 'vscode';
import { type Choice, askText, cancelled, pick, separator } from '../../platform/quickInput.js';
import type { TableRow } from '../../io/table/tableRow.js';
import { findFiles } from '../../platform/pickFile.js';
import { newPromptFile } from './newPromptFile.js';
import { fileTemplate, type Template, textTemplate } from './template.js';

/** The table that a template is wanted for. */
export interface TemplateSearch {
  readonly table: vscode.Uri;
  /** Its first row, whose columns a prompt can use. */
  readonly row: TableRow;
  readonly modelId: string;
  readonly disabledRules: readonly string[];
}

/** Prompt files that are looked at. */
const mostFiles = 50;

/**
 * Asks for the prompt that the rows of a table are put into: a prompt file, those that fit first, or one
 * that is written now. Rejects with `cancelled` where the person leaves, or writes a file first.
 */
export async function chooseTemplate(search: TemplateSearch): Promise<Template> {
  const columns = Object.keys(search.row.cells);
  const shown = columns.map((name) => `{{${name}}}`).join(', ');
  const item = (label: string, detail: string, value: () => Promise<Template>) => ({
    label,
    detail,
    value,
  });
  const files = await fileChoices(search, new Set(columns));
  const [fit, others] = [files.filter(({ isFit }) => isFit), files.filter(({ isFit }) => !isFit)];
  const group = (title: string, items: typeof files) =>
    items.length > 0 ? [separator(title), ...items] : [];
  const chosen = await pick<() => Promise<Template>>({
    title: vscode.l10n.t('Prompt for the Rows of {0}', nameOf(search.table)),
    placeholder: vscode.l10n.t('Each row becomes a record; {0} stands for a cell', '{{column}}'),
    items: [
      ...group(vscode.l10n.t('prompt files'), fit),
      separator(vscode.l10n.t('new')),
      item(vscode.l10n.t('$(edit) Write a Prompt…'), shown, () => writePrompt(search, columns)),
      item(
        vscode.l10n.t('$(new-file) New Prompt File'),
        vscode.l10n.t('Opens one with these columns; run it over the table from there'),
        async () => {
          await newPromptFile(search.table, search.row);
          throw cancelled();
        },
      ),
      item(
        vscode.l10n.t('$(folder-opened) Another Prompt File…'),
        vscode.l10n.t('A *.prompt.md file of another folder'),
        async () => fileTemplate(await askPromptFile(), search.disabledRules),
      ),
      ...group(vscode.l10n.t('prompt files that do not fit'), others),
    ],
  });
  return chosen();
}

async function fileChoices(
  { disabledRules }: TemplateSearch,
  columns: ReadonlySet<string>,
): Promise<(Choice<() => Promise<Template>> & { readonly isFit: boolean })[]> {
  const uris = await findFiles('**/*.prompt.md', mostFiles);
  const found = await Promise.all(
    uris.map(async (uri) => {
      const value = () => fileTemplate(uri, disabledRules);
      // A file that cannot be used says why once it is chosen.
      const template = await value().catch(() => undefined);
      const lacks = template?.records.columns.filter((name) => !columns.has(name)) ?? [];
      return { uri, value, template, lacks, isFit: template !== undefined && lacks.length === 0 };
    }),
  );
  found.sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
  return found.map(({ uri, value, template, lacks, isFit }) => {
    const names = (list: readonly string[]) => list.map((name) => `{{${name}}}`).join(', ');
    const detail = !template
      ? vscode.l10n.t('$(warning) Has no variables, or a problem')
      : lacks.length > 0
        ? vscode.l10n.t('$(warning) The table has no column for {0}', names(lacks))
        : names(template.records.names);
    return { label: `$(file) ${vscode.workspace.asRelativePath(uri)}`, detail, value, isFit };
  });
}

async function writePrompt(search: TemplateSearch, columns: readonly string[]): Promise<Template> {
  const { row, modelId, disabledRules } = search;
  const make = (text: string) => textTemplate(text, modelId, disabledRules);
  const text = await askText({
    title: vscode.l10n.t('Prompt for the Rows of {0}', nameOf(search.table)),
    prompt: vscode.l10n.t(
      'Columns: {0}. For a longer prompt make a prompt file.',
      columns.map((name) => `{{${name}}}`).join(', '),
    ),
    value: `{{${longest(row)}}}`,
    validate: (typed) => whatIsWrong(typed, columns, make),
  });
  return make(text);
}

function whatIsWrong(
  typed: string,
  columns: readonly string[],
  make: (text: string) => Template,
): string | undefined {
  try {
    const unknown = make(typed).records.names.find((name) => !columns.includes(name));
    return unknown === undefined
      ? undefined
      : vscode.l10n.t('The table has no column "{0}".', unknown);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The column that is likeliest what is asked about. */
function longest({ cells }: TableRow): string {
  const [first = ''] = Object.keys(cells);
  const length = (name: string) => cells[name]?.length ?? 0;
  return Object.keys(cells).reduce(
    (best, name) => (length(name) > length(best) ? name : best),
    first,
  );
}

async function askPromptFile(): Promise<vscode.Uri> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Open Prompt File'),
      filters: { [vscode.l10n.t('Prompt files')]: ['md'] },
    })) ?? [];
  if (!uri) throw cancelled();
  return uri;
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
