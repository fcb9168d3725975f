import assert from 'node:assert/strict';
import { parseOutputLine } from '../../../../src/core/results/outputLine.js';
import { ResultIndex } from '../../../../src/io/results/resultIndex.js';
import { Random } from '../../node/lines/randomJson.js';
import { temporaryFolder } from '../dataset/files.js';
import { builtWorker } from './builtWorker.js';
import { randomFile, randomId } from './randomLines.js';

interface Line {
  readonly line: number;
  readonly recordId: string;
  readonly status: string;
  readonly code: number | undefined;
  readonly isBroken: boolean;
}

function parsed(file: Buffer): Line[] {
  const text = file.toString('utf8').replace(/^\ufeff/, '');
  return text.split('\n').flatMap((each, index) => {
    if (each.trim() === '') return [];
    const { recordId, status, errorCode, isBroken = false } = parseOutputLine(each);
    return [{ line: index + 1, recordId, status, code: errorCode, isBroken }];
  });
}

/** The rows in the order of the input, joined the simple way. */
function slowJoin(inputs: readonly Line[], outputs: readonly Line[]): string[] {
  const answers = new Map<Line, Line>();
  const extras: Line[] = [];
  for (const output of outputs) {
    const same = inputs.filter(({ recordId }) => recordId !== '' && recordId === output.recordId);
    const open = same.find((input) => !answers.has(input));
    const [first] = same;
    if (open) answers.set(open, output);
    else if (!first) extras.push(output);
    else if (output.status === 'success' && answers.get(first)?.status !== 'success') {
      answers.set(first, output);
    } else extras.push(output);
  }
  return [
    ...inputs.map((input) => {
      const { recordId, status, code } = answers.get(input) ?? {
        ...input,
        status: 'missing',
        code: undefined,
      };
      return `${input.line} ${recordId} ${status} ${code}`;
    }),
    ...extras.map(
      ({ recordId, code, isBroken }) => `- ${recordId} ${isBroken ? 'error' : 'extra'} ${code}`,
    ),
  ];
}

describe('ResultIndex over random files', function () {
  this.timeout(60_000);
  const write = temporaryFolder();
  const lane = [
    { name: 'on this thread', options: () => Promise.resolve({ workers: 0 }) },
    { name: 'with threads', options: async () => ({ worker: await builtWorker(), workers: 2 }) },
  ];

  async function rowsOf(outputs: readonly string[], input: string, options: object) {
    const index = new ResultIndex({ outputs, input, readOutput: () => ({}), ...options });
    await index.done;
    assert.equal(index.progress.error, undefined);
    const view = { order: 'input' } as const;
    const rows = await index.page(0, index.rowCount(view), view);
    const counts = index.counts();
    index.dispose();
    assert.equal(counts.total, rows.length);
    return rows.map(({ line, recordId, status, errorCode }) =>
      [line ?? '-', recordId, status, errorCode].join(' '),
    );
  }

  const asText = (rows: readonly string[]) => rows.map((row) => row.replace(/ undefined$/, ' '));

  for (const { name, options } of lane) {
    it(`joins as JSON.parse and a loop do, ${name}`, async () => {
      const random = new Random(11);
      for (let round = 0; round < 12; round++) {
        const files = [randomFile(random, 60), randomFile(random, 60)];
        const input = Buffer.from(
          Array.from(
            { length: 50 },
            () => `{"recordId":"${randomId(random)}","modelInput":{}}\n`,
          ).join(''),
        );
        const paths = files.map((file, at) => write(`${at}.jsonl.out`, file));
        const found = await rowsOf(paths, write('in.jsonl', input), await options());
        assert.deepEqual(found, asText(slowJoin(parsed(input), files.flatMap(parsed))));
      }
    });
  }

  it('ends at once where it is disposed, with and without threads', async () => {
    const line = `{"recordId":"a","modelOutput":{"text":"${'x'.repeat(1000)}"}}\n`;
    const outputs = [write('large.jsonl.out', line.repeat(40_000))];
    for (const { options } of lane) {
      const index = new ResultIndex({ outputs, readOutput: () => ({}), ...(await options()) });
      await new Promise<void>((resolve) => {
        index.onDidChange(() => {
          resolve();
        });
      });
      index.dispose();
      const start = performance.now();
      await index.done;
      assert.ok(performance.now() - start < 2000);
      assert.ok(index.counts().total < 40_000);
      assert.equal(index.progress.error, undefined);
    }
  });
});
