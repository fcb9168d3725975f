import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { AppError } from '../core/errors.js';
import { toAwsError } from './errors/awsError.js';
import type { CallContext } from './errors/rule.js';
import { untilAborted } from './untilAborted.js';

/** What every runtime call needs: the client and what to say where it fails. */
export interface RuntimeCall {
  readonly client: BedrockRuntimeClient;
  readonly context: Omit<CallContext, 'action'>;
}

/** Milliseconds since sending, for one call. */
export interface Stopwatch {
  /** Marks the first token; later calls change nothing. */
  markFirst(): void;
  readonly firstTokenMs: number | undefined;
  totalMs(): number;
}

/** Starts to count at once. */
export function startStopwatch(): Stopwatch {
  const start = performance.now();
  let first: number | undefined;
  return {
    markFirst: () => {
      first ??= performance.now() - start;
    },
    get firstTokenMs() {
      return first;
    },
    totalMs: () => performance.now() - start,
  };
}

/** The measured times as the event that ends a stream. */
export function timingEvent(watch: Stopwatch) {
  const { firstTokenMs } = watch;
  const first = firstTokenMs === undefined ? {} : { firstTokenMs };
  return { type: 'timing' as const, ...first, totalMs: watch.totalMs() };
}

/** Sends, gives up the moment the signal fires, and throws only AppErrors. */
export async function sendOnce<T>(
  context: CallContext,
  signal: AbortSignal | undefined,
  send: (options: { abortSignal?: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await untilAborted(send(signal ? { abortSignal: signal } : {}), signal);
  } catch (error) {
    throw toAwsError(error, context);
  }
}

/** An error of a stream that had begun: marked as such, with the times measured so far. */
export function midStreamError(error: unknown, context: CallContext, watch: Stopwatch): AppError {
  const told = toAwsError(error, context);
  const { firstTokenMs } = watch;
  return new AppError(told.kind, told.message, {
    cause: told.cause ?? told,
    details: { ...told.details, midStream: true, firstTokenMs, totalMs: watch.totalMs() },
    ...(told.action ? { action: told.action } : {}),
  });
}
