import { branchAt, newConversation } from '../../core/converse/conversation.js';
import type { Conversation } from '../../core/converse/types.js';
import { host, newId } from './page.js';
import { lanes, playground, reportProblem } from './store.js';

/** Opens an empty playground with the same models and settings. */
export function newChat(): void {
  const fresh = lanes.value.map((lane): Conversation => ({
    ...newConversation(newId(), lane.modelId),
    system: lane.system,
    settings: lane.settings,
  }));
  open(fresh);
}

/** Opens a playground of its own with the turns of a lane up to one; this one stays as it is. */
export function branch(lane: Conversation, turnId: string): void {
  open([branchAt(lane, turnId, newId())]);
}

function open(conversations: Conversation[]): void {
  if (!playground.value) return;
  const { version, mode, native } = playground.value;
  const next = { version, mode, native, id: newId(), lanes: conversations, verdicts: {} };
  host.open(next).catch(reportProblem);
}
