import { checkFindings } from '../../core/models/bodies/checkFindings.js';
import type { Fault, Finding, Path } from '../../core/models/bodies/finding.js';
import { at, isObject } from '../../core/models/bodies/json.js';
import type { MemberType } from '../../core/models/bodies/member.js';
import type { BodyDescription } from '../../core/models/bodies/types.js';
import { validationError } from '../awsError.js';
import { type Json, malformed } from './bodyCheck.js';
import { converseRefusal } from './converseRefusal.js';

/** Throws what AWS answers to a body that its description or its model's rules refuse. */
export function refuseWrong(body: Json, description: BodyDescription, modelId: string): void {
  const found = checkFindings(body, description, { modelId });
  const first = found.find(({ severity }) => severity === 'error');
  if (!first) return;
  if (first.fault.kind === 'rule' || first.fault.kind === 'text') {
    throw validationError(first.fault.refusal);
  }
  switch (description.refuser) {
    case 'anthropic':
      throw validationError(anthropicRefusal(first, body));
    case 'converse':
      throw converseRefusal(first);
    case 'schema':
      throw schemaRefusal(first);
  }
}

const typeNames: Readonly<Record<MemberType, string>> = {
  string: 'String',
  number: 'Number',
  integer: 'Integer',
  boolean: 'Boolean',
  array: 'JSONArray',
  object: 'JSONObject',
  any: 'Any',
};

/** The texts of the JSON Schema check that Bedrock itself makes for most families. */
export function schemaRefusal({ path, fault }: Finding) {
  const pointer = path.map((step) => `/${step}`).join('');
  switch (fault.kind) {
    case 'missing':
    case 'oneOf':
      return malformed(pointer, `required key [${fault.names[0] ?? ''}] not found`);
    case 'extra':
      return malformed(
        path
          .slice(0, -1)
          .map((step) => `/${step}`)
          .join(''),
        `extraneous key [${fault.name}] is not permitted`,
      );
    case 'type':
      return malformed(
        pointer,
        `expected type: ${typeNames[fault.expected[0] ?? 'any']}, found: ${foundName(fault.value)}`,
      );
    case 'below':
      return malformed(pointer, `${fault.value} is not greater or equal to ${fault.bound}`);
    case 'above':
      return malformed(pointer, `${fault.value} is not less or equal to ${fault.bound}`);
    case 'choice':
    case 'form':
      return malformed(pointer, `${String(fault.value)} is not a valid enum value`);
    case 'tooFew':
      return malformed(
        pointer,
        `expected minimum item count: ${fault.bound}, found: ${fault.count}`,
      );
    case 'tooMany':
      return malformed(
        pointer,
        `expected maximum item count: ${fault.bound}, found: ${fault.count}`,
      );
    case 'blank':
      return malformed(pointer, 'expected minLength: 1, actual: 0');
    default:
      return malformed(pointer, unionText(fault));
  }
}

function unionText(fault: Fault): string {
  const given = fault.kind === 'union' ? fault.given : [];
  return given.length === 0
    ? 'required key [text] not found'
    : `extraneous key [${given[1] ?? ''}] is not permitted`;
}

function foundName(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (Number.isInteger(value)) return 'Integer';
  return typeNames[typeof value as MemberType];
}

const pydanticNames: Readonly<Record<MemberType, string>> = {
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  array: 'list',
  object: 'dictionary',
  any: 'value',
};

/** The texts are Anthropic's own, as Bedrock passes them on. */
function anthropicRefusal({ path, fault }: Finding, body: Json): string {
  const place = taggedPath(path, body).join('.');
  const message = `messages.${path[1] ?? 0}`;
  switch (fault.kind) {
    case 'missing':
    case 'oneOf': {
      const name = fault.names[0] ?? '';
      return `${place === '' ? name : `${place}.${name}`}: Field required`;
    }
    case 'extra':
      return `${place}: Extra inputs are not permitted`;
    case 'type':
      return `${place}: Input should be a valid ${pydanticNames[fault.expected.at(-1) ?? 'any']}`;
    case 'below':
    case 'above':
      return place === 'temperature' || place === 'top_p'
        ? `${place}: range: 0..1`
        : `${place}: must be ${fault.kind === 'below' ? 'greater' : 'less'} than or equal to ${fault.bound}`;
    case 'choice':
      return `${place}: Input should be ${choiceText(fault.choices)}`;
    case 'form':
      return `${taggedPath(path.slice(0, -1), body, false).join('.')}: Input tag '${fault.value}' found using 'type' does not match any of the expected tags`;
    case 'tooFew':
      return path.length === 1
        ? 'messages: at least one message is required'
        : `${message}: user messages must have non-empty content`;
    case 'blank':
      if (path.length === 3 && path[0] === 'messages' && fault.isEmpty) {
        return `${message}: user messages must have non-empty content`;
      }
      return `${String(path[0])}: text content blocks must ${fault.isEmpty ? 'be non-empty' : 'contain non-whitespace text'}`;
    default:
      return `${place}: Input should be a valid dictionary`;
  }
}

function choiceText(choices: readonly unknown[]): string {
  const quoted = choices.filter((one) => one !== 'system').map((one) => `'${String(one)}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/** Anthropic names the form of a block in the path: `messages.0.content.1.image.source.base64`. */
function taggedPath(path: Path, body: Json, isLastTagged = true): (string | number)[] {
  return path.flatMap((step, index) => {
    const here = path.slice(0, index + 1);
    const value = at(body, ...here);
    const isBlock = path[0] === 'messages' && (path[index - 1] === 'content' || step === 'source');
    const isShown = isBlock && isObject(value) && (isLastTagged || index < path.length - 1);
    return isShown && typeof value['type'] === 'string' ? [step, value['type']] : [step];
  });
}
