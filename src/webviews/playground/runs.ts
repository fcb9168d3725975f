import { batch, type Signal, signal } from '@preact/signals';
import { addTurn, editTurn, regenerateFrom, turnAnswer } from '../../core/converse/conversation.js';
import {
  type AnswerState,
  reduceStream,
  waitingAnswer,
} from '../../core/converse/streamReducer.js';
import { pendingToolCalls } from '../../core/converse/toolLoop.js';
import type { Block, ConversationProblem, Turn } from '../../core/converse/types.js';
import type { Failure } from '../../core/errors.js';
import type { AnswerEnd } from '../../features/playground/contract.js';
import { followRun } from '../kit/follow.js';
import { announcement, fill } from '../kit/page.js';
import { host, newId, strings } from './page.js';
import {
  change,
  changeLane,
  isSettingsOpen,
  laneOf,
  lanes,
  putTurn,
  reportProblem,
  save,
} from './store.js';
import { replaceTurns, takenAway } from './undo.js';

/** An answer that still arrives. */
export interface LiveAnswer {
  readonly runId: string;
  readonly state: AnswerState;
}

const live = new Map<string, Signal<LiveAnswer | undefined>>();
/** How often anything began or ended, for what looks at all lanes. */
const changes = signal(0);

/** What to do about the answers that failed, by the turn's id. */
export const failures = signal<Readonly<Record<string, Failure>>>({});
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
  takenAway.value = undefined;
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

/** True where a model waits for the result of a tool: AWS takes nothing else then. */
export function waitsForTool(): boolean {
  return lanes.value.some((lane) => pendingToolCalls(lane).length > 0);
}

/** Gives the tools' results and lets the model go on. */
export function answerTools(laneId: string, results: readonly Block[]): void {
  changeLane(laneId, (lane) => addTurn(lane, { id: newId(), role: 'user', content: results }));
  void startRun(laneId);
}

/** Asks again for an answer: what followed it is replaced. */
export function regenerate(laneId: string, turnId: string): void {
  replaceTurns(laneId, (lane) => regenerateFrom(lane, turnId));
  void startRun(laneId);
}

/** Sends a changed prompt in the place of the old one; what followed it is replaced. */
export function resend(laneId: string, turnId: string, content: readonly Block[]): void {
  replaceTurns(laneId, (lane) => regenerateFrom(editTurn(lane, turnId, content), turnId));
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
    } else await followLane(laneId, runId);
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
export async function followLane(laneId: string, runId: string): Promise<void> {
  const isMine = () => liveIn(laneId).peek()?.runId === runId;
  try {
    const end = await followRun(host.follow({ runId }), {
      waiting: waitingAnswer,
      reduce: reduceStream,
      show: (state) => {
        if (isMine()) liveIn(laneId).value = { runId, state };
      },
    });
    if (end) finish(end);
  } catch (error) {
    reportProblem(error);
  } finally {
    if (isMine()) setLive(laneId, undefined);
  }
}

function finish({ laneId, turn, failure }: AnswerEnd): void {
  batch(() => {
    if (failure) failures.value = { ...failures.value, [turn.id]: failure };
    putTurn(laneId, turn);
    setLive(laneId, undefined);
    announcement.value = sayEnd(turn);
  });
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
export async function recover(laneId: string, turn: Turn, failure: Failure): Promise<void> {
  try {
    const mayRetry = await host.recover({ action: failure.action ?? 'retry' });
    if (mayRetry) regenerate(laneId, turn.id);
  } catch (error) {
    reportProblem(error);
  }
}

/** Characters read out at once; the rest is in the transcript. */
export const mostSaid = 4000;

/** What a screen reader says once, at the end of an answer. */
function sayEnd(turn: Turn): string {
  const { answer } = turn;
  if (answer?.status === 'failed') return fill(strings.saidFailed, answer.error?.message ?? '');
  const text = turnAnswer(turn).slice(0, mostSaid);
  return fill(answer?.status === 'stopped' ? strings.saidStopped : strings.saidDone, text);
}
