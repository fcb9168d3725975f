import { signal } from '@preact/signals';
import type { Conversation } from '../../core/converse/types.js';
import { announcement } from '../kit/page.js';
import { host, newId, strings } from './page.js';
import { changeLane, laneOf, playground, reportProblem, save } from './store.js';

/** A lane whose turns were taken away, and the turns it goes back to. */
export interface TakenAway {
  readonly laneId: string;
  readonly turns: Conversation['turns'];
  readonly isUndone: boolean;
}

/** What was taken away last, until the conversation goes on. */
export const takenAway = signal<TakenAway | undefined>(undefined);

/**
 * Takes turns away or puts others in their place, in a way that can be undone. What the history does not
 * have afterwards was paid for: it gets a branch of its own there.
 */
export function replaceTurns(laneId: string, edit: (lane: Conversation) => Conversation): void {
  const before = laneOf(laneId);
  if (!before) return;
  const after = edit(before);
  takenAway.value = { laneId, turns: before.turns, isUndone: false };
  changeLane(laneId, () => after);
  announcement.value = strings.takenAway;
  const left = new Set(after.turns.map(({ id }) => id));
  const lost = before.turns.filter(({ id, answer }) => answer !== undefined && !left.has(id));
  // The last answer alone comes again, as often as the person wants: no branch for each.
  if (lost.length > 1 || (lost.length === 1 && lost[0] !== before.turns.at(-1))) keepBranch(before);
}

function keepBranch(lane: Conversation): void {
  if (!playground.value) return;
  const { version, mode, native } = playground.value;
  const branchedFrom = { conversationId: lane.id, turnId: lane.turns.at(-1)?.id ?? '' };
  const lanes = [{ ...lane, id: newId(), branchedFrom }];
  host.keepBranch({ version, mode, native, id: newId(), lanes, verdicts: {} }).catch(reportProblem);
}

/** Puts back what was taken away; a second time takes it away again. */
export function undo(): void {
  const last = takenAway.value;
  const now = last && laneOf(last.laneId);
  if (!last || !now) return;
  takenAway.value = { ...last, turns: now.turns, isUndone: !last.isUndone };
  changeLane(last.laneId, (lane) => ({ ...lane, turns: last.turns }));
  void save();
}
