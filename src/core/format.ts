/**
 * Numbers, sizes and times for people, in one place for the extension and its pages. The language is
 * that of the editor, not that of the operating system: the words around a number are the editor's too.
 */
let locale = 'en';
const formats = new Map<string, Intl.NumberFormat>();

/** Sets the language of numbers and times, a BCP 47 tag; once, at activation or as a page starts. */
export function useLocale(language: string): void {
  formats.clear();
  try {
    [locale = 'en'] = Intl.getCanonicalLocales(language);
  } catch {
    // A language pack with a name of its own, as `qps-ploc`: numbers are then as in English.
    locale = 'en';
  }
}

function format(options: Intl.NumberFormatOptions, value: number): string {
  const key = JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.NumberFormat(locale, options);
    formats.set(key, made);
  }
  return made.format(value);
}

/** A whole number with thousands separators: `120,000`. */
export function formatCount(count: number): string {
  return format({}, count);
}

/** One decimal at most. */
export function formatRate(rate: number): string {
  return format({ maximumFractionDigits: 1 }, rate);
}

/** 0 to 1 as per cent. */
export function formatShare(share: number): string {
  return format({ style: 'percent' }, share);
}

/** An amount of dollars, also the very small ones. */
export function formatMoney(amount: number): string {
  return format({ style: 'currency', currency: 'USD', maximumSignificantDigits: 3 }, amount);
}

/** A text in lines of at most so many characters, broken between words; a longer word stays whole. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** A size: `1.4 MB`. Decimal units, as S3's quotas are given. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.5 && unit < units.length - 1);
  const digits = value < 10 ? 1 : 0;
  const number = format({ minimumFractionDigits: digits, maximumFractionDigits: digits }, value);
  return `${number} ${units[unit] ?? 'TB'}`;
}

/** Milliseconds below one second, otherwise seconds. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 1000
    ? `${formatCount(Math.round(milliseconds))} ms`
    : `${formatRate(milliseconds / 1000)} s`;
}

/** A moment in the person's time zone, from ISO 8601 or milliseconds since the epoch. */
export function formatTime(moment: string | number): string {
  return new Date(moment).toLocaleString(locale);
}

/** The day of an ISO 8601 time as people and logs read it alike: `2026-11-26`. */
export function formatDay(iso: string): string {
  return iso.slice(0, 10);
}
