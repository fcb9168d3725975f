import type { Finding, Path } from '../../core/models/bodies/finding.js';
import type { MemberType } from '../../core/models/bodies/member.js';
import { validationError } from '../awsError.js';
import { malformed } from './bodyCheck.js';

const typeNames: Readonly<Record<MemberType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'structure',
  any: 'value',
};

const startWithUser =
  'A conversation must start with a user message. Try again with a conversation that starts with a user message.';

/** What Converse answers to a wrong request; the texts are Bedrock's own where they are known. */
export function converseRefusal({ path, fault }: Finding) {
  const place = path.join('.');
  const constraint = (value: string, what: string) =>
    validationError(
      `1 validation error detected: Value ${value} at '${memberPath(path)}' failed to satisfy constraint: ${what}`,
    );
  switch (fault.kind) {
    case 'missing':
    case 'oneOf': {
      const name = fault.names[0] ?? '';
      if (name === 'type' && path.at(-1) === 'json') return schemaType(place);
      return validationError(
        `1 validation error detected: Value null at '${memberPath([...path, name])}' failed to satisfy constraint: Member must not be null`,
      );
    }
    case 'extra':
      return malformed(
        path
          .slice(0, -1)
          .map((step) => `/${step}`)
          .join(''),
        `extraneous key [${fault.name}] is not permitted`,
      );
    case 'type':
      if (path.at(-2) === 'toolUse' && path.at(-1) === 'input') {
        return validationError(
          `The format of the value at ${place} is invalid. Provide a json object for the field and try again.`,
        );
      }
      return validationError(
        `Unexpected field type at ${memberPath(path)}: expected a ${typeNames[fault.expected[0] ?? 'any']}.`,
      );
    case 'below':
      return constraint(
        `'${fault.value}'`,
        `Member must have value greater than or equal to ${fault.bound}`,
      );
    case 'above':
      return constraint(
        `'${fault.value}'`,
        `Member must have value less than or equal to ${fault.bound}`,
      );
    case 'choice':
    case 'form': {
      if (path.at(-2) === 'json') return schemaType(path.slice(0, -1).join('.'));
      const choices = 'choices' in fault ? fault.choices.join(', ') : '';
      return constraint(
        `'${String(fault.value)}'`,
        `Member must satisfy enum value set: [${choices}]`,
      );
    }
    case 'tooFew':
      return path.length === 1
        ? validationError(startWithUser)
        : validationError(
            `The content field in the Message object at ${path.slice(0, -1).join('.')} is empty. Add a ContentBlock object to the content field and try again.`,
          );
    case 'tooMany':
      return constraint(
        `of ${fault.count} items`,
        `Member must have length less than or equal to ${fault.bound}`,
      );
    case 'blank':
      return path[0] === 'system'
        ? constraint("''", 'Member must have length greater than or equal to 1')
        : validationError(
            `The text field in the ContentBlock object at ${path.slice(0, -1).join('.')} is blank. Add text to the text field, and try again.`,
          );
    default:
      return validationError(
        `The content block at ${place} must have exactly one of its members set. Try again with a valid ContentBlock.`,
      );
  }
}

function schemaType(place: string) {
  return validationError(`The value at ${place}.type must be one of the following: object.`);
}

/** Lists are counted from 1 in the texts of AWS's own constraints: `messages.1.member.content`. */
function memberPath(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? `${step + 1}.member` : step)).join('.');
}
