import { renderMarkdown } from './markdown.js';

/**
 * Text that grows inside an element. What is complete (up to a blank line outside a code block) is shown
 * as Markdown and never touched again; the rest is appended to one text node. So the work for a piece
 * of text does not depend on how long the answer already is.
 */
export class StreamText {
  private readonly tail = document.createElement('div');
  private readonly tailText = document.createTextNode('');
  /** Where the text that is not Markdown yet begins. */
  private settled = 0;
  /** Where the next line to look at begins. */
  private scanned = 0;
  /** How much of the text is on the screen. */
  private shown = 0;
  private fence: string | undefined;

  constructor(private readonly root: HTMLElement) {
    this.tail.className = 'tail';
    this.tail.append(this.tailText);
    root.replaceChildren(this.tail);
  }

  /** The whole text so far; it only ever grows. */
  update(text: string): void {
    const end = this.scan(text);
    if (end > this.settled) {
      this.root.insertBefore(renderMarkdown(text.slice(this.settled, end)), this.tail);
      this.settled = end;
      this.tailText.data = text.slice(end);
    } else {
      this.tailText.appendData(text.slice(this.shown));
    }
    this.shown = text.length;
    this.tail.classList.toggle('in-code', this.fence !== undefined);
  }

  /** The end of the last complete block. */
  private scan(text: string): number {
    let end = this.settled;
    for (;;) {
      const lineEnd = text.indexOf('\n', this.scanned);
      if (lineEnd < 0) return end;
      const line = text.slice(this.scanned, lineEnd);
      this.scanned = lineEnd + 1;
      const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
      if (this.fence === undefined) {
        if (fence !== undefined) this.fence = fence;
        else if (line.trim() === '') end = this.scanned;
      } else if (fence?.startsWith(this.fence) && line.trim() === fence) {
        this.fence = undefined;
        end = this.scanned;
      }
    }
  }
}
