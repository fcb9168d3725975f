import { decodePercent } from '../http/wire.js';
import { type OperationModel, type ServiceName, structureOf, wireModel } from './model.js';

/** An operation a request asks for, and its decoded path labels by name. */
export interface Route {
  readonly service: ServiceName;
  readonly name: string;
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

interface Row extends Omit<Route, 'labels'> {
  /** The path between its slashes: `guardrails`, `{guardrailIdentifier}`. */
  readonly segments: readonly string[];
}

const rows: readonly Row[] = Object.entries(wireModel)
  .flatMap(([service, { operations }]) =>
    Object.entries(operations).map(([name, operation]) => ({
      service: service as ServiceName,
      name,
      operation,
      segments: operation.path.split('/').slice(1),
    })),
  )
  .sort((a, b) => rank(a).localeCompare(rank(b)));

/** Where two routes fit a path, the one goes first whose fixed segments come first. */
function rank({ segments }: Row): string {
  return segments.map((segment) => (isLabel(segment) ? '1' : '0')).join('');
}

function isLabel(segment: string): boolean {
  return segment.startsWith('{');
}

/** Rows by method and number of segments. */
const bySize = new Map<string, Row[]>();
for (const row of rows) {
  const key = `${row.operation.method} ${row.segments.length}`;
  bySize.set(key, [...(bySize.get(key) ?? []), row]);
}

/**
 * The operation of a method and raw path. The path is split at its slashes first and decoded afterwards, so that
 * a label may hold an encoded one; a last slash counts (`POST /agents/{id}/` prepares an agent, without the slash
 * it invokes one). An ARN whose slashes are not encoded is taken as one label where nothing else fits.
 */
export function findRoute(method: string, path: string): Route | undefined {
  const sent = path.split('/').slice(1);
  for (const row of bySize.get(`${method} ${sent.length}`) ?? []) {
    if (
      row.segments.every((at, index) => (isLabel(at) ? sent[index] !== '' : sent[index] === at))
    ) {
      return routeOf(row, sent);
    }
  }
  if (!/\/arn(?::|%3a)/i.test(path)) return undefined;
  for (const row of rows) {
    if (row.operation.method !== method) continue;
    const joined = joinArns(row.segments, sent);
    if (joined !== undefined) return routeOf(row, joined);
  }
  return undefined;
}

/** The path's segments with those of an ARN put together, so that they fit a row's; undefined where they never do. */
function joinArns(segments: readonly string[], sent: readonly string[]): string[] | undefined {
  const [wanted, ...others] = segments;
  const [first, ...rest] = sent;
  if (wanted === undefined || first === undefined) {
    return wanted === first ? [] : undefined;
  }
  if (!isLabel(wanted)) {
    const tail = wanted === first ? joinArns(others, rest) : undefined;
    return tail && [first, ...tail];
  }
  const most = /^arn(?::|%3a)/i.test(first) ? sent.length : 1;
  for (let count = 1; count <= most; count++) {
    const label = sent.slice(0, count).join('/');
    const tail = label === '' ? undefined : joinArns(others, sent.slice(count));
    if (tail) return [label, ...tail];
  }
  return undefined;
}

function routeOf({ segments, ...row }: Row, sent: readonly string[]): Route {
  const labels = segments.flatMap((segment, index) =>
    isLabel(segment) ? [[segment.slice(1, -1), decodePercent(sent[index] ?? '')] as const] : [],
  );
  return { ...row, labels: Object.fromEntries(labels) };
}

/** True where the input is an event stream, whose body is not to be waited for. */
export function hasStreamedInput({ service, operation }: Route): boolean {
  const { payload = '', members } = structureOf(wireModel[service], operation.input);
  return wireModel[service].shapes[members[payload] ?? '']?.type === 'eventStream';
}
