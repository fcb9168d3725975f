import { branchAt, newConversation } from '../../core/converse/conversation.js';
import type { Conversation } from '../../core/converse/types.js';
import { host, newId } from './page.js';
import { maxLanes } from '../../features/playground/contract.js';
import { stop } from './runs.js';
import { change, lanes, playground, rememberModel, reportProblem } from './store.js';

/** Opens an empty playground with the same models and settings. */
export function newChat(): void {
  const fresh = lanes.value.map((lane): Conversation => ({
    ...newConversation(newId(), lane.modelId),
    system: lane.system,
    settings: lane.settings,
  }));
  open(fresh);
}

/** Adds a model beside the others: from the next prompt on it answers as well. */
export async function addLane(): Promise<void> {
  const first = lanes.value[0];
  if (!first || lanes.value.length >= maxLanes) return;
  const chosen = await host.pickModel({ modelId: '', isNative: false });
  if (!chosen) return;
  rememberModel(chosen);
  const lane: Conversation = {
    ...newConversation(newId(), chosen.modelId),
    system: first.system,
    variables: first.variables,
    settings: first.settings,
  };
  change((document) => ({ ...document, lanes: [...document.lanes, lane] }));
}

/** Takes a model out of the comparison. */
export function removeLane(id: string): void {
  stop(id);
  change((document) => ({ ...document, lanes: document.lanes.filter((lane) => lane.id !== id) }));
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
