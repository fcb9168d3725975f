/** How near to its end a lane must be to stay there while an answer grows, pixels. */
const nearEnd = 40;

interface ScrolledLane {
  readonly element: HTMLElement;
  isAtEnd: boolean;
  /** Where we scrolled it to: the event of that must move nobody else. */
  movedTo: number | undefined;
}

const scrolled = new Map<string, ScrolledLane>();

/** Takes part in scrolling together; returns what ends it. */
export function joinScrolling(id: string, element: HTMLElement): () => void {
  scrolled.set(id, { element, isAtEnd: true, movedTo: undefined });
  // What appears below it, such as the vote, must not hide the end.
  const resized = new ResizeObserver(() => {
    stayAtEnd(id);
  });
  resized.observe(element);
  return () => {
    resized.disconnect();
    scrolled.delete(id);
  };
}

/** Keeps a lane at its end where the person left it there. */
export function stayAtEnd(id: string): void {
  const lane = scrolled.get(id);
  if (lane?.isAtEnd) move(lane, lane.element.scrollHeight);
}

/** A lane was scrolled: the others go to the same share of their height. */
export function follow(id: string): void {
  const lane = scrolled.get(id);
  if (!lane) return;
  const { scrollTop, scrollHeight, clientHeight } = lane.element;
  if (scrollTop === lane.movedTo) return;
  lane.movedTo = undefined;
  lane.isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
  const share = scrollTop / Math.max(1, scrollHeight - clientHeight);
  for (const [otherId, other] of scrolled) {
    if (otherId === id) continue;
    const { element } = other;
    move(other, share * (element.scrollHeight - element.clientHeight));
    other.isAtEnd = lane.isAtEnd;
  }
}

function move(lane: ScrolledLane, top: number): void {
  lane.element.scrollTop = top;
  // Read again: it ends where the content ends.
  lane.movedTo = lane.element.scrollTop;
}
