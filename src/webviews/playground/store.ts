import { batch, computed, signal } from '@preact/signals';
import * as z from 'zod/mini';
import type { Conversation, Turn } from '../../core/converse/types.js';
import type {
  ConnectionFacts,
  ModelFacts,
  PlaygroundDocument,
} from '../../features/playground/contract.js';
import type { Failure } from '../../core/errors.js';
import { persistedSignal } from '../kit/host.js';
import { showFailure } from '../kit/page.js';
import { host } from './page.js';

/** The playground; undefined until the extension has handed it over. */
export const playground = signal<PlaygroundDocument | undefined>(undefined);
export const connection = signal<ConnectionFacts | undefined>(undefined);
/** Prompts that were sent before, oldest first. */
export const inputs = signal<readonly string[]>([]);
/** Something that went wrong beside the answers: saving, choosing a model. */
export const notice = signal<Failure | undefined>(undefined);
/** What is typed and not sent yet. */
export const draft = persistedSignal('draft', z.string(), '');
export const isSettingsOpen = persistedSignal('settings', z.boolean(), window.innerWidth > 900);

const knownModels = signal<Readonly<Record<string, ModelFacts>>>({});
const asked = new Set<string>();

export const lanes = computed<readonly Conversation[]>(() => playground.value?.lanes ?? []);
export const isCompare = computed(() => lanes.value.length > 1);

const chosenLane = signal('');
/** The lane the settings are of. */
export const activeLane = computed(
  () => lanes.value.find(({ id }) => id === chosenLane.value) ?? lanes.value[0],
);

/** Makes this the lane the settings are of. */
export function selectLane(id: string): void {
  chosenLane.value = id;
}

/** What is known of a model; asks the extension once for each id. */
export function factsOf(modelId: string): ModelFacts | undefined {
  const known = knownModels.value[modelId];
  if (!known && modelId !== '' && !asked.has(modelId)) {
    asked.add(modelId);
    host.modelFacts({ modelId }).then(rememberModel, reportProblem);
  }
  return known;
}

/** Takes note of the connection in use: another one knows other models. */
export function showConnection(now: ConnectionFacts): void {
  const { kind, label } = connection.value ?? now;
  connection.value = now;
  if (kind === now.kind && label === now.label) return;
  asked.clear();
  knownModels.value = {};
}

/** Keeps what is known of a model. */
export function rememberModel(facts: ModelFacts): void {
  knownModels.value = { ...knownModels.value, [facts.modelId]: facts };
}

/** Shows what went wrong; a cancelled action is silent. */
export function reportProblem(error: unknown): void {
  showFailure(error, (failure) => {
    notice.value = failure;
  });
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Changes the playground and writes it down soon after. */
export function change(edit: (document: PlaygroundDocument) => PlaygroundDocument): void {
  const current = playground.value;
  if (!current) return;
  playground.value = edit(current);
  clearTimeout(timer);
  timer = setTimeout(() => void save(), 300);
}

/** Writes the playground down now. */
export async function save(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  if (!playground.value) return;
  try {
    await host.save(playground.value);
  } catch (error) {
    reportProblem(error);
  }
}

/** Changes one lane. */
export function changeLane(id: string, edit: (lane: Conversation) => Conversation): void {
  change((document) => ({
    ...document,
    lanes: document.lanes.map((lane) => (lane.id === id ? edit(lane) : lane)),
  }));
}

/** Changes all lanes: what is shared when models are compared. */
export function changeAll(edit: (lane: Conversation) => Conversation): void {
  change((document) => ({ ...document, lanes: document.lanes.map(edit) }));
}

/** The lane as it is now. */
export function laneOf(id: string): Conversation | undefined {
  return playground.value?.lanes.find((lane) => lane.id === id);
}

/** Puts an answer at the end of a lane, or in the place of the turn with its id. */
export function putTurn(laneId: string, turn: Turn): void {
  changeLane(laneId, (lane) => ({
    ...lane,
    turns: [...lane.turns.filter(({ id }) => id !== turn.id), turn],
  }));
}

/** Takes over a document from the extension. */
export function showDocument(document: PlaygroundDocument): void {
  batch(() => {
    playground.value = document;
    notice.value = undefined;
  });
}
