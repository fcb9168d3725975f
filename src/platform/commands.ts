import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.js';
import { DisposableStore, type Disposable } from '../core/lifecycle.js';
import { isRecord, isTreeNode } from './commandArguments.js';
import { commandTable } from './commandTable.js';
import type { ErrorReporter } from './notify.js';

/** Who started a command: a person is shown what went wrong and may be asked; a script is neither. */
export interface Caller {
  readonly isPerson: boolean;
}

export type CommandId = keyof typeof commandTable;
type Row<Id extends CommandId> = (typeof commandTable)[Id];
type Schemas<Id extends CommandId> = Row<Id>['arguments'];

type Outputs<All extends readonly z.ZodMiniType[]> = { [At in keyof All]: z.output<All[At]> };
type Inputs<All extends readonly z.ZodMiniType[]> = { [At in keyof All]?: z.input<All[At]> };
/** A command's arguments as its handler gets them, and as a caller gives them. */
type ArgumentsOf<Id extends CommandId> = Outputs<Schemas<Id>>;
type Given<Id extends CommandId> = Inputs<Schemas<Id>>;
/** What a command gives. */
type ResultOf<Id extends CommandId> = ReturnType<NonNullable<Row<Id>['gives']>>;

/** A command's work; what it returns is what `executeCommand` gives a caller. */
export type CommandHandler<Id extends CommandId> = (
  args: ArgumentsOf<Id>,
  caller: Caller,
) => Promise<ResultOf<Id> | undefined>;

/** Some commands' handlers by their ids. */
export type CommandHandlers = { readonly [Id in CommandId]?: CommandHandler<Id> };

/**
 * Registers a feature's commands with one wrapper: arguments are checked by the table; an error is shown
 * to a person and rejects the promise of a script. A cancelled command is silent.
 */
export function registerCommands(handlers: CommandHandlers, report: ErrorReporter): Disposable {
  const store = new DisposableStore();
  type Untyped = (args: readonly unknown[], caller: Caller) => Promise<unknown>;
  for (const [id, handler] of Object.entries(handlers) as unknown as [CommandId, Untyped][]) {
    const schemas: readonly z.ZodMiniType[] = commandTable[id].arguments;
    const invoke = async (...raw: unknown[]): Promise<unknown> => {
      const { args, isPerson } = readCall(raw);
      try {
        const read = schemas.map((schema, at) => z.parse(schema, args[at]));
        return await handler(read, { isPerson });
      } catch (cause) {
        const error = cause instanceof z.core.$ZodError ? wrongArguments(id, cause) : cause;
        if (!isPerson) throw error;
        report(error, { retry: () => void invoke(...raw) });
        return undefined;
      }
    };
    store.add(vscode.commands.registerCommand(id, invoke));
  }
  return store;
}

/** A schema's findings in a sentence that names the argument. */
function wrongArguments(id: string, error: z.core.$ZodError): AppError {
  const issue = error.issues[0];
  const name = issue?.path.map(String).join('.') ?? '';
  const wanted = issue?.code === 'invalid_type' ? issue.expected : undefined;
  const message =
    name === ''
      ? vscode.l10n.t('{0} was given arguments of the wrong form. See its documentation.', id)
      : wanted
        ? vscode.l10n.t('{0}: the argument "{1}" must be of type {2}. Change it.', id, name, wanted)
        : vscode.l10n.t('{0}: the argument "{1}" has a wrong value. Change it.', id, name);
  return new AppError('invalidInput', message, { cause: error });
}

/** Runs one of our commands as a script does: what goes wrong rejects the promise. */
export function run<Id extends CommandId>(id: Id, ...args: Given<Id>): Thenable<ResultOf<Id>> {
  return vscode.commands.executeCommand(id, ...args);
}

/** Runs one of our commands for a person who pressed a button of ours: what goes wrong is shown. */
export function runForPerson<Id extends CommandId>(
  id: Id,
  ...args: Given<Id>
): Thenable<ResultOf<Id> | undefined> {
  return vscode.commands.executeCommand(id, ...forPerson(...args));
}

/**
 * The arguments of a command that a person starts from something of ours: a button in a message, a code
 * lens, a link in a welcome view (there as JSON: `?{"forPerson":[…]}`).
 */
export function forPerson(
  ...args: readonly unknown[]
): [{ readonly forPerson: readonly unknown[] }] {
  return [{ forPerson: args }];
}

/**
 * A command's own arguments, and whether a person started it: without arguments (palette, key), from a
 * button of ours (`forPerson`), or from one of VS Code's menus, which add something of their own: a tree
 * its node and the selected ones, the Explorer the selected files, an editor its group. Everything else
 * is a script.
 */
function readCall(raw: readonly unknown[]): Caller & { readonly args: readonly unknown[] } {
  const [first, second] = raw;
  if (isRecord(first) && Array.isArray(first['forPerson'])) {
    return { args: first['forPerson'], isPerson: true };
  }
  if (raw.every((value) => value === undefined)) return { args: [], isPerson: true };
  if (isTreeNode(first)) {
    return { args: Array.isArray(second) ? [first, second] : [first], isPerson: true };
  }
  const isFromExplorer = Array.isArray(second) && second.every((uri) => uri instanceof vscode.Uri);
  const isFromEditor = isRecord(second) && 'groupId' in second;
  if (first instanceof vscode.Uri && (isFromExplorer || isFromEditor)) {
    return { args: [first], isPerson: true };
  }
  return { args: raw, isPerson: false };
}
