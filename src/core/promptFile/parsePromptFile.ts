import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { errorMessage } from '../errors.js';
import {
  findVariables,
  foreignTags,
  hasValue,
  isExpression,
  variableName,
} from '../converse/variables.js';
import type { Conversation } from '../converse/types.js';
import { conversationOf } from './conversationOf.js';
import { frontMatterKeys, isKnownKey, keysBelow, type FrontMatter } from './frontMatter.js';
import { nearestName } from './nearestName.js';
import { readSections, type Section } from './sections.js';

/** A finding with its place; offsets count UTF-16 units of the file, `end` exclusive. */
export interface PromptProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** What the message says to do, where an editor can do it. */
  readonly fix?:
    | { readonly kind: 'rename'; readonly to: string }
    | { readonly kind: 'addVariable'; readonly name: string };
}

/** A `*.prompt.md` file as read. What is wrong is left out and reported. */
export interface PromptFile {
  readonly conversation: Conversation;
  readonly problems: readonly PromptProblem[];
  readonly sections: readonly Section[];
  /** The YAML between the fences; absent where the file begins without. */
  readonly frontMatter?: { readonly start: number; readonly end: number };
  /** Where the value of `model` stands, for CodeLens and completion. */
  readonly model?: { readonly start: number; readonly end: number };
  readonly bodyStart: number;
}

/** Reads a prompt file. Never throws: a broken file gives what can be read and says what is wrong. */
export function parsePromptFile(file: string): PromptFile {
  const fences = findFences(file);
  const yaml = file.slice(fences.start, fences.end);
  const document = parseDocument(yaml, { lineCounter: new LineCounter() });
  const problems: PromptProblem[] = document.errors.map(({ message, pos }) => ({
    start: fences.start + pos[0],
    end: fences.start + Math.max(pos[1], pos[0] + 1),
    message: message.split('\n')[0] ?? message,
    severity: 'error',
  }));
  const front = readFrontMatter(document, fences.start, problems);
  const sections = readSections(file, fences.bodyStart);
  checkSections(sections, front, problems);
  checkVariables({ file, sections, front, document, offset: fences.start }, problems);
  const model = rangeOf(document, ['model'], fences.start);
  return {
    conversation: conversationOf(front, sections),
    problems: problems.sort((a, b) => a.start - b.start),
    sections,
    ...(fences.found && { frontMatter: { start: fences.start, end: fences.end } }),
    ...(model && { model }),
    bodyStart: fences.bodyStart,
  };
}

interface Fences {
  readonly found: boolean;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
}

/** The front matter stands between two lines of `---`, the first of them the file's first line. */
export function findFences(file: string): Fences {
  const open = /^\ufeff?---[ \t]*\r?\n/.exec(file);
  const none = { found: false, start: 0, end: 0, bodyStart: 0 };
  if (!open) return none;
  const start = open[0].length;
  const close = /^---[ \t]*(?:\r?\n|$)/gm;
  close.lastIndex = start;
  const found = close.exec(file);
  if (!found) return { found: true, start, end: file.length, bodyStart: file.length };
  return { found: true, start, end: found.index, bodyStart: found.index + found[0].length };
}

type YamlDocument = Document.Parsed;

function readFrontMatter(
  document: YamlDocument,
  offset: number,
  problems: PromptProblem[],
): FrontMatter {
  const { contents } = document;
  if (!isMap(contents)) {
    if (document.errors.length === 0 && document.contents !== null) {
      const message = l10n.t('The front matter must be a list of keys with values.');
      problems.push({ start: offset, end: offset + 1, message, severity: 'error' });
    }
    return {};
  }
  const values = readValues(document, offset, problems);
  const front: Record<string, unknown> = {};
  for (const { key } of contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const place = keyRange(key, offset);
    if (!isKnownKey(name)) {
      problems.push({
        ...place,
        ...unknownKey(name, l10n.t('prompt files'), Object.keys(frontMatterKeys)),
      });
      continue;
    }
    const value = values[name];
    if (value === null || value === undefined) continue;
    const read = z.safeParse(frontMatterKeys[name], value);
    if (read.success) front[name] = read.data;
    else {
      for (const issue of read.error.issues) {
        const path = [name, ...issue.path.filter((step) => typeof step !== 'symbol')];
        if (issue.code === 'unrecognized_keys') {
          for (const key of issue.keys) {
            const at = keyRangeIn(document, path, key, offset) ?? place;
            problems.push({
              ...at,
              ...unknownKey(key, `"${name}"`, keysBelow(name)),
              severity: 'error',
            });
          }
          continue;
        }
        const at = rangeOf(document, path, offset) ?? place;
        const message = l10n.t('{0}: {1}. This key has no effect.', path.join('.'), issue.message);
        problems.push({ ...at, message, severity: 'error' });
      }
    }
  }
  return front;
}

function unknownKey(
  name: string,
  where: string,
  known: readonly string[],
): Pick<PromptProblem, 'message' | 'severity' | 'fix'> {
  const to = nearestName(name, known);
  return {
    message: l10n.t(
      '"{0}" is not a key of {1} and has no effect. The keys are {2}.',
      name,
      where,
      known.join(', '),
    ),
    severity: 'warning',
    ...(to !== undefined && { fix: { kind: 'rename', to } }),
  };
}

/** The place of a key below a path. */
function keyRangeIn(
  document: YamlDocument,
  path: readonly (string | number)[],
  key: string,
  offset: number,
): Range | undefined {
  const map: unknown = document.getIn(path, true);
  const found = isMap(map)
    ? map.items.find((item) => isScalar(item.key) && item.key.value === key)
    : undefined;
  return found && keyRange(found.key, offset);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Aliases may multiply: a file that unfolds into too much is refused, as YAML readers do. */
function readValues(
  document: YamlDocument,
  offset: number,
  problems: PromptProblem[],
): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: 100 }) as Record<string, unknown>;
  } catch (error) {
    const message = errorMessage(error);
    problems.push({ start: offset, end: offset + 1, message, severity: 'error' });
    return {};
  }
}

function keyRange(node: unknown, offset: number): Range {
  const range = isScalar(node) ? node.range : undefined;
  return range ? { start: offset + range[0], end: offset + range[1] } : { start: 0, end: 1 };
}

function rangeOf(
  document: YamlDocument,
  path: readonly (string | number)[],
  offset: number,
): Range | undefined {
  const node: unknown = document.getIn(path, true);
  const range = (node as { range?: readonly number[] | null } | undefined)?.range;
  if (range?.[0] === undefined || range[1] === undefined) return undefined;
  return { start: offset + range[0], end: offset + Math.max(range[1], range[0] + 1) };
}

function checkSections(
  sections: readonly Section[],
  front: FrontMatter,
  problems: PromptProblem[],
): void {
  for (const [index, section] of sections.entries()) {
    if (section.role !== 'system') continue;
    const place = { start: section.headingStart, end: section.headingEnd };
    if (index > 0) {
      const message = l10n.t('The system section belongs before the first message.');
      problems.push({ ...place, message, severity: 'warning' });
    }
    if (front.system !== undefined) {
      const message = l10n.t('There is a system text in the front matter too. Both are sent.');
      problems.push({ ...place, message, severity: 'warning' });
    }
  }
}

interface VariableCheck {
  readonly file: string;
  readonly sections: readonly Section[];
  readonly front: FrontMatter;
  readonly document: YamlDocument;
  readonly offset: number;
}

function checkVariables(check: VariableCheck, problems: PromptProblem[]): void {
  const { file, sections, front, document, offset } = check;
  const values = front.variables ?? {};
  const used = new Set<string>();
  const note = (name: string, place: Range) => {
    used.add(name);
    if (hasValue(values, name)) return;
    problems.push({ ...place, ...withoutValue(name) });
  };
  const system = rangeOf(document, ['system'], offset) ?? { start: offset, end: offset + 1 };
  // YAML folds and escapes, so the text's own places are not the file's.
  for (const { name } of findVariables(front.system ?? '')) note(name, system);
  for (const section of sections) {
    if (section.role === 'assistant') continue;
    for (const { name, start, end } of findVariables(file.slice(section.start, section.end))) {
      note(name, { start: section.start + start, end: section.start + end });
    }
    problems.push(...foreignIn(file, section));
  }
  for (const name of Object.keys(values)) {
    if (used.has(variableName(name))) continue;
    const at = rangeOf(document, ['variables', name], offset) ?? { start: offset, end: offset + 1 };
    const message = l10n.t('"{0}" is not used in the prompt.', name);
    problems.push({ ...at, message, severity: 'warning' });
  }
}

function withoutValue(name: string): Pick<PromptProblem, 'message' | 'severity' | 'fix'> {
  if (isExpression(name)) return { message: notWorkedOut(`{{${name}}}`), severity: 'error' };
  const message = l10n.t(
    '"{0}" has no value. Add it below "variables", or run the prompt over a table with that column.',
    name,
  );
  return { message, severity: 'warning', fix: { kind: 'addVariable', name } };
}

function foreignIn(file: string, { start, end }: Section): PromptProblem[] {
  const text = file.slice(start, end);
  return foreignTags(text).map((tag) => {
    const at = start + text.indexOf(tag);
    return { start: at, end: at + tag.length, message: notWorkedOut(tag), severity: 'error' };
  });
}

function notWorkedOut(tag: string): string {
  return l10n.t('{0} is not worked out and would be sent as it stands. Write a name.', tag);
}
