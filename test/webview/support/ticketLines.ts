/** Input and output lines of a made-up run over support tickets, deterministic. */
const questions = [
  'My invoice from October shows the wrong VAT number. Can you send a corrected one?',
  'The export button does nothing since the last update. I use Firefox on Linux.',
  'How do I move my workspace to another region without losing its history?',
  'I was charged twice. Order 4711, 23 October. Please refund one of the two.',
  'Is there a way to add a colleague who may read but not change anything?',
];
const answers = [
  'Category: billing\nPriority: normal\n\nThe customer asks for a corrected invoice because of a wrong VAT number.',
  'Category: bug\nPriority: high\n\nExport fails silently in Firefox on Linux after the last update. Ask for the version and the console output.',
  'Category: how-to\nPriority: low\n\nMoving a workspace between regions: point to the migration guide.',
  'Category: billing\nPriority: urgent\n\nDouble charge on order 4711. Refund one of the two payments.',
  'Category: how-to\nPriority: low\n\nViewer role exists: describe it and link the page on permissions.',
];

const pick = (texts: readonly string[], at: number) => texts[at % texts.length] ?? '';

function inputLine(at: number): object {
  const content = `Classify the ticket:\n\n${pick(questions, at)}`;
  return {
    recordId: `ticket-${String(at + 1).padStart(5, '0')}`,
    modelInput: {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 256,
      messages: [{ role: 'user', content }],
    },
  };
}

/** A success with the given answer, or the ticket's own. */
export function successLine(at: number, text = pick(answers, at)): object {
  return {
    ...inputLine(at),
    modelOutput: {
      content: [{ type: 'text', text }],
      stop_reason: at % 9 === 4 ? 'max_tokens' : 'end_turn',
      usage: { input_tokens: 84 + (at % 31), output_tokens: 41 + ((at * 7) % 53) },
    },
  };
}

function errorLine(at: number): object {
  const error =
    at % 2 === 0
      ? { errorCode: 429, errorMessage: 'Too many requests, please wait before trying again.' }
      : { errorCode: 400, errorMessage: 'messages: at least one message is required' };
  return { ...inputLine(at), error };
}

export const jsonl = (lines: readonly object[]) =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** A run where every 11th record failed and every 40th is missing; outputs are shuffled. */
export function ticketRun(count: number): { input: string; output: string } {
  const numbers = Array.from({ length: count }, (_, at) => at);
  const outputs = numbers
    .filter((at) => at % 40 !== 7)
    .map((at) => (at % 11 === 3 ? errorLine(at) : successLine(at)))
    .map((line, at) => ({ line, rank: (at * 7919) % 1009 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => line);
  return { input: jsonl(numbers.map(inputLine)), output: jsonl(outputs) };
}
