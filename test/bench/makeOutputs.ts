import { closeSync, openSync, readSync } from 'node:fs';
import { anyText, benchRecords, madeOnce, makeDataset } from './makeDataset.js';

/** Records that Bedrock answers side by side come back in any order within such a block. */
const blockRecords = 2000;

interface BenchRecord {
  readonly recordId: string;
  readonly modelInput: unknown;
}

/** The path of what a job answers to the dataset of that many records: made once, always the same. */
export function makeOutputs(records = benchRecords): string {
  const dataset = makeDataset(records);
  return madeOnce(`bedrock-bench-${records}.jsonl.out`, (add, random) => {
    let block: string[] = [];
    const flush = () => {
      for (const line of shuffled(block, random)) add(line);
      block = [];
    };
    for (const line of linesOf(dataset)) {
      block.push(answer(JSON.parse(line) as BenchRecord, random));
      if (block.length === blockRecords) flush();
    }
    flush();
  });
}

/** Claude's answer to a record, 1.3 kB with the record; one in a hundred is an error. */
function answer({ recordId, modelInput }: BenchRecord, random: () => number): string {
  if (random() < 0.01) {
    const error = { errorCode: 400, errorMessage: 'Malformed input request, please try again.' };
    return JSON.stringify({ modelInput, error, recordId });
  }
  const modelOutput = {
    model: 'claude-sonnet-4-6',
    id: `msg_bdrk_${Math.floor(random() * 2 ** 32).toString(36)}`,
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: anyText(150, random) }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: 150 + Math.floor(random() * 50),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: 20 + Math.floor(random() * 40),
    },
  };
  return JSON.stringify({ modelInput, modelOutput, recordId });
}

function shuffled(lines: readonly string[], random: () => number): string[] {
  const mixed = [...lines];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as string, mixed[at] as string];
  }
  return mixed;
}

function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  const chunk = Buffer.alloc(1 << 20);
  let rest = Buffer.alloc(0);
  for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
    const bytes = Buffer.concat([rest, chunk.subarray(0, count)]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    for (const line of bytes.toString('utf8', 0, end).split('\n')) if (line !== '') yield line;
    rest = bytes.subarray(end);
  }
  closeSync(file);
}
