import type { Failure } from '../core/errors.js';

/** Version of the frames; a frame with another one is ignored. */
export const rpcVersion = 1;

/** What the RPC needs of a schema; every zod/mini schema has it. */
export interface InputSchema<I> {
  safeParse(input: unknown): { success: true; data: I } | { success: false; error: unknown };
}

/** One question, one answer. */
export interface CallSpec<I, O> {
  readonly kind: 'call';
  readonly input: InputSchema<I>;
  /** Never set: carries the answer's type. */
  readonly output?: O;
}

/** One question, many answers until the handler's iterator ends. */
export interface StreamSpec<I, E> {
  readonly kind: 'stream';
  readonly input: InputSchema<I>;
  /** Never set: carries the event's type. */
  readonly event?: E;
}

/** Method name → what it takes and gives; both sides derive their types from it. */
export type Contract = Readonly<
  Record<string, CallSpec<unknown, unknown> | StreamSpec<unknown, unknown>>
>;

/** Declares a call; the host parses the input with the schema before the handler sees it. */
export function call<I, O>(input: InputSchema<I>): CallSpec<I, O> {
  return { kind: 'call', input };
}

/** Declares a stream; the host parses the input with the schema before the handler sees it. */
export function stream<I, E>(input: InputSchema<I>): StreamSpec<I, E> {
  return { kind: 'stream', input };
}

/** One end of a message channel: a webview, a MessagePort, a test. */
export interface Port {
  /** Sends one structured-cloneable message; may throw once the other end is gone. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): { dispose(): void };
}

/** Frames from the page to the host. `open` starts a new session and drops what an older page left. */
export type ClientFrame =
  | { readonly v: number; readonly open: true }
  | {
      readonly v: number;
      readonly id: number;
      readonly method: string;
      readonly input?: unknown;
    }
  | { readonly v: number; readonly id: number; readonly cancel: true }
  | { readonly v: number; readonly id: number; readonly ack: number };

/** Frames from the host to the page. */
export type HostFrame =
  | { readonly v: number; readonly closed: true }
  | { readonly v: number; readonly id: number; readonly events: readonly unknown[] }
  | { readonly v: number; readonly id: number; readonly done: true; readonly value?: unknown }
  | { readonly v: number; readonly id: number; readonly error: Failure };

/** The message as a plain frame of our version, or undefined where it is somebody else's. */
export function frameFields(message: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const fields = message as Record<string, unknown>;
  return fields['v'] === rpcVersion ? fields : undefined;
}

/** A frame's id where it has a usable one. */
export function frameId(fields: Readonly<Record<string, unknown>>): number | undefined {
  const id = fields['id'];
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
