/** A small seeded generator: the same inputs on every run. */
export class Random {
  constructor(private state: number) {}

  /** An integer from 0 to limit - 1. */
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

const texts = [
  '',
  'a',
  'text',
  'é',
  '日本',
  '🙂',
  '\\n',
  '\\u0041',
  '\\ud83d',
  '\\uDE42',
  '\\"',
  '\\\\',
  'x'.repeat(40),
];
const keys = ['recordId', 'modelInput', 'text', 'role', 'content', 'a', 'r\\u0065cordId', ''];
const numbers = ['0', '-0', '1', '-12.5', '1e9', '0.1E-7', '123456789012345678901234567890'];

/** One JSON value as text, with white space here and there. */
export function randomJson(random: Random, depth = 0): string {
  const space = () => random.pick(['', '', '', ' ', '\t', '  ', '\r']);
  const kind = random.below(depth > 3 ? 4 : 6);
  if (kind === 0) return `"${random.pick(texts)}${random.pick(texts)}"`;
  if (kind === 1) return random.pick(numbers);
  if (kind === 2) return random.pick(['true', 'false', 'null']);
  if (kind === 3) return random.pick(['{}', '[]', '[ ]', '{ }']);
  const members = Array.from({ length: random.below(4) }, () => {
    const value = space() + randomJson(random, depth + 1) + space();
    return kind === 4 ? value : `${space()}"${random.pick(keys)}"${space()}:${value}`;
  });
  return kind === 4 ? `[${members.join(',')}]` : `{${members.join(',')}}`;
}

const bytes = Array.from('"\\{}[]:,0123456789eE+-.tfnu \t\r\x00\x01\x1f/abcé🙂\'');

/** The text with one or a few characters inserted, removed or replaced. */
export function mutate(random: Random, text: string): string {
  let changed = text;
  for (let times = random.below(3) + 1; times > 0; times--) {
    const at = random.below(changed.length + 1);
    const kind = random.below(4);
    const insert = kind === 0 ? '' : random.pick(bytes);
    const removed = kind === 1 ? 0 : kind === 2 ? 1 : random.below(4);
    changed = changed.slice(0, at) + insert + changed.slice(at + removed);
  }
  // Half of a surrogate pair cannot be written as UTF-8.
  return Buffer.from(changed).toString('utf8').replaceAll('\n', ' ');
}
