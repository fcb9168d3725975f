import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Port } from '../../../src/rpc/contract.js';

/** A worker_threads MessagePort as an RPC port. */
export function portOf(messagePort: MessagePort): Port {
  return {
    post: (message) => {
      messagePort.postMessage(message);
    },
    onMessage: (listener) => {
      messagePort.on('message', listener);
      return { dispose: () => messagePort.off('message', listener) };
    },
  };
}

/** Two connected ports and a way to close them. */
export function portPair(): { page: Port; host: Port; close: () => void } {
  const channel = new MessageChannel();
  return {
    page: portOf(channel.port1),
    host: portOf(channel.port2),
    close: () => {
      channel.port1.close();
    },
  };
}

/** Waits until the condition holds; fails after two seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 2000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
