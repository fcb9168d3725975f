import { isObject } from '../http/body.js';
import { awsError } from '../awsError.js';

const faultKinds = [
  'throttle',
  'error',
  'dropBefore',
  'dropAfter',
  'slow',
  'cutStream',
  'streamException',
  'recordErrors',
  'partiallyCompleted',
  'expired',
  'failJob',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** What goes wrong. `rate` is a share between 0 and 1, `delayMs` real milliseconds. */
export interface Fault {
  readonly kind: FaultKind;
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly delayMs?: number;
  readonly afterEvents?: number;
  readonly exception?: string;
  readonly rate?: number;
  readonly count?: number;
}

/** When a fault strikes; `times` how often, without it for ever. */
export interface FaultRule {
  readonly match: { readonly operation?: string; readonly key?: string };
  readonly fault: Fault;
  readonly times?: number;
}

/** Faults of jobs rather than of requests. */
const jobKinds: readonly FaultKind[] = ['recordErrors', 'partiallyCompleted', 'expired', 'failJob'];

export function isJobFault({ kind }: Fault): boolean {
  return jobKinds.includes(kind);
}

interface LiveRule extends FaultRule {
  left: number;
}

/** The faults asked for at `/_sandbox/faults`. */
export class FaultRules {
  private rules: LiveRule[] = [];

  add(rule: FaultRule): void {
    this.rules.push({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.rules = [];
  }

  list(): (FaultRule & { remaining?: number })[] {
    return this.rules.map(({ left, ...rule }) =>
      Number.isFinite(left) ? { ...rule, remaining: left } : rule,
    );
  }

  /** The first request fault for an operation, counted as used. `text` holds key, model or job name. */
  takeForRequest(operation: string, text: string): Fault | undefined {
    const rule = this.rules.find((at) => !isJobFault(at.fault) && isMatch(at, operation, text));
    if (rule === undefined) return undefined;
    this.use(rule);
    return rule.fault;
  }

  /** Every job fault for a job, each counted as used. */
  takeForJob(text: string): Fault[] {
    const found = this.rules.filter(
      (at) => isJobFault(at.fault) && isMatch(at, 'CreateModelInvocationJob', text),
    );
    for (const rule of found) this.use(rule);
    return found.map((rule) => rule.fault);
  }

  private use(rule: LiveRule): void {
    rule.left -= 1;
    if (rule.left <= 0) this.rules = this.rules.filter((at) => at !== rule);
  }
}

function isMatch({ match }: FaultRule, operation: string, text: string): boolean {
  if (match.operation !== undefined && match.operation !== operation) return false;
  return match.key === undefined || text.includes(match.key);
}

/** Reads a rule from JSON; a wrong one is refused with a sentence that says what is wrong. */
export function parseFaultRule(value: unknown): FaultRule {
  if (!isObject(value) || !isObject(value['fault']))
    throw bad('Send {"match": {…}, "fault": {"kind": …}}.');
  const fault = value['fault'];
  if (!faultKinds.some((kind) => kind === fault['kind'])) {
    throw bad(`fault.kind must be one of ${faultKinds.join(', ')}.`);
  }
  const match = value['match'] ?? {};
  if (!isObject(match)) throw bad('match must be an object with operation and key.');
  for (const name of ['operation', 'key']) {
    if (match[name] !== undefined && typeof match[name] !== 'string')
      throw bad(`match.${name} must be a text.`);
  }
  for (const name of ['status', 'delayMs', 'afterEvents', 'rate', 'count']) {
    if (fault[name] !== undefined && typeof fault[name] !== 'number')
      throw bad(`fault.${name} must be a number.`);
  }
  for (const name of ['code', 'message', 'exception']) {
    if (fault[name] !== undefined && typeof fault[name] !== 'string')
      throw bad(`fault.${name} must be a text.`);
  }
  const { times } = value;
  if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0)) {
    throw bad('times must be a whole number above 0.');
  }
  return {
    match,
    fault: fault as unknown as Fault,
    ...(times === undefined ? {} : { times: Number(times) }),
  };
}

function bad(message: string) {
  return awsError('ValidationException', message, 400);
}
