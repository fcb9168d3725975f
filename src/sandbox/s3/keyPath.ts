import { createHash } from 'node:crypto';

/**
 * How a key becomes a path below the bucket's folder: segment by segment, plain where the plain name
 * is safe on every file system, percent-encoded elsewhere, shortened with a hash where too long.
 * `%` itself is always encoded, so names that begin with `%` never come from a key and are free for
 * the sandbox's own use.
 */

/** A name no key can produce, for the empty segment of `a//b`, `/a` and `folder/`. */
const emptySegment = '%_';
/** Marks a segment that had to be shortened; such a key is found through its metadata. */
const shortened = '%~';
/** Folder of objects whose natural path is taken, as `a` where `a/b` exists already. */
export const detachedFolder = '%!detached';

// eslint-disable-next-line no-control-regex -- control characters are what it is to find
const unsafe = /[\u0000-\u001f\u007f<>:"|?*\\%]/g;
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const maxSegmentBytes = 180;

/** The path of a key relative to the bucket's folder, with `/` between segments. */
export function keyToPath(key: string): string {
  return key.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  if (segment === '') return emptySegment;
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '%2E');
  let name = segment.replace(unsafe, percent).replace(/[. ]$/, percent);
  // A leading dot hides the file from the person who looks for it, and names our own folders.
  if (deviceName.test(name)) name = percent(name.charAt(0)) + name.slice(1);
  if (Buffer.byteLength(name) <= maxSegmentBytes) return name;
  const hash = createHash('sha256').update(segment).digest('hex').slice(0, 32);
  return `${cutBytes(name, 100)}${shortened}${hash}`;
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function cutBytes(text: string, bytes: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > bytes) cut = cut.slice(0, -1);
  // Half a surrogate pair or half an escape would not survive the file system.
  return cut.replace(/[\ud800-\udbff]$/, '').replace(/%[0-9A-F]?$/, '');
}

/** The key of a path, or undefined where only the metadata knows it. */
export function pathToKey(path: string): string | undefined {
  if (path.includes(shortened) || path.startsWith(detachedFolder)) return undefined;
  const segments = path.split('/').map((name) => {
    if (name === emptySegment) return '';
    return name.replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  });
  return segments.join('/');
}

/** Where an object goes whose natural path is taken by a folder or another object. */
export function detachedPath(key: string): string {
  return `${detachedFolder}/${createHash('sha256').update(key).digest('hex')}`;
}
