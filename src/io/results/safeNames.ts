import { createHash } from 'node:crypto';

/** Where an object is saved: parts of a path below the folder, joined by `/`. */
export interface SafeName {
  readonly key: string;
  readonly path: string;
  /** True where the key itself could not be the path. */
  readonly isChanged: boolean;
}

/** Bytes of a name: file systems take 255, and a download adds `.part`. */
const maxNameBytes = 240;

/**
 * Characters that a file name cannot have on some system, and what no name may end with.
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
const badCharacters = /[<>:"|?*\\\p{Cc}\p{Cs}]/gu;
const badEnd = /[. ]+$/;
/** Names of devices on Windows, with any ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\s*\.|\s*$)/i;
/** What a result's name ends with; kept, because results are found by it. */
const ending = /(?:\.jsonl|\.json)?\.out$|\.[A-Za-z0-9]{1,10}$/;

/**
 * A path for every key below one prefix, unlike all the others on any system, never outside of the
 * folder, and the same at each download. A key that is a good path keeps its name; any other gets a
 * name near its own with a mark made of the key. Keys are taken in their order.
 */
export function safeNames(keys: readonly string[]): SafeName[] {
  const folders = new Set(keys.flatMap((key) => foldersOf(key).map(alike)));
  const taken = new Set<string>();
  // Good keys first, so that no odd one takes a name that is another's own.
  const order = keys.map((key, index) => ({ key, index, path: cleanPath(key) }));
  order.sort((a, b) => Number(a.path !== a.key) - Number(b.path !== b.key) || a.index - b.index);
  const names: SafeName[] = [];
  for (const { key, index, path } of order) {
    const isFree = !taken.has(alike(path)) && !folders.has(alike(path));
    const unique = isFree ? path : markedPath(path, key);
    taken.add(alike(unique));
    names[index] = { key, path: unique, isChanged: unique !== key };
  }
  return names;
}

/** Paths that some system takes for one: it minds neither case nor how accents are put together. */
const alike = (path: string) => path.normalize('NFC').toLowerCase();

function foldersOf(key: string): string[] {
  const parts = cleanPath(key).split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** The key as a path, each part of it made good. */
function cleanPath(key: string): string {
  const parts = key.split('/').filter((part) => part !== '');
  return parts.map((part, index) => cleanName(part, parts.slice(0, index + 1).join('/'))).join('/');
}

function cleanName(name: string, path: string): string {
  const clean = name
    .replaceAll(badCharacters, '_')
    .replace(badEnd, (end) => '_'.repeat(end.length));
  const isLong = Buffer.byteLength(clean) > maxNameBytes;
  if (clean === name && !isLong && !device.test(name)) return name;
  return marked(device.test(clean) ? `_${clean}` : clean, path);
}

function markedPath(path: string, key: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return path.slice(0, slash) + marked(path.slice(slash), key);
}

/** `a.jsonl.out` as `a~1f2e3d4c.jsonl.out`: the mark is of what the name stands for. */
function marked(name: string, of: string): string {
  const mark = `~${createHash('sha256').update(of).digest('hex').slice(0, 8)}`;
  const end = ending.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - end.length);
  return cutBytes(stem, maxNameBytes - Buffer.byteLength(mark + end)) + mark + end;
}

/** The beginning of a text that takes no more than so many bytes, in whole characters. */
function cutBytes(text: string, bytes: number): string {
  let cut = '';
  let size = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    cut += character;
  }
  return cut;
}
