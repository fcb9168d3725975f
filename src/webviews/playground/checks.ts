import { effect, signal } from '@preact/signals';
import type { ConversationProblem } from '../../core/converse/types.js';
import { isCancelled } from '../../core/errors.js';
import { host } from './page.js';
import { activeLane, reportProblem } from './store.js';

/** What is wrong with the settings that are shown; the extension checks them shortly after a change. */
export const checked = signal<readonly ConversationProblem[]>([]);

/** The words for a control, or undefined where it is fine. */
export function problemsAt(
  where: ConversationProblem['where'],
  item?: ConversationProblem['item'],
): string | undefined {
  const found = checked.value.filter(
    (problem) => problem.where === where && (item === undefined || problem.item === item),
  );
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ');
}

effect(() => {
  const lane = activeLane.value;
  if (!lane) return undefined;
  const controller = new AbortController();
  const timer = setTimeout(() => {
    // The turns are checked when they are sent: they may hold megabytes.
    host.check({ ...lane, turns: [] }, controller.signal).then(
      (found) => {
        checked.value = found;
      },
      (error: unknown) => {
        if (!isCancelled(error)) reportProblem(error);
      },
    );
  }, 250);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
});
