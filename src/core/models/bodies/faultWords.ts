import * as l10n from '@vscode/l10n';
import { pathText, type Finding, type Path } from './finding.js';
import type { MemberType } from './member.js';

/** Who is spoken of: the model or API that reads the body, and what the body is called there. */
export interface Speaking {
  readonly name: string;
  /** `modelInput` in a dataset. */
  readonly body: string;
}

/** A finding for people: what is wrong, and what to write instead. */
export function faultText({ fault, path, instead }: Finding, { name, body }: Speaking): string {
  const where = pathText(path);
  const todo = instead?.() ?? '';
  switch (fault.kind) {
    case 'text':
    case 'rule':
      return fault.message();
    case 'missing':
      return l10n.t(
        '{0} has no {1}, which {2} needs. Add it.',
        ownerText(path, body),
        allOf(fault.names),
        name,
      );
    case 'oneOf':
      return l10n.t(
        '{0} has no {1}, which {2} needs. Add one of them.',
        ownerText(path, body),
        anyOf(fault.names.map(quoted)),
        name,
      );
    case 'extra':
      return l10n.t(
        '{0} has "{1}", which {2} does not take. {3}',
        ownerText(path.slice(0, -1), body),
        fault.name,
        name,
        fault.hint?.() ?? l10n.t('Remove it.'),
      );
    case 'type':
      return l10n.t(
        '{0} must be {1}. {2}',
        where,
        anyOf(fault.expected.map(typeText)),
        todo || l10n.t('Change it.'),
      );
    case 'below':
      return l10n.t('"{0}" must be a number of at least {1}. Change it.', where, fault.bound);
    case 'above':
      return l10n.t('"{0}" must be a number of at most {1}. Change it.', where, fault.bound);
    case 'choice':
      return l10n.t(
        '"{0}" must be {1}. {2}',
        where,
        anyOf(fault.choices.map((one) => JSON.stringify(one))),
        todo || l10n.t('Change it.'),
      );
    case 'form':
      return l10n.t(
        '{0} has "{1}": "{2}", which {3} does not know. {4}',
        ownerText(path.slice(0, -1), body),
        fault.tag,
        fault.value,
        name,
        todo || l10n.t('Change it.'),
      );
    case 'tooFew':
      return l10n.t(
        '"{0}" is an empty list. {1}',
        where,
        todo || l10n.t('Write at least one item.'),
      );
    case 'tooMany':
      return l10n.t(
        '"{0}" has {1} items, and {2} takes at most {3}. Remove some.',
        where,
        fault.count,
        name,
        fault.bound,
      );
    case 'blank':
      return fault.isEmpty
        ? l10n.t('"{0}" is empty. Write something, or remove it.', where)
        : l10n.t('"{0}" is only white space. Write something, or remove it.', where);
    case 'union':
      return fault.given.length === 0
        ? l10n.t(
            '{0} has none of the members that {1} takes there. Write {2}.',
            where,
            name,
            anyOf(fault.names.map(quoted)),
          )
        : l10n.t(
            '{0} has several members, and {1} takes one of them. Keep one of {2}.',
            where,
            name,
            allOf(fault.given),
          );
  }
}

function ownerText(path: Path, body: string): string {
  return path.length === 0 ? body : pathText(path);
}

const quoted = (name: string) => `"${name}"`;

/** The names as a list: `"a" and "b"`. */
function allOf(names: readonly string[]): string {
  return names.map(quoted).reduce((listed, name) => l10n.t('{0} and {1}', listed, name));
}

/** The names as a list to choose from: `a or b or c`. */
export function anyOf(names: readonly string[]): string {
  return names.reduce((listed, name) => l10n.t('{0} or {1}', listed, name));
}

function typeText(type: MemberType): string {
  switch (type) {
    case 'string':
      return l10n.t('a text');
    case 'number':
      return l10n.t('a number');
    case 'integer':
      return l10n.t('a whole number');
    case 'boolean':
      return l10n.t('true or false');
    case 'array':
      return l10n.t('a list');
    case 'object':
      return l10n.t('an object');
    case 'any':
      return l10n.t('anything');
  }
}
