import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePromptFile } from '../../../../src/core/promptFile/parsePromptFile.js';
import { sampleFiles } from '../../../../src/core/sample/sampleFiles.js';
import { RecordTemplate } from '../../../../src/core/table/recordTemplate.js';
import { checkDataset } from '../../../../src/io/dataset/check/checkDataset.js';
import { surveyTable } from '../../../../src/io/table/surveyTable.js';

describe('the sample', () => {
  let folder = '';
  const path = (name: string) => join(folder, name);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-sample-'));
    for (const { name, text } of sampleFiles()) await writeFile(path(name), text);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const textOf = (name: string) => sampleFiles().find((file) => file.name === name)?.text ?? '';

  it('has a prompt file without findings that fits its table, row by row', async () => {
    const { conversation, problems } = parsePromptFile(textOf('sort-ticket.prompt.md'));
    assert.deepEqual(problems, []);
    const template = new RecordTemplate({ ...conversation, variables: {} });
    const survey = await surveyTable(path('tickets.csv'), {
      columns: template.columns,
      isBlank: (cells) => template.isBlankFor(cells),
    });
    assert.deepEqual([survey.rows, survey.blank.count], [150, 0]);
    assert.equal(survey.idColumns[0]?.name, 'ticket_id');
  });

  it('has the same tickets as records, one of them broken', async () => {
    const { records, problems } = await checkDataset(path('tickets.jsonl'), { workers: 0 });
    assert.equal(records, 150);
    assert.deepEqual(
      problems.map(({ line, code }) => ({ line, code })),
      [{ line: 58, code: 'wrongBody' }],
    );
    const [first = ''] = textOf('tickets.jsonl').split('\n');
    const { modelInput } = JSON.parse(first) as { modelInput: { messages: { content: string }[] } };
    const { conversation } = parsePromptFile(textOf('sort-ticket.prompt.md'));
    assert.equal(modelInput.messages[0]?.content, new RecordTemplate(conversation).prompt({}));
  });
});
