import { batch, type Signal, signal } from '@preact/signals';
import { addTurn, editTurn, regenerateFrom, turnText } from '../../core/converse/conversation.js';
import {
  type AnswerState,
  reduceStream,
  waitingAnswer,
} from '../../core/converse/streamReducer.js';
import type { Block, ConversationProblem, Turn } from '../../core/converse/types.js';
import { isCancelled, toAppError } from '../../core/errors.js';
import type { RunEvent, RunFailure } from '../../features/playground/contract.js';
import { fill, host, newId, strings } from './page.js';
import {
  announcement,
  change,
  changeLane,
  isSettingsOpen,
  laneOf,
  lanes,
  putTurn,
  reportProblem,
  save,
} from './store.js';

/** An answer that still arrives. */
export interface LiveAnswer {
  readonly runId: string;
  readonly state: AnswerState;
}

const live = new Map<string, Signal<LiveAnswer | undefined>>();
/** How often anything began or ended, for what looks at all lanes. */
const changes = signal(0);

/** What to do about the answers that failed, by the turn's id. */
export const failures = signal<Readonly<Record<string, RunFailure>>>({});
/** What is wrong with a request before it is sent, by lane. */
export const problems = signal<Readonly<Record<string, readonly ConversationProblem[]>>>({});

/** The answer that arrives in a lane. */
export function liveIn(laneId: string): Signal<LiveAnswer | undefined> {
  let found = live.get(laneId);
  if (!found) {
    found = signal(undefined);
    live.set(laneId, found);
  }
  return found;
}

/** True while any lane is waiting for its answer. */
export function isBusy(): boolean {
  changes.value satisfies number;
  return lanes.value.some(({ id }) => liveIn(id).peek() !== undefined);
}

function setLive(laneId: string, value: LiveAnswer | undefined): void {
  batch(() => {
    liveIn(laneId).value = value;
    changes.value += 1;
  });
}

/** Sends a prompt to every lane. */
export function send(content: readonly Block[]): void {
  const turn: Turn = { id: newId(), role: 'user', content };
  change((document) => ({ ...document, lanes: document.lanes.map((lane) => addTurn(lane, turn)) }));
  for (const { id } of lanes.value) void startRun(id);
}

/** Sends every lane as it is: its last word is the person's. */
export function sendAsIs(): void {
  for (const { id } of lanes.value) void startRun(id);
}

/** True where every lane ends with a prompt that has no answer: opened from a file, or its answer deleted. */
export function isUnanswered(): boolean {
  return lanes.value.every(({ turns }) => turns.at(-1)?.role === 'user');
}

/** Gives the tools' results and lets the model go on. */
export function answerTools(laneId: string, results: readonly Block[]): void {
  changeLane(laneId, (lane) => addTurn(lane, { id: newId(), role: 'user', content: results }));
  void startRun(laneId);
}

/** Asks again for an answer: what followed it is replaced. */
export function regenerate(laneId: string, turnId: string): void {
  changeLane(laneId, (lane) => regenerateFrom(lane, turnId));
  void startRun(laneId);
}

/** Sends a changed prompt in the place of the old one; what followed it is replaced. */
export function resend(laneId: string, turnId: string, content: readonly Block[]): void {
  changeLane(laneId, (lane) => regenerateFrom(editTurn(lane, turnId, content), turnId));
  void startRun(laneId);
}

/** Sends the lane as it is: a paid call, never repeated by itself. */
export async function startRun(laneId: string): Promise<void> {
  if (liveIn(laneId).peek()) return;
  const runId = newId();
  setLive(laneId, { runId, state: waitingAnswer });
  problems.value = { ...problems.value, [laneId]: [] };
  await save();
  const conversation = laneOf(laneId);
  if (!conversation) return;
  const turnId = newId();
  try {
    const found = await host.start({ runId, laneId, turnId, conversation });
    problems.value = { ...problems.value, [laneId]: found.problems };
    if (found.problems.some(({ severity }) => severity === 'error')) {
      setLive(laneId, undefined);
      if (found.problems.some(({ where }) => where === 'variables')) askValues();
    } else await followRun(laneId, runId);
  } catch (error) {
    setLive(laneId, undefined);
    reportProblem(error);
  }
}

/** Leads to the first variable without a value. */
function askValues(): void {
  isSettingsOpen.value = true;
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('textarea[aria-invalid=true]')?.focus();
  });
}

/** Shows an answer as it arrives, to its end. */
export async function followRun(laneId: string, runId: string): Promise<void> {
  const view = new AnswerView(laneId, runId);
  try {
    for await (const event of host.follow({ runId })) view.take(event);
  } catch (error) {
    if (!isCancelled(error)) reportProblem(error);
  } finally {
    if (liveIn(laneId).peek()?.runId === runId) setLive(laneId, undefined);
  }
}

/** Ends an answer; what came is kept. */
export function stop(laneId: string): void {
  const runId = liveIn(laneId).peek()?.runId;
  if (runId !== undefined) host.stop({ runId }).catch(reportProblem);
}

/** Ends every answer. */
export function stopAll(): void {
  for (const { id } of lanes.value) stop(id);
}

/** Does what an error proposes, and sends again where that makes sense. */
export async function recover(laneId: string, turn: Turn, failure: RunFailure): Promise<void> {
  try {
    const mayRetry = await host.act({ action: failure.action ?? 'retry' });
    if (mayRetry) regenerate(laneId, turn.id);
  } catch (error) {
    reportProblem(toAppError(error));
  }
}

/** Collects events and shows them once a frame, however many arrive. */
class AnswerView {
  private state: AnswerState = waitingAnswer;
  private isScheduled = false;

  constructor(
    private readonly laneId: string,
    private readonly runId: string,
  ) {}

  take(event: RunEvent): void {
    if (event.type === 'end') {
      this.finish(event.turn, event.failure);
      return;
    }
    if (event.type === 'state') this.state = event.state;
    else for (const each of event.events) this.state = reduceStream(this.state, each);
    if (this.isScheduled) return;
    this.isScheduled = true;
    // Hidden pages draw no frames, yet their answers must go on.
    if (document.hidden) setTimeout(this.show, 100);
    else requestAnimationFrame(this.show);
  }

  private readonly show = (): void => {
    this.isScheduled = false;
    const current = liveIn(this.laneId);
    if (current.peek()?.runId !== this.runId) return;
    current.value = { runId: this.runId, state: this.state };
  };

  private finish(turn: Turn, failure: RunFailure | undefined): void {
    batch(() => {
      if (failure) failures.value = { ...failures.value, [turn.id]: failure };
      putTurn(this.laneId, turn);
      setLive(this.laneId, undefined);
      announcement.value = sayEnd(turn);
    });
  }
}

/** Characters read out at once; the rest is in the transcript. */
export const mostSaid = 4000;

/** What a screen reader says once, at the end of an answer. */
function sayEnd(turn: Turn): string {
  const { answer } = turn;
  if (answer?.status === 'failed') return fill(strings.saidFailed, answer.error?.message ?? '');
  const text = turnText(turn).slice(0, mostSaid);
  return fill(answer?.status === 'stopped' ? strings.saidStopped : strings.saidDone, text);
}
