import './grid.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { rowAfterKey, visibleRows } from './gridScroll.js';
import { useGridScroll } from './useGridScroll.js';

/** One column; `width` is a CSS grid track. */
export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly width: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
}

interface GridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  /** Narrower than this, the grid scrolls sideways. In CSS pixels. */
  readonly minWidth: number;
  readonly rowCount: number;
  /** The row, or undefined while it is being fetched. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Told which rows are shown, after each change. */
  readonly onVisible: (first: number, end: number) => void;
  /** The selected row; -1 for none. */
  readonly active: number;
  readonly onActivate: (index: number) => void;
  readonly loading: string;
  /** Changes when row numbers begin to mean other rows: the grid goes to the top and asks again. */
  readonly generation: number;
}

const rowHeight = 24;
const headHeight = 28;
const beyond = 6;

/**
 * A table of equally high rows of which only the visible ones exist. Focus is on rows: one tab stop,
 * arrows, Page Up/Down, Home and End move it, and the selection follows.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, rowCount, onVisible, active, onActivate, generation } = props;
  const scroll = useGridScroll(rowCount, rowHeight, headHeight);
  const { first, end } = visibleRows(scroll.top, scroll.metrics, beyond);
  const tabStop = Math.min(Math.max(active, 0), rowCount - 1);
  const takeFocus = useRef(false);

  useEffect(() => {
    onVisible(first, end);
  }, [first, end, rowCount, generation, onVisible]);

  useEffect(() => {
    scroll.toTop();
  }, [generation]);

  useLayoutEffect(() => {
    if (!takeFocus.current) return;
    takeFocus.current = false;
    const row = scroll.scroller.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]');
    row?.focus({ preventScroll: true });
  });

  const activate = (index: number) => {
    takeFocus.current = true;
    scroll.show(index);
    onActivate(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const isStart = active < 0 && event.key.startsWith('Arrow');
    const isChosen = event.key === 'Enter' || event.key === ' ';
    const next = isChosen ? tabStop : isStart ? 0 : rowAfterKey(event.key, tabStop, scroll.metrics);
    if (next === undefined || rowCount === 0) return;
    event.preventDefault();
    activate(next);
  };

  const shown = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  // The row with the tab stop exists wherever it is, or focus would be lost when it scrolls away.
  if (rowCount > 0 && (tabStop < first || tabStop >= end)) shown.push(tabStop);
  const offset = (index: number) => {
    const own = index * rowHeight + scroll.origin;
    if (index >= first && index < end) return own;
    return index < first
      ? first * rowHeight + scroll.origin - rowHeight
      : (end - 1) * rowHeight + scroll.origin;
  };

  return (
    <div
      ref={scroll.scroller}
      class="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      onScroll={scroll.onScroll}
      onWheel={scroll.onWheel}
      onKeyDown={onKeyDown}
      style={{
        '--grid-columns': columns.map((column) => column.width).join(' '),
        '--grid-min-width': `${props.minWidth}px`,
      }}
    >
      <div role="rowgroup" class="grid-head">
        <div role="row" aria-rowindex={1} class="grid-row">
          {columns.map((column) => (
            <div key={column.id} role="columnheader" class={cellClass(column)}>
              {column.title}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" class="grid-body" style={{ height: `${scroll.height}px` }}>
        {shown.map((index) => (
          <GridRow
            key={index}
            {...props}
            index={index}
            top={offset(index)}
            isTabStop={index === tabStop}
            onSelect={activate}
          />
        ))}
      </div>
    </div>
  );
}

type GridRowProps<Row> = GridProps<Row> & {
  readonly index: number;
  readonly top: number;
  readonly isTabStop: boolean;
  readonly onSelect: (index: number) => void;
};

function GridRow<Row>(props: GridRowProps<Row>) {
  const { index, top, columns, rowAt, active, isTabStop, onSelect } = props;
  const row = rowAt(index);
  return (
    <div
      role="row"
      class="grid-row"
      aria-rowindex={index + 2}
      aria-selected={index === active}
      aria-busy={row === undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        onSelect(index);
      }}
    >
      {columns.map((column, at) => (
        <div key={column.id} role="gridcell" class={cellClass(column)}>
          {row === undefined ? at === 0 && <Placeholder text={props.loading} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

function Placeholder({ text }: { text: string }) {
  return (
    <span class="grid-placeholder">
      <span class="visually-hidden">{text}</span>
    </span>
  );
}

function cellClass<Row>({ isNumber }: GridColumn<Row>): string {
  return isNumber === true ? 'grid-cell number' : 'grid-cell';
}
