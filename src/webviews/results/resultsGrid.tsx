import type { ResultRow } from '../../core/results/types.js';
import { Grid, type GridColumn } from '../ui/grid.js';
import { fill, pageStrings } from '../kit/page.js';
import { formatCount, strings } from './page.js';
import { Status } from './status.js';
import { active, rowCount, rows } from './store.js';

const columns: readonly GridColumn<ResultRow>[] = [
  {
    id: 'line',
    title: strings.line,
    width: '64px',
    isNumber: true,
    cell: (row) => formatCount(row.line),
  },
  {
    id: 'recordId',
    title: strings.recordId,
    width: 'minmax(90px, 150px)',
    cell: (row) => row.recordId,
  },
  {
    id: 'status',
    title: strings.status,
    width: '106px',
    cell: (row) => <Status status={row.status} code={row.errorCode} />,
  },
  {
    id: 'answer',
    title: strings.answer,
    width: 'minmax(180px, 1fr)',
    cell: (row) => <Answer row={row} />,
  },
  {
    id: 'tokensIn',
    title: strings.tokensIn,
    width: '88px',
    isNumber: true,
    cell: (row) => formatCount(row.inputTokens),
  },
  {
    id: 'tokensOut',
    title: strings.tokensOut,
    width: '88px',
    isNumber: true,
    cell: (row) => formatCount(row.outputTokens),
  },
  {
    id: 'stopReason',
    title: strings.stopReason,
    width: '104px',
    cell: (row) => row.stopReason ?? '–',
  },
];

function Answer({ row }: { row: ResultRow }) {
  if (row.status === 'error') return <span class="answer-error">{oneLine(row.errorMessage)}</span>;
  if (row.text === undefined) return <>–</>;
  if (!row.toolNames) return <>{oneLine(row.text)}</>;
  const calls = fill(pageStrings.answerParts.toolCall, row.toolNames.join(', '));
  return (
    <>
      {calls} {oneLine(row.text)}
    </>
  );
}

function oneLine(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ');
}

function rowAt(index: number): ResultRow | undefined {
  return rows.row(index);
}

function onVisible(first: number, end: number): void {
  rows.need(first, end, rowCount.peek());
}

/** The joined rows. */
export function ResultsGrid() {
  // Read, so that this component follows the rows as they come.
  rows.version.value satisfies number;
  return (
    <Grid
      label={strings.results}
      minWidth={780}
      columns={columns}
      rowCount={rowCount.value}
      rowAt={rowAt}
      onVisible={onVisible}
      active={active.value}
      onActivate={(index) => {
        active.value = index;
      }}
      loading={strings.loading}
      generation={rows.generation.value}
    />
  );
}
