import { effect, type Signal, signal } from '@preact/signals';
import { connect, type RpcConnection } from '../../rpc/client.js';
import type { Contract, InputSchema, Port } from '../../rpc/contract.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** May be called once a page; everything else goes through this module. */
const api = acquireVsCodeApi();

const port: Port = {
  post: (message) => {
    api.postMessage(message);
  },
  onMessage: (listener) => {
    const receive = (event: MessageEvent<unknown>) => {
      listener(event.data);
    };
    window.addEventListener('message', receive);
    return {
      dispose: () => {
        window.removeEventListener('message', receive);
      },
    };
  },
};

/** Connects the page to the extension. */
export function connectHost<C extends Contract>(contract: C): RpcConnection<C> {
  return connect(port, contract);
}

/** The data the extension put into the page. It is the extension's own, so it is not parsed again. */
export function pageData(): unknown {
  return JSON.parse(document.getElementById('data')?.textContent ?? 'null');
}

function state(): Readonly<Record<string, unknown>> {
  const stored = api.getState();
  return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
}

/** Stores one member of the page's state, which survives hiding and reloading. */
export function storeState(key: string, value: unknown): void {
  api.setState({ ...state(), [key]: value });
}

/** A signal kept in the page's state; what does not fit the schema any more becomes `initial`. */
export function persistedSignal<T>(key: string, schema: InputSchema<T>, initial: T): Signal<T> {
  const stored = schema.safeParse(state()[key]);
  const kept = signal(stored.success ? stored.data : initial);
  effect(() => {
    storeState(key, kept.value);
  });
  return kept;
}
