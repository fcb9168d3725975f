import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseS3Uri } from '../../../src/core/batch/names.js';
import { newConversation } from '../../../src/core/converse/conversation.js';
import { outputReaderFor } from '../../../src/core/results/readOutput.js';
import { sampleTickets } from '../../../src/core/sample/tickets.js';
import { sampleFiles } from '../../../src/core/sample/sampleFiles.js';
import { RecordTemplate } from '../../../src/core/table/recordTemplate.js';
import { downloadResults } from '../../../src/io/results/downloadResults.js';
import { ResultIndex } from '../../../src/io/results/resultIndex.js';
import { findRow } from '../../../src/io/table/findInput.js';
import { writeTableRecords } from '../../../src/io/table/tableRecords.js';
import { newRun, submitAndWait } from '../../support/runs.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';

const modelId = 'us.amazon.nova-2-lite-v1:0';

describe('the rows of a CSV file become a job and its results are joined with them', () => {
  let at: TestSandbox;

  before(async () => {
    at = await startTestSandbox();
  });

  after(() => at.close());

  it('each answer stands beside its row, in the order of the table', async () => {
    const table = join(at.folder, 'tickets.csv');
    await writeFile(table, sampleFiles().find(({ name }) => name === 'tickets.csv')?.text ?? '');
    const text = '{{customer}} says: {{message}}';
    const template = new RecordTemplate({
      ...newConversation('c', modelId),
      turns: [{ id: 't', role: 'user', content: [{ type: 'text', text }] }],
    });
    const dataset = join(at.folder, 'tickets.prompts.jsonl');
    const made = await writeTableRecords({
      path: table,
      output: dataset,
      columns: template.columns,
      isBlank: (cells) => template.isBlankFor(cells),
      toRecord: (cells, recordId) => template.record(cells, recordId),
    });
    assert.deepEqual(made, { records: 150, leftOut: 0, idColumn: 'ticket_id' });

    const run = await newRun(at, dataset, { modelId, invocationType: 'Converse' });
    const [job] = await submitAndWait(at, run);
    assert.deepEqual(job?.counters, { total: 150, processed: 150, success: 150, error: 0 });
    const place = parseS3Uri(run.request.outputS3Uri);
    const folder = join(at.folder, 'results');
    await mkdir(folder);
    const files = await downloadResults(at.aws.storage, {
      bucket: place?.bucket ?? '',
      prefix: `${place?.key ?? ''}${job.id}/`,
      folder,
    });

    const index = new ResultIndex({
      outputs: files.filter((file) => file.endsWith('.jsonl.out')),
      input: dataset,
      readOutput: outputReaderFor({ modelId, invocationType: 'Converse' }),
    });
    await index.done;
    const rows = await index.page(0, 150, { filter: 'all', order: 'input' });
    assert.deepEqual(
      rows.map(({ recordId, status }) => [recordId, status]),
      sampleTickets().map(({ ticket_id: id }) => [id, 'success']),
    );
    for (const [number, { customer, message }] of sampleTickets().entries()) {
      const detail = await index.detail(rows[number]?.key ?? -1);
      assert.deepEqual(detail?.modelInput, {
        messages: [{ role: 'user', content: [{ text: `${customer} says: ${message}` }] }],
      });
    }
    index.dispose();
    const source = { path: table, idColumn: 'ticket_id' };
    // The message of the fifth ticket takes two lines, and so does every twelfth after it.
    assert.deepEqual([await findRow(source, 'T-1005'), await findRow(source, 'T-1006')], [6, 8]);
    assert.equal(await findRow(source, 'T-9999'), undefined);
  });
});
