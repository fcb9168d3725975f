/** Turns a table into records and says what it cost. */
import { newConversation } from '../../src/core/converse/conversation.js';
import { RecordTemplate } from '../../src/core/table/recordTemplate.js';
import { writeTableRecords } from '../../src/io/table/tableRecords.js';
import { startCost } from './cost.js';

const [path = '', output = ''] = process.argv.slice(2);
const text = 'Product: {{product}}\n\n{{message}}';
const base = newConversation('c');
const template = new RecordTemplate({
  ...base,
  settings: { ...base.settings, parameters: { maxTokens: 200 } },
  turns: [{ id: 't', role: 'user', content: [{ type: 'text', text }] }],
});
const cost = startCost();
const { records } = await writeTableRecords({
  path,
  output,
  isReplacing: true,
  columns: template.columns,
  isBlank: (cells) => template.isBlankFor(cells),
  toRecord: (cells, recordId) => template.record(cells, recordId),
});
const megabytes = process.resourceUsage().maxRSS / 1000;
console.log(JSON.stringify({ ...cost(), megabytes, records }));
