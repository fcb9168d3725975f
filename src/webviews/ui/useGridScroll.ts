import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { clampTop, type GridMetrics, scrollHeight, scrollRatio, topToShow } from './gridScroll.js';

/** Scroll state of a grid: where the rows are (`top`) and where the scroll bar is (`barTop`). */
export function useGridScroll(rowCount: number, rowHeight: number, headHeight: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewHeight, setViewHeight] = useState(0);
  const [top, setTop] = useState(0);
  const barTop = useRef(0);
  const metrics: GridMetrics = { rowCount, rowHeight, viewHeight };
  const ratio = scrollRatio(metrics);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      setViewHeight(Math.max(0, element.clientHeight - headHeight));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
    };
  }, [headHeight]);

  const scrollTo = (wanted: number) => {
    const next = clampTop(wanted, metrics);
    const element = scroller.current;
    if (element) {
      element.scrollTop = next / ratio;
      // As the browser rounds it: the scroll event that follows must not move the rows again.
      barTop.current = element.scrollTop;
    }
    setTop(next);
  };

  const onScroll = () => {
    const now = scroller.current?.scrollTop ?? 0;
    if (now === barTop.current) return;
    barTop.current = now;
    setTop(clampTop(now * ratio, metrics));
  };

  /** With a mapped scroll bar one notch of the wheel would skip rows: move by the rows' own pixels. */
  const onWheel = (event: WheelEvent) => {
    if (ratio === 1 || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1;
    scrollTo(top + event.deltaY * unit);
  };

  const show = (row: number) => {
    const next = topToShow(row, top, metrics);
    if (next !== top) scrollTo(next);
  };

  return {
    scroller,
    metrics,
    top: clampTop(top, metrics),
    /** Where row 0 would be drawn inside the scrolled element. */
    origin: ratio === 1 ? 0 : barTop.current - top,
    height: scrollHeight(metrics),
    onScroll,
    onWheel,
    show,
    toTop: () => {
      scrollTo(0);
    },
  };
}
