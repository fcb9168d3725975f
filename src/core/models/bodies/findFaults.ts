import type { Fault, Finding, Path } from './finding.js';
import { isBlank } from './finding.js';
import { isObject } from './json.js';
import type { Group, Member, MemberType } from './member.js';
import type { JsonObject } from './types.js';

/** A list with the same mistake in every item has one mistake. */
const mostInList = 3;

/**
 * What of a body does not fit its description, in the description's order. A member that is null counts
 * as absent: the models' own clients write it.
 */
export function findFaults(body: JsonObject, group: Group, path: Path = []): Finding[] {
  const missing = absent(body, group, path);
  // Where one is missing, an unknown one is most likely it, misspelt: one mistake.
  const others = extras(body, group, path).filter(
    ({ fault }) => missing.length === 0 || fault.kind !== 'extra' || fault.hint,
  );
  return [
    ...missing,
    ...others,
    ...Object.entries(group.members).flatMap(([name, member]) =>
      has(body, name) ? valueFaults(body[name], member, [...path, name]) : [],
    ),
  ];
}

/** True where a member is there and is not null. */
export function has(body: JsonObject, member: string): boolean {
  return body[member] !== undefined && body[member] !== null;
}

function error(path: Path, fault: Fault, by: Partial<Member> = {}): Finding {
  return finding('error', path, fault, by);
}

function finding(
  severity: Finding['severity'],
  path: Path,
  fault: Fault,
  { instead, rule }: Partial<Member>,
): Finding {
  const value = 'value' in fault ? fault.value : undefined;
  return {
    severity,
    path,
    fault,
    ...(instead && { instead: () => instead(value) }),
    ...(rule !== undefined && { rule }),
  };
}

function absent(body: JsonObject, group: Group, path: Path): Finding[] {
  const { members, oneOf } = group;
  const found: Finding[] = [];
  const names = Object.entries(members)
    .filter(([name, { isRequired }]) => isRequired === true && !has(body, name))
    .map(([name]) => name);
  if (names.length > 0) found.push(error(path, { kind: 'missing', names }));
  if (oneOf && !oneOf.some((name) => has(body, name))) {
    found.push(error(path, { kind: 'oneOf', names: oneOf }));
  }
  return found;
}

function extras(body: JsonObject, group: Group, path: Path): Finding[] {
  const { members, wrongNames = {}, isUnion } = group;
  const found: Finding[] = [];
  for (const name of Object.keys(body)) {
    if (Object.hasOwn(members, name) || !has(body, name)) continue;
    // What a guardrail adds is read by Bedrock, not by the model.
    if (name.startsWith('amazon-bedrock-')) continue;
    const hint = Object.hasOwn(wrongNames, name) ? wrongNames[name] : undefined;
    const at = [...path, name];
    if (hint) found.push(error(at, { kind: 'extra', name, hint }));
    else if (group.extras === 'refused') {
      found.push(error(at, { kind: 'extra', name }, { rule: 'unknown-member' }));
    } else if (group.extras === 'doubtful') {
      found.push(finding('warning', at, { kind: 'extra', name }, { rule: 'unknown-member' }));
    }
  }
  if (isUnion === true && found.length === 0) {
    const names = Object.keys(members);
    const given = names.filter((name) => has(body, name));
    if (given.length !== 1) found.push(error(path, { kind: 'union', given, names }));
  }
  return found;
}

function valueFaults(value: unknown, member: Member, path: Path): Finding[] {
  const { either, type } = member;
  if (either) {
    const fitting = either.find((one) => isOfType(value, one.type));
    if (fitting) return valueFaults(value, fitting, path);
    const expected = either.map((one) => one.type);
    return [error(path, { kind: 'type', expected, value }, member)];
  }
  if (!isOfType(value, type)) {
    return [error(path, { kind: 'type', expected: [type], value }, member)];
  }
  return [
    ...choiceFaults(value, member, path),
    ...(typeof value === 'string' ? textFaults(value, member, path) : []),
    ...(typeof value === 'number' ? numberFaults(value, member, path) : []),
    ...(Array.isArray(value) ? listFaults(value, member, path) : []),
    ...(isObject(value) ? objectFaults(value, member, path) : []),
  ];
}

function choiceFaults(value: unknown, member: Member, path: Path): Finding[] {
  const { choices, isSoft } = member;
  if (!choices || choices.some((one) => one === value)) return [];
  const severity = isSoft === true ? 'warning' : 'error';
  return [finding(severity, path, { kind: 'choice', choices, value }, member)];
}

function textFaults(value: string, member: Member, path: Path): Finding[] {
  const { text } = member;
  if (text === undefined || !isBlank(value)) return [];
  const isEmpty = value === '';
  const isRefused = text === 'nonBlank' || (text === 'nonEmpty' && isEmpty);
  const severity = isRefused ? 'error' : 'warning';
  return [finding(severity, path, { kind: 'blank', isEmpty }, { rule: 'blank-text', ...member })];
}

function numberFaults(value: number, member: Member, path: Path): Finding[] {
  const { min, max, isSoft } = member;
  // A lower bound does not move when a model learns to write more.
  if (min !== undefined && value < min) {
    return [error(path, { kind: 'below', bound: min, value }, member)];
  }
  if (max === undefined || value <= max) return [];
  const severity = isSoft === true ? 'warning' : 'error';
  return [finding(severity, path, { kind: 'above', bound: max, value }, member)];
}

function listFaults(value: readonly unknown[], member: Member, path: Path): Finding[] {
  const { min = 0, max = Infinity, items, isSoft } = member;
  const count = value.length;
  if (count < min) return [error(path, { kind: 'tooFew', bound: min, count }, member)];
  const severity = isSoft === true ? 'warning' : 'error';
  const many =
    count > max ? [finding(severity, path, { kind: 'tooMany', bound: max, count }, member)] : [];
  if (!items) return many;
  const found: Finding[] = [];
  for (const [index, item] of value.entries()) {
    // Null is no item, but no wrong one either: union members may be written out as null.
    if (item !== null) found.push(...valueFaults(item, items, [...path, index]));
    if (found.length >= mostInList) break;
  }
  return [...many, ...found.slice(0, mostInList)];
}

function objectFaults(value: JsonObject, member: Member, path: Path): Finding[] {
  const { members, tag, forms } = member;
  if (members) return findFaults(value, { ...member, members }, path);
  if (!forms || tag === undefined) return [];
  const kind = value[tag];
  if (kind === undefined || kind === null) return [error(path, { kind: 'missing', names: [tag] })];
  const form = typeof kind === 'string' && Object.hasOwn(forms, kind) ? forms[kind] : undefined;
  if (!form) {
    return [
      formFault(typeof kind === 'string' ? kind : JSON.stringify(kind), member, [...path, tag]),
    ];
  }
  return findFaults(value, withTag(form, tag), path);
}

function formFault(value: string, member: Member, path: Path): Finding {
  const { wrongForms = {}, isSoft, rule, tag = '' } = member;
  const hint = Object.hasOwn(wrongForms, value) ? wrongForms[value] : undefined;
  const severity = isSoft === true && !hint ? 'warning' : 'error';
  return finding(
    severity,
    path,
    { kind: 'form', tag, value },
    { ...(hint && { instead: hint }), ...(rule !== undefined && { rule }) },
  );
}

function withTag(form: Group, tag: string): Group {
  return { ...form, members: { [tag]: { type: 'string' }, ...form.members } };
}

/** True where a value is of a member's type. */
export function isOfType(value: unknown, type: MemberType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
