import { validationError } from '../awsError.js';

/** Constraints of one member, as AWS's service model states them. */
export interface Constraint {
  readonly pattern?: RegExp;
  readonly patternText?: string;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
}

/** Gathers violations and throws them together, in the words AWS uses. */
export class ConstraintCheck {
  private readonly problems: string[] = [];

  /** A text member; absent is a violation where it is required. */
  text(path: string, value: unknown, constraint: Constraint, isRequired = false): void {
    if (value === undefined || value === null) {
      if (isRequired) this.add('null', path, 'Member must not be null');
      return;
    }
    if (typeof value !== 'string') {
      this.add(JSON.stringify(value), path, 'Member must be a string');
      return;
    }
    const { min = 0, max = Infinity, pattern, patternText, values } = constraint;
    if (value.length < min) {
      this.add(`'${value}'`, path, `Member must have length greater than or equal to ${min}`);
    }
    if (value.length > max) {
      this.add(`'${value}'`, path, `Member must have length less than or equal to ${max}`);
    }
    if (pattern !== undefined && !pattern.test(value)) {
      const text = patternText ?? pattern.source.replace(/^\^(?:\(\?:)?/, '').replace(/\)?\$$/, '');
      this.add(`'${value}'`, path, `Member must satisfy regular expression pattern: ${text}`);
    }
    if (values !== undefined && !values.includes(value)) {
      this.add(`'${value}'`, path, `Member must satisfy enum value set: [${values.join(', ')}]`);
    }
  }

  /** A whole number within bounds, both inclusive. */
  integer(path: string, value: unknown, min: number, max: number): void {
    if (value === undefined || value === null) return;
    if (!Number.isInteger(value))
      this.add(JSON.stringify(value), path, 'Member must be an integer');
    else if (Number(value) < min) {
      this.add(
        `'${Number(value)}'`,
        path,
        `Member must have value greater than or equal to ${min}`,
      );
    } else if (Number(value) > max) {
      this.add(`'${Number(value)}'`, path, `Member must have value less than or equal to ${max}`);
    }
  }

  /** A violation of any other kind. */
  add(shown: string, path: string, what: string): void {
    this.problems.push(`Value ${shown} at '${path}' failed to satisfy constraint: ${what}`);
  }

  /** Throws a ValidationException where there was a violation. */
  done(): void {
    const count = this.problems.length;
    if (count === 0) return;
    const noun = count === 1 ? 'error' : 'errors';
    throw validationError(`${count} validation ${noun} detected: ${this.problems.join('; ')}`);
  }
}

/** A pattern of a service model, which has to fit the whole value. */
export function whole(pattern: string): { pattern: RegExp; patternText: string } {
  return { pattern: new RegExp(`^(?:${pattern})$`), patternText: pattern };
}
