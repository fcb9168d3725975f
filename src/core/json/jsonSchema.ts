import { getLocation } from 'jsonc-parser';
import { getLanguageService, type JSONSchema } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { JsonObject } from '../converse/types.js';

/** A finding in a JSON text; offsets count UTF-16 units, `end` exclusive. */
export interface JsonFinding {
  readonly start: number;
  readonly end: number;
  /** With the place in words: `items[2].price: Incorrect type. Expected "number".` */
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** A member or value to put between `start` and `end`. */
export interface JsonSuggestion {
  readonly label: string;
  readonly insert: string;
  /** What of `insert` is selected afterwards: a value to type over; empty where only the cursor goes there. */
  readonly selection: readonly [start: number, end: number];
  readonly start: number;
  readonly end: number;
  readonly about: string;
}

/** A long list of wrong items is one mistake; placing thousands would block for seconds. */
const mostFindings = 100;

/** What is wrong in a JSON text: broken JSON as an error, a miss of the schema as a warning; the first 100. */
export async function checkJson(text: string, schema: JsonObject): Promise<JsonFinding[]> {
  const { service, document, tree } = open(text, schema);
  const strict = { comments: 'error', trailingCommas: 'error' } as const;
  const found = await service.doValidation(document, tree, {
    ...strict,
    schemaValidation: 'warning',
  });
  return found.slice(0, mostFindings).map(({ range, message: words, severity }) => {
    const message = typeof words === 'string' ? words : words.value;
    const start = document.offsetAt(range.start);
    const place = pathText(getLocation(text, start).path);
    return {
      start,
      end: document.offsetAt(range.end),
      message: place === '' ? message : `${place}: ${message}`,
      severity: severity === 1 ? 'error' : 'warning',
    };
  });
}

/** What can be written at an offset: members of the object there, or the values a member may have. */
export async function completeJson(
  text: string,
  offset: number,
  schema: JsonObject,
): Promise<JsonSuggestion[]> {
  const { service, document, tree } = open(text, schema);
  const found = await service.doComplete(document, document.positionAt(offset), tree);
  return (found?.items ?? []).flatMap(({ label, documentation, textEdit }) => {
    if (!textEdit || !('range' in textEdit)) return [];
    const { range, newText } = textEdit;
    return {
      label: label.replaceAll('"', ''),
      ...withoutPlaceholders(newText),
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      about: typeof documentation === 'string' ? documentation : '',
    };
  });
}

/** What the schema says of the member before or behind an offset. */
export async function describeJson(
  text: string,
  offset: number,
  schema: JsonObject,
): Promise<string | undefined> {
  const { service, document, tree } = open(text, schema);
  // A cursor at the end of a value is still about that value.
  for (const at of [offset, Math.max(0, offset - 1)]) {
    const hover = await service.doHover(document, document.positionAt(at), tree);
    const contents = hover && Array.isArray(hover.contents) ? hover.contents : [];
    const words = contents.flatMap((part) => (typeof part === 'string' ? part : [])).join(' ');
    // The service escapes Markdown; here it is shown as text.
    if (words !== '') return words.replaceAll(/\\([^\w\s])/g, '$1');
  }
  return undefined;
}

/** A path for people: `items[2].price`; empty at the root. */
function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

function open(text: string, schema: JsonObject) {
  const service = getLanguageService({});
  const anyFile = { uri: 'schema://body', fileMatch: ['*'], schema: schema as JSONSchema };
  service.configure({ validate: true, schemas: [anyFile] });
  const document = TextDocument.create('body.json', 'json', 1, text);
  return { service, document, tree: service.parseJSONDocument(document) };
}

/** `"top_k": ${1:0}` as text, with the place of the first placeholder. */
function withoutPlaceholders(snippet: string): Pick<JsonSuggestion, 'insert' | 'selection'> {
  const [before = '', ...rest] = snippet.split(/\$\{?\d+/);
  const first = /^:([^}]*)\}/.exec(rest[0] ?? '')?.[1] ?? '';
  const insert = snippet.replaceAll(/\$\{\d+:([^}]*)\}|\$\{?\d+\}?/g, '$1');
  const start = rest.length === 0 ? insert.length : before.length;
  return { insert, selection: [start, start + first.length] };
}
