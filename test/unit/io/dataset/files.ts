import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder for the tests of one suite; removed when the suite ends. */
export function temporaryFolder(): (name: string, content: string | Uint8Array) => string {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bedrock-test-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
}

/** A record with a Claude body. */
export function aRecord(id: string | undefined, text = 'hello'): string {
  return JSON.stringify({
    ...(id !== undefined && { recordId: id }),
    modelInput: {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 100,
      messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    },
  });
}

/** That many good records, a line each, ids `r1`, `r2` … */
export function records(count: number, from = 1): string {
  return Array.from({ length: count }, (_, index) => `${aRecord(`r${from + index}`)}\n`).join('');
}

/** The bytes of an async stream. */
export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
