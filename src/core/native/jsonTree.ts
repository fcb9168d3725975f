/** A value in a JSON text; offsets count UTF-16 units, `end` exclusive. */
export interface JsonNode {
  readonly type: 'object' | 'array' | 'string' | 'number' | 'word';
  readonly start: number;
  end: number;
  /** Of an object, in order; also half-written ones. */
  readonly members: JsonMember[];
  readonly items: JsonNode[];
}

export interface JsonMember {
  readonly name: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  value?: JsonNode;
}

/**
 * The places of a JSON text, as far as it can be read: half-written text gives half a tree, never an
 * error. For messages about syntax use `JSON.parse`.
 */
export function readJsonTree(text: string): JsonNode | undefined {
  return new Reader(text).value(0);
}

const maxDepth = 200;

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  value(depth: number): JsonNode | undefined {
    this.skipSpace();
    const char = this.text[this.at];
    if (char === undefined || depth > maxDepth) return undefined;
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    const start = this.at;
    if (char === '"') {
      this.string();
      return node('string', start, this.at);
    }
    const word = /[^\s,:{}[\]"]+/y;
    word.lastIndex = start;
    const found = word.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    return node(/^-?\d/.test(found) ? 'number' : 'word', start, this.at);
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private string(): string {
    const start = this.at++;
    while (
      this.at < this.text.length &&
      this.text[this.at] !== '"' &&
      this.text[this.at] !== '\n'
    ) {
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    }
    this.at = Math.min(this.text.length, this.at + (this.text[this.at] === '"' ? 1 : 0));
    return unquote(this.text.slice(start, this.at));
  }

  private object(depth: number): JsonNode {
    const made = node('object', this.at++, this.text.length);
    for (;;) {
      this.skipSpace();
      const char = this.text[this.at];
      if (char === undefined || char === ']') break;
      if (char === '}') {
        this.at++;
        break;
      }
      if (char !== '"') {
        this.at++;
        continue;
      }
      const keyStart = this.at;
      const member: JsonMember = { name: this.string(), keyStart, keyEnd: this.at };
      this.skipSpace();
      if (this.text[this.at] === ':') {
        this.at++;
        const value = this.value(depth + 1);
        if (value) member.value = value;
      }
      made.members.push(member);
    }
    made.end = this.at;
    return made;
  }

  private array(depth: number): JsonNode {
    const made = node('array', this.at++, this.text.length);
    for (;;) {
      this.skipSpace();
      const char = this.text[this.at];
      if (char === undefined || char === '}') break;
      if (char === ']') {
        this.at++;
        break;
      }
      const item = char === ',' ? undefined : this.value(depth + 1);
      if (item) made.items.push(item);
      else this.at++;
    }
    made.end = this.at;
    return made;
  }
}

function node(type: JsonNode['type'], start: number, end: number): JsonNode {
  return { type, start, end, members: [], items: [] };
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch (error) {
    if (error instanceof SyntaxError) return quoted.replaceAll('"', '');
    throw error;
  }
}

/** The node at a path of member names and indexes; the last that exists where the path goes on. */
export function nodeAt(
  root: JsonNode,
  path: readonly (string | number)[],
): { readonly node: JsonNode; readonly key?: JsonMember } {
  let here: { node: JsonNode; key?: JsonMember } = { node: root };
  for (const step of path) {
    if (typeof step === 'number') {
      const item = here.node.items[step];
      if (!item) break;
      here = { node: item };
    } else {
      const key = here.node.members.findLast(({ name }) => name === step);
      if (!key) break;
      here = { node: key.value ?? here.node, key };
    }
  }
  return here;
}
