import type * as bedrock from '@aws-sdk/client-bedrock';
import type * as agent from '@aws-sdk/client-bedrock-agent';
import type * as agentRuntime from '@aws-sdk/client-bedrock-agent-runtime';
import type * as runtime from '@aws-sdk/client-bedrock-runtime';
import type { BedrockCall } from '../bedrockCall.js';
import type { ServiceName } from './model.js';

// Types only: the sandbox never loads a client, which would cost it a quarter of a second at its start.
interface Clients {
  readonly bedrock: typeof bedrock;
  readonly 'bedrock-runtime': typeof runtime;
  readonly 'bedrock-agent': typeof agent;
  readonly 'bedrock-agent-runtime': typeof agentRuntime;
}

type Command<S extends ServiceName, N extends string> = Clients[S][`${N}Command` &
  keyof Clients[S]] extends abstract new (...args: never) => infer C
  ? C
  : never;

type OperationName<S extends ServiceName> = {
  [K in keyof Clients[S]]: K extends `${infer N}Command` ? N : never;
}[keyof Clients[S]];

/** The SDK's input after AWS's checks: what is required is there, and bytes are bytes. */
type Received<T> = T extends Uint8Array | Date
  ? T
  : T extends readonly (infer Item)[]
    ? Received<Item>[]
    : T extends object
      ? {
          [K in keyof T]: object extends Pick<T, K>
            ? Received<T[K]>
            : Received<Exclude<T[K], undefined>>;
        }
      : T;

/** The SDK's output as a handler gives it: plain bytes, and events from any iterable. */
type Answer<T> = {
  [K in keyof T as Exclude<K, '$metadata'>]: T[K] extends AsyncIterable<infer Event> | undefined
    ? Iterable<Event> | AsyncIterable<Event>
    : T[K] extends Uint8Array | undefined
      ? Uint8Array
      : T[K];
};

/** The input of an operation. */
export type InputOf<S extends ServiceName, N extends OperationName<S>> =
  Command<S, N & string> extends { readonly input: infer I extends object } ? Received<I> : never;

/** The answer to an operation. */
export type OutputOf<S extends ServiceName, N extends OperationName<S>> =
  Command<S, N & string> extends {
    resolveMiddleware: (...args: never[]) => (...args: never[]) => Promise<{ output: infer O }>;
  }
    ? Answer<O>
    : never;

/** Handlers of a service by the operations' names: what a tool adds to the sandbox. */
export type Handlers<S extends ServiceName> = {
  readonly [N in OperationName<S>]?: (
    input: InputOf<S, N>,
    call: BedrockCall,
  ) => OutputOf<S, N> | Promise<OutputOf<S, N>>;
};
