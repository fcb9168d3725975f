import { turnText } from '../../../core/converse/conversation.js';
import type { PlaygroundDocument } from '../document/documentSchema.js';

/** UTF-16 units of a playground that are searched: its texts, without pictures and documents. */
const mostSearched = 200_000;
/** UTF-16 units shown around a word that was found. */
const shownBefore = 30;
const shownAfter = 90;

/** The words of a playground: system texts, prompts and answers, notes, the native body and its answer. */
export function searchTextOf(document: PlaygroundDocument): string {
  const { lanes, native, nativeAnswer, verdicts } = document;
  const texts = [
    ...lanes.flatMap((lane) => [lane.system, ...lane.turns.map(turnText)]),
    ...Object.values(verdicts).map(({ note }) => note ?? ''),
    native.body,
    nativeAnswer?.text ?? '',
  ];
  const filled = texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
  // What models say side by side is kept once where it is the same.
  return [...new Set(filled)].filter(Boolean).join('\n').slice(0, mostSearched);
}

/** The words of a search, in lower case. */
export function searchWords(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** True where every word is in one of the texts. */
export function hasWords(words: readonly string[], ...texts: readonly string[]): boolean {
  const lower = texts.map((text) => text.toLowerCase());
  return words.every((word) => lower.some((text) => text.includes(word)));
}

/** The place of a text where the first of the words is that it has; undefined where it has none. */
export function excerptAround(words: readonly string[], text: string): string | undefined {
  const lower = text.toLowerCase();
  const at = Math.min(...words.map((word) => lower.indexOf(word)).filter((index) => index >= 0));
  if (!Number.isFinite(at)) return undefined;
  const lineStart = text.lastIndexOf('\n', at) + 1;
  const start = Math.max(lineStart, at - shownBefore);
  const [line = ''] = text.slice(start, at + shownAfter).split('\n');
  const isCut = start + line.length < text.length && text.charAt(start + line.length) !== '\n';
  return `${start > lineStart ? '…' : ''}${line.trim()}${isCut ? '…' : ''}`;
}
