import * as l10n from '@vscode/l10n';
import { sampleTickets, type Ticket } from './tickets.js';

export interface SampleFile {
  readonly name: string;
  readonly text: string;
}

/** The record, from 1, whose request lacks a member that Claude's body must have. */
const brokenRecord = 58;

const system = 'You sort support tickets.';

/** The prompt as Claude's own body has it; the prompt file has the same one with variables. */
function promptOf({ product, subject, message }: Ticket): string {
  return `Product: ${product}\nSubject: ${subject}\n\n${message}\n\nSay in one sentence what is wanted, and how urgent it is.`;
}

/** A table, the same tickets as batch records with one broken, and a prompt for the table. */
export function sampleFiles(): SampleFile[] {
  const tickets = sampleTickets();
  return [
    { name: 'tickets.csv', text: csvOf(tickets) },
    { name: 'tickets.jsonl', text: tickets.map(recordLine).join('') },
    { name: 'sort-ticket.prompt.md', text: promptFile(tickets[0] as Ticket) },
    { name: 'README.md', text: readme() },
  ];
}

/** RFC 4180; cells with separators, quotes or line ends stand in quotes. */
function csvOf(tickets: readonly Ticket[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const names = Object.keys(tickets[0] ?? {}) as (keyof Ticket)[];
  const rows = tickets.map((ticket) => names.map((name) => cell(ticket[name])));
  return [names, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

function recordLine(ticket: Ticket, index: number): string {
  const body = {
    anthropic_version: 'bedrock-2023-05-31',
    ...(index + 1 === brokenRecord ? {} : { max_tokens: 200 }),
    system,
    messages: [{ role: 'user', content: promptOf(ticket) }],
  };
  return `${JSON.stringify({ recordId: ticket.ticket_id, modelInput: body })}\n`;
}

function promptFile(example: Ticket): string {
  const names = ['product', 'subject', 'message'] as const;
  const variables = names.map((name) => `  ${name}: ${JSON.stringify(example[name])}`);
  const places = { ...example, product: '{{product}}', subject: '{{subject}}' };
  return [
    '---',
    `system: ${system}`,
    'parameters:',
    '  maxTokens: 200',
    'variables:',
    ...variables,
    '---',
    '',
    promptOf({ ...places, message: '{{message}}' }),
    '',
  ].join('\n');
}

function readme(): string {
  const steps = [
    l10n.t('Right-click `tickets.csv`, **Submit Batch Job…**, and choose `sort-ticket.prompt.md`.'),
    l10n.t('Right-click `tickets.jsonl`, **Check Batch Dataset**: one record is broken.'),
    l10n.t('Open `sort-ticket.prompt.md` and press **Run** above its first line.'),
  ];
  return [
    `# ${l10n.t('Bedrock sample')}`,
    '',
    l10n.t('150 made-up support tickets. On the sandbox nothing of this is billed.'),
    '',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
  ].join('\n');
}
