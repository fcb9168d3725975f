import * as vscode from 'vscode';
import { causeChain } from '../core/errors.js';
import type { Disposable } from '../core/lifecycle.js';
import { redact, type LogFields, type Logger } from '../core/log.js';

export interface OutputLog extends Logger, Disposable {
  show(): void;
}

/** The one output channel of the extension; VS Code owns its level and file. Everything is redacted. */
export function createOutputLog(name: string): OutputLog {
  const channel = vscode.window.createOutputChannel(name, { log: true });
  const line = (message: string, fields?: LogFields) =>
    redact(fields ? `${message} ${formatFields(fields)}` : message);
  return {
    trace: (message, fields) => {
      channel.trace(line(message, fields));
    },
    debug: (message, fields) => {
      channel.debug(line(message, fields));
    },
    info: (message, fields) => {
      channel.info(line(message, fields));
    },
    warn: (message, fields) => {
      channel.warn(line(message, fields));
    },
    error: (message, fields) => {
      channel.error(line(message, fields));
    },
    show: () => {
      channel.show(true);
    },
    dispose: () => {
      channel.dispose();
    },
  };
}

function formatFields(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${formatValue(value)}`)
    .join(' ');
}

function formatValue(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(causeChain(value));
  return typeof value === 'string' && /^[\w./:@-]+$/.test(value) ? value : JSON.stringify(value);
}
