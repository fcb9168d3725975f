import { indent } from './text.js';

/** How a language writes JSON's values; names and strings come already quoted. */
export interface LiteralStyle {
  readonly text: (value: string) => string;
  readonly nothing: string;
  readonly flag: (value: boolean) => string;
  readonly list: readonly [open: string, close: string];
  readonly map: readonly [open: string, close: string];
  readonly entry: (name: string, value: string) => string;
  readonly unit: string;
  /** Bytes given as base64; only where `withBytes` is asked for. */
  readonly bytes: (base64: string) => string;
}

/** JSON as a literal of another language. `bytes` members that stand for bytes are written as such. */
export function printLiteral(value: unknown, style: LiteralStyle, withBytes = false): string {
  if (value === null || value === undefined) return style.nothing;
  if (typeof value === 'string') return style.text(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return style.flag(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => printLiteral(item, style, withBytes));
    return bracket(items, style.list, style.unit);
  }
  const entries = Object.entries(value as Record<string, unknown>).map(([name, member]) =>
    style.entry(name, printMember(name, member, style, withBytes)),
  );
  return bracket(entries, style.map, style.unit);
}

/** Members that hold the person's or the model's own JSON: nothing in them stands for bytes. */
const ownJson = new Set(['input', 'json', 'additionalModelRequestFields']);

function printMember(
  name: string,
  value: unknown,
  style: LiteralStyle,
  withBytes: boolean,
): string {
  const isBytes = name === 'bytes' || name === 'redactedContent';
  if (withBytes && isBytes && typeof value === 'string') return style.bytes(value);
  return printLiteral(value, style, withBytes && !ownJson.has(name));
}

function bracket(
  items: readonly string[],
  [open, close]: readonly [string, string],
  unit: string,
): string {
  if (items.length === 0) return `${open.trim()}${close.trim()}`;
  const line = `${open}${items.join(', ')}${close}`;
  if (line.length <= 72 && !line.includes('\n')) return line;
  const lines = items.map((item) => `${unit}${indent(item, unit)},`);
  return `${open.trim()}\n${lines.join('\n')}\n${close.trim()}`;
}
