import './splitter.css';
import { useRef } from 'preact/hooks';

interface SplitterProps {
  readonly label: string;
  /** Share of the pane after the splitter, 0 to 1. */
  readonly share: number;
  /** `vertical`: between panes side by side. */
  readonly orientation: 'horizontal' | 'vertical';
  readonly onChange: (share: number) => void;
}

const [smallest, largest, step] = [0.15, 0.8, 0.05];

function clamp(share: number): number {
  return Math.min(largest, Math.max(smallest, share));
}

/** Resizes the two panes beside it, by pointer or arrow keys. */
export function Splitter({ label, share, orientation, onChange }: SplitterProps) {
  const element = useRef<HTMLDivElement>(null);
  const drag = (event: PointerEvent) => {
    const parent = element.current?.parentElement;
    if (!parent || event.buttons === 0) return;
    const box = parent.getBoundingClientRect();
    const after =
      orientation === 'vertical'
        ? (box.right - event.clientX) / box.width
        : (box.bottom - event.clientY) / box.height;
    onChange(clamp(after));
  };
  return (
    <div
      ref={element}
      class={`splitter ${orientation}`}
      role="separator"
      aria-orientation={orientation}
      tabIndex={0}
      aria-label={label}
      aria-valuemin={smallest * 100}
      aria-valuemax={largest * 100}
      aria-valuenow={Math.round(share * 100)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const isLarger = event.key === 'ArrowUp' || event.key === 'ArrowLeft';
        if (!isLarger && event.key !== 'ArrowDown' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        onChange(clamp(share + (isLarger ? step : -step)));
      }}
    />
  );
}
