import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const words =
  'the quick summary of this support ticket should mention customer order refund delivery late parcel account please model answer short text invoice number charge email reply detail product return window policy agent call phone issue resolve'.split(
    ' ',
  );
const foreignWords = ['café', 'naïve', 'Straße', '日本', '“quoted”', 'señor', '🙂'];

/** One record of Claude Messages, about 890 bytes; one in twenty is not plain ASCII. */
function record(index: number, random: () => number): string {
  const isForeign = random() < 0.05;
  let text = '';
  while (text.length < 697) {
    const list = isForeign && random() < 0.2 ? foreignWords : words;
    text += list[Math.floor(random() * list.length)] ?? '';
    text += random() < 0.02 ? '.\n' : ' ';
  }
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
export function makeDataset(records = 500_000): string {
  const path = join(tmpdir(), `bedrock-bench-${records}.jsonl`);
  if (statSync(path, { throwIfNoEntry: false })) return path;
  let state = 20_261_122;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w');
  let lines: string[] = [];
  for (let index = 0; index < records; index++) {
    lines.push(record(index, random), '\n');
    if (lines.length < 4000 && index < records - 1) continue;
    writeSync(file, lines.join(''));
    lines = [];
  }
  closeSync(file);
  renameSync(unfinished, path);
  return path;
}
