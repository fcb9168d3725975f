import { buildConverseRequest, filledTurn, isPromptArn } from '../converse/buildRequest.js';
import type { Conversation } from '../converse/types.js';
import { fillVariables, hasValue, usedVariables } from '../converse/variables.js';

/** The texts of a row by column. */
type Cells = Readonly<Record<string, string>>;

/** Stands for a value in the request that all rows share: private characters, which hardly a prompt has. */
const mark = (index: number) => `\ue000${index}\ue001`;
const marks = /\ue000(\d+)\ue001/;

/** The conversation without the answer to its last prompt. */
export function untilLastPrompt(conversation: Conversation): Conversation {
  const lastPrompt = conversation.turns.findLastIndex(({ role }) => role === 'user');
  return { ...conversation, turns: conversation.turns.slice(0, lastPrompt + 1) };
}

/** The request as a batch record has it: the job names the model. */
export function modelInputOf(conversation: Conversation): Readonly<Record<string, unknown>> {
  const members = Object.entries(buildConverseRequest(conversation));
  return Object.fromEntries(members.filter(([name]) => name !== 'modelId'));
}

/** A prompt that rows of a table are put into, as batch records with a Converse request. */
export class RecordTemplate {
  /** Its `{{names}}`, each once. */
  readonly names: readonly string[];
  /** The names that a table must have as columns: those without a value of their own. */
  readonly columns: readonly string[];
  private readonly asked: Conversation;
  private readonly ownValues: readonly (string | undefined)[];
  /** JSON of the request between the values, and which value comes after each piece but the last. */
  private readonly pieces: readonly string[];
  private readonly order: readonly number[];
  /** True where only the request of each row is right. */
  private readonly isByRow: boolean;

  constructor(conversation: Conversation) {
    this.asked = untilLastPrompt(conversation);
    const { variables } = this.asked;
    this.names = usedVariables(this.asked);
    this.columns = this.names.filter((name) => !hasValue(variables, name));
    this.ownValues = this.names.map((name) =>
      hasValue(variables, name) ? fillVariables(`{{${name}}}`, variables) : undefined,
    );
    // A managed prompt takes the values as they are.
    this.isByRow = isPromptArn(this.asked.modelId) || JSON.stringify(this.asked).includes('\ue000');
    const standIns = Object.fromEntries(this.names.map((name, index) => [name, mark(index)]));
    const input = modelInputOf({ ...this.asked, variables: standIns });
    // Splitting by an expression with a group gives pieces and indexes in turn.
    const parts = JSON.stringify(input).split(marks);
    this.pieces = parts.filter((_, index) => index % 2 === 0);
    this.order = parts.filter((_, index) => index % 2 === 1).map(Number);
  }

  /** The row's record, a line of JSON: `{recordId, modelInput}`. */
  record(cells: Cells, recordId: string): string {
    const values = this.names.map((name, index) => valueIn(cells, name) ?? this.ownValues[index]);
    // What is blank is left out of a request.
    if (this.isByRow || values.some((value) => value === undefined || isBlank(value))) {
      return JSON.stringify({ recordId, modelInput: modelInputOf(this.filledWith(cells)) });
    }
    const escaped = values.map((value) => JSON.stringify(value).slice(1, -1));
    let input = this.pieces[0] ?? '';
    for (const [index, place] of this.order.entries()) {
      input += (escaped[place] ?? '') + (this.pieces[index + 1] ?? '');
    }
    return `{"recordId":${JSON.stringify(recordId)},"modelInput":${input}}`;
  }

  /** The last prompt of the row's record, as text. */
  prompt(cells: Cells): string {
    const { turns, variables } = this.filledWith(cells);
    const last = turns.at(-1);
    const content = last ? filledTurn(last, variables).content : [];
    return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
  }

  /**
   * True for a row that would be paid for without asking anything: a prompt is blank, or none of the
   * cells it takes from the table holds a text.
   */
  isBlankFor(cells: Cells): boolean {
    let taken = 0;
    let blank = 0;
    for (const name of this.names) {
      const cell = valueIn(cells, name);
      if (cell === undefined) continue;
      taken++;
      if (isBlank(cell)) blank++;
    }
    if (blank === 0) return false;
    if (blank === taken) return true;
    const { turns, variables } = this.filledWith(cells);
    return turns.some((turn) => {
      const { content } = filledTurn(turn, variables);
      const isPerson = turn.role === 'user';
      return isPerson && content.every((block) => block.type === 'text' && isBlank(block.text));
    });
  }

  private filledWith(cells: Cells): Conversation {
    return { ...this.asked, variables: { ...this.asked.variables, ...cells } };
  }
}

function valueIn(cells: Cells, name: string): string | undefined {
  return Object.hasOwn(cells, name) ? cells[name] : undefined;
}

/** Most texts are known not to be blank by their first character. */
function isBlank(text: string): boolean {
  return text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f ? false : text.trim() === '';
}
