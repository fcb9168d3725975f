import type { MemberType } from './member.js';

/** Where in a body: names and indexes from its root. */
export type Path = readonly (string | number)[];

/** What is wrong with a body, for everybody who has to say it in their own words. */
export type Fault =
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  | { readonly kind: 'oneOf'; readonly names: readonly string[] }
  | { readonly kind: 'extra'; readonly name: string; readonly hint?: () => string }
  | { readonly kind: 'type'; readonly expected: readonly MemberType[]; readonly value: unknown }
  | { readonly kind: 'below'; readonly bound: number; readonly value: number }
  | { readonly kind: 'above'; readonly bound: number; readonly value: number }
  | {
      readonly kind: 'choice';
      readonly choices: readonly (string | number)[];
      readonly value: unknown;
    }
  | { readonly kind: 'form'; readonly tag: string; readonly value: string }
  | { readonly kind: 'tooFew' | 'tooMany'; readonly bound: number; readonly count: number }
  | { readonly kind: 'blank'; readonly isEmpty: boolean }
  | { readonly kind: 'union'; readonly given: readonly string[]; readonly names: readonly string[] }
  | { readonly kind: 'text' | 'rule'; readonly message: () => string; readonly refusal: string };

/** One fault and its place. `error` only where AWS or the model is known to refuse it. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  readonly fault: Fault;
  /** What to write instead, as a sentence. */
  readonly instead?: () => string;
  /** The rule that can be switched off in the settings. */
  readonly rule?: string;
}

/** A path for people: `messages[0].content`; empty at the root. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** True for a text without any character above U+0020; the dataset check's shapes mark the same ones. */
export function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x20) return false;
  }
  return true;
}
