/** A column whose cells are never empty and never the same. */
export interface IdColumn {
  readonly name: string;
  /** Length of the longest cell, in UTF-16 units. */
  readonly longest: number;
}

/** Words that ids are called by, the likeliest first. */
const idWords: readonly (readonly string[])[] = [
  ['recordid', 'record id'],
  ['id'],
  ['uuid', 'guid', 'key', 'identifier', 'identifiant', 'identificador', 'kennung'],
  ['number', 'no', 'nr', 'num', 'ref', 'reference', 'code', 'sku', 'slug', 'schlüssel'],
  ['番号', '编号', '編號', '번호', 'номер', 'número', 'numero', 'nummer', 'código', 'codigo'],
];

/** So many groups are ids beyond doubt. */
const plainIds = 3;

/** Above this a cell is a text rather than a name. */
const longName = 64;

/** The columns that can name the records, the likeliest first; equally likely ones as they stand. */
export function rankIdColumns(columns: readonly IdColumn[]): IdColumn[] {
  return columns
    .map((column) => ({ column, rank: rankOf(column) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ column }) => column);
}

/** True where the column is called as ids are, so that nobody needs to be asked. */
export function isNamedAsId(column: IdColumn): boolean {
  return rankOf(column) < plainIds * 2;
}

function rankOf({ name, longest }: IdColumn): number {
  if (longest > longName) return idWords.length * 2 + 1;
  const words = wordsOf(name);
  const whole = words.join(' ');
  const place = idWords.findIndex((group) =>
    group.some((word) => whole === word || words.at(-1) === word || words[0] === word),
  );
  if (place < 0) return idWords.length * 2;
  // `id` itself is likelier than `customer_id`, which may be that of another table.
  return place * 2 + (idWords[place]?.includes(whole) ? 0 : 1);
}

/** `conversationId`, `Order-ID` and `顧客ID` as words in small letters. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .replaceAll(/(?<=\p{Lo})(?=\p{Script=Latin})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The id of a row's record: the cell of the id column, or the number of the row, from 1. */
export function recordIdOf(
  cells: Readonly<Record<string, string>>,
  number: number,
  idColumn: string | null,
): string {
  return idColumn === null ? `row-${number}` : (cells[idColumn] ?? '');
}
