import './progress.css';

/** A thin bar across the top of a view; `value` is 0 to 1. */
export function Progress({ label, value }: { label: string; value: number }) {
  return <progress class="progress" aria-label={label} max={1} value={value} />;
}
