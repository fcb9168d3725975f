import { writeFile } from 'node:fs/promises';

const complaints = [
  'I cannot sign in since this morning; the page says my session has ended.',
  'The invoice of last month shows a seat that we removed in the spring.',
  'Exporting a report with more than fifty columns ends in a blank page.',
  'Thank you for the quick fix, the import works again.',
  'The mobile app logs me out every time I switch networks.',
  'Please move our workspace to the European region.',
  'Search finds nothing when the title has an umlaut, such as “Größe”.',
  'Our webhook has been called twice for the same order.',
  'How do I invite a colleague who already has an account?',
  'The chart on the start page has been empty for two days.',
];

const products = ['Ledger', 'Atlas', 'Courier', 'Beacon'];

/** Records of the sample; the one of line 58 lacks `max_tokens`, as a person might forget it. */
export function sampleRecords(count = 120): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const complaint = complaints[index % complaints.length] ?? '';
    const product = products[index % products.length] ?? '';
    return JSON.stringify({
      recordId: `ticket-${String(number).padStart(4, '0')}`,
      modelInput: {
        anthropic_version: 'bedrock-2023-05-31',
        ...(number === 58 ? {} : { max_tokens: 256 }),
        system: 'You summarise support tickets in one sentence.',
        messages: [
          { role: 'user', content: `Product: ${product}\nTicket ${number}: ${complaint}` },
        ],
      },
    });
  });
}

if (process.argv[1]?.endsWith('makeSample.ts')) {
  await writeFile('test/fixtures/sample/tickets.jsonl', `${sampleRecords().join('\n')}\n`);
}
