/**
 * Gives the focus to a place of its own where the focused element goes away: a person without a pointer
 * would have to begin at the top of the page.
 * @param fallback Selector of where to go on; the first that is there.
 */
export function keepFocus(fallback: string): void {
  let last: Element | undefined;
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof Element ? target : undefined;
  });
  new MutationObserver(() => {
    // A page that is not in front must not take the focus to itself.
    if (!last || last.isConnected || !document.hasFocus()) return;
    last = undefined;
    if (document.activeElement === document.body) {
      document.querySelector<HTMLElement>(fallback)?.focus();
    }
  }).observe(document.body, { childList: true, subtree: true });
}
