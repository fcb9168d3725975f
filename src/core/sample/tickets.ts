/** A made-up support ticket. */
export interface Ticket {
  readonly ticket_id: string;
  readonly received: string;
  readonly customer: string;
  readonly product: string;
  readonly subject: string;
  readonly message: string;
}

const customers = [
  'Amara Okafor',
  'Bjørn Dahl',
  'Chen Yu',
  'Daniela Rossi',
  'Émile Laurent',
  'Farid Haddad',
  'Grace O’Neill',
  'Hana Sato',
  'Ivo Novák',
  'Jana Müller',
  'Kofi Mensah',
  'Lucía Gómez',
  'Mads Holm',
] as const;

const products = ['Ledger', 'Atlas', 'Courier', 'Beacon'] as const;

/** Subject and message; `#` becomes a number of the ticket's own. */
const cases: readonly (readonly [string, string])[] = [
  ['Signed out', 'I cannot sign in since this morning; the page says my session has ended.'],
  ['Wrong invoice', 'Invoice # shows a seat that we removed in the spring. Please send a new one.'],
  ['Blank export', 'Exporting report # with more than fifty columns ends in a blank page.'],
  ['Thank you', 'Thank you for the quick fix: import # works again, and the team is happy.'],
  [
    'App on the train',
    'The mobile app logs me out every time I switch networks.\nIt took # tries.',
  ],
  [
    'Another Region',
    'Please move workspace # to the European Region, and tell us how long it takes.',
  ],
  ['Search', 'Search finds nothing when the title has an umlaut, such as "Größe #".'],
  ['Called twice', 'Our webhook was called twice for order #, so the customer paid twice.'],
  [
    'New colleague',
    'How do I invite a colleague who has an account already? Our plan has # seats.',
  ],
  ['Empty chart', 'The chart on the start page has been empty for two days, since release #.'],
  ['Refund', 'I was charged for order # after I had cancelled it; refund it, or I leave.'],
  ['Slow pages', 'Lists of # rows take a minute to open; last month it was a second.'],
];

/** Tickets of the sample, always the same. */
export function sampleTickets(count = 150): Ticket[] {
  return Array.from({ length: count }, (_, index) => {
    const [subject, message] = at(cases, index);
    const day = new Date(Date.UTC(2026, 9, 1, 8, index * 97));
    return {
      ticket_id: `T-${1001 + index}`,
      received: day.toISOString().slice(0, 16).replace('T', ' '),
      customer: at(customers, index * 5),
      product: at(products, index),
      subject,
      message: message.replace('#', String(2040 + index * 7)),
    };
  });
}

function at<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
