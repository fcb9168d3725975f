/**
 * Browsers cap an element's height: Chromium at 33,554,428 px, Firefox near 17.8 million. Above this,
 * the scroll bar is mapped to rows by ratio.
 */
export const maxScrollHeight = 16_000_000;

/** Sizes of a list of equally high rows. All in CSS pixels. */
export interface GridMetrics {
  readonly rowCount: number;
  readonly rowHeight: number;
  /** Height that shows rows. */
  readonly viewHeight: number;
}

/** Height of the scrolled element. */
export function scrollHeight({ rowCount, rowHeight }: GridMetrics): number {
  return Math.min(rowCount * rowHeight, maxScrollHeight);
}

/** How many pixels of rows one pixel of the scroll bar stands for; 1 where it needs no mapping. */
export function scrollRatio(metrics: GridMetrics): number {
  const hidden = metrics.rowCount * metrics.rowHeight - metrics.viewHeight;
  const scrollable = scrollHeight(metrics) - metrics.viewHeight;
  return hidden <= scrollable || scrollable <= 0 ? 1 : hidden / scrollable;
}

/** The offset within all rows, kept inside them. */
export function clampTop(top: number, metrics: GridMetrics): number {
  const largest = metrics.rowCount * metrics.rowHeight - metrics.viewHeight;
  return Math.max(0, Math.min(top, largest));
}

/** The offset that shows a whole row, moved as little as possible. */
export function topToShow(row: number, top: number, metrics: GridMetrics): number {
  const start = row * metrics.rowHeight;
  const end = start + metrics.rowHeight;
  if (start < top) return clampTop(start, metrics);
  if (end > top + metrics.viewHeight) return clampTop(end - metrics.viewHeight, metrics);
  return top;
}

/** First row to draw and the one after the last, with some beyond each edge. */
export function visibleRows(
  top: number,
  metrics: GridMetrics,
  beyond: number,
): { first: number; end: number } {
  const { rowCount, rowHeight, viewHeight } = metrics;
  return {
    first: Math.max(0, Math.floor(top / rowHeight) - beyond),
    end: Math.min(rowCount, Math.ceil((top + viewHeight) / rowHeight) + beyond),
  };
}

/** The row a key leads to, or undefined for keys that do not move. */
export function rowAfterKey(key: string, row: number, metrics: GridMetrics): number | undefined {
  const page = Math.max(1, Math.floor(metrics.viewHeight / metrics.rowHeight) - 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowUp: row - 1,
    ArrowDown: row + 1,
    PageUp: row - page,
    PageDown: row + page,
    Home: 0,
    End: metrics.rowCount - 1,
  };
  if (!Object.hasOwn(moves, key)) return undefined;
  return Math.max(0, Math.min(moves[key] as number, metrics.rowCount - 1));
}
