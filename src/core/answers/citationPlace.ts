import type { Citation } from '../converse/types.js';
import { at, isObject, numberOf, stringOf } from '../models/bodies/json.js';

/** Where a cited passage is, as far as its citation says. */
export interface CitationPlace {
  /** Of the web. */
  readonly url?: string;
  readonly range?: {
    readonly unit: 'pages' | 'characters' | 'chunks';
    /** Which of the request's documents, from 1. */
    readonly document: number;
    /** As the model counts. */
    readonly start: number;
    readonly end: number;
  };
}

const units = [
  ['documentPage', 'pages'],
  ['documentChar', 'characters'],
  ['documentChunk', 'chunks'],
] as const;

/**
 * Reads a citation's location:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CitationLocation.html
 */
export function citationPlace({ location, source }: Citation): CitationPlace {
  const url = stringOf(at(location, 'web', 'url')) ?? source;
  if (url !== undefined && /^https?:/i.test(url)) return { url };
  const found = units.find(([member]) => isObject(location?.[member]));
  if (!found) return {};
  const [member, unit] = found;
  const [index, start, end] = ['documentIndex', 'start', 'end'].map((name) =>
    numberOf(at(location, member, name)),
  );
  if (index === undefined || start === undefined || end === undefined) return {};
  return { range: { unit, document: index + 1, start, end } };
}
