import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Records of the file the benches read. */
export const benchRecords = 500_000;

const words =
  'the quick summary of this support ticket should mention customer order refund delivery late parcel account please model answer short text invoice number charge email reply detail product return window policy agent call phone issue resolve'.split(
    ' ',
  );
const foreignWords = ['café', 'naïve', 'Straße', '日本', '“quoted”', 'señor', '🙂'];

/** Words of at least that many characters; one text in twenty is not plain ASCII. */
export function anyText(characters: number, random: () => number): string {
  const isForeign = random() < 0.05;
  let text = '';
  while (text.length < characters) {
    const list = isForeign && random() < 0.2 ? foreignWords : words;
    text += list[Math.floor(random() * list.length)] ?? '';
    text += random() < 0.02 ? '.\n' : ' ';
  }
  return text;
}

/** One record of Claude Messages, about 890 bytes. */
function record(index: number, random: () => number): string {
  const text = anyText(697, random);
  return JSON.stringify({
    recordId: `rec-${String(index).padStart(8, '0')}`,
    modelInput: {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 512,
      temperature: 0.2,
      messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    },
  });
}

/** The path of a dataset of that many records in the temporary folder: made once, always the same. */
export function makeDataset(records = benchRecords): string {
  return madeOnce(`bedrock-bench-${records}.jsonl`, (add, random) => {
    for (let index = 0; index < records; index++) add(record(index, random));
  });
}

/** The path of a file in the temporary folder; `make` adds its lines where it is not there yet. */
export function madeOnce(
  name: string,
  make: (add: (line: string) => void, random: () => number) => void,
): string {
  const path = join(tmpdir(), name);
  if (statSync(path, { throwIfNoEntry: false })) return path;
  let state = 20_261_122;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w');
  let lines: string[] = [];
  const write = () => {
    writeSync(file, lines.join(''));
    lines = [];
  };
  make((line) => {
    lines.push(line, '\n');
    if (lines.length >= 4000) write();
  }, random);
  write();
  closeSync(file);
  renameSync(unfinished, path);
  return path;
}
