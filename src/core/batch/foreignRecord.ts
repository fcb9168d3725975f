import * as l10n from '@vscode/l10n';
import { AppError } from '../errors.js';
import { isObject } from '../models/bodies/json.js';
import type { InvocationType } from './types.js';

/** Requests of another batch service as Bedrock records. */
export interface ConvertedRecord {
  readonly record: Readonly<Record<string, unknown>>;
  readonly invocationType?: InvocationType;
  /** Members that Bedrock has nothing for; they change nothing that is asked. */
  readonly dropped: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** True for what `toBedrockRecord` takes. */
export function isRequest(value: unknown): value is Json {
  if (!isObject(value)) return false;
  return 'modelInput' in value || ('custom_id' in value && ('body' in value || 'params' in value));
}

/**
 * A line of an OpenAI batch file as a Converse record, a request of Anthropic's Message Batches as one
 * with Claude's own body; a Bedrock record stays as it is.
 * Sources: https://platform.openai.com/docs/api-reference/batch/request-input,
 * https://docs.anthropic.com/en/api/creating-message-batches,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-data.html
 * @throws AppError `unsupported` for what has no counterpart.
 */
export function toBedrockRecord(value: Json): ConvertedRecord {
  if ('modelInput' in value) return { record: value, dropped: [] };
  const recordId = String(value['custom_id']);
  if (isObject(value['params'])) {
    const { model, stream, ...params } = value['params'];
    const modelInput = { anthropic_version: 'bedrock-2023-05-31', ...params };
    const dropped = Object.keys({
      ...(model !== undefined && { model }),
      ...(stream !== undefined && { stream }),
    });
    return { record: { recordId, modelInput }, invocationType: 'InvokeModel', dropped };
  }
  const body = isObject(value['body']) ? value['body'] : {};
  const { modelInput, dropped } = converseOf(body);
  return { record: { recordId, modelInput }, invocationType: 'Converse', dropped };
}

/** Members of a chat completion that mean something Converse says in another way, or not at all. */
const refused = ['tools', 'tool_choice', 'functions', 'function_call', 'response_format', 'input'];
const taken = [
  'messages',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'stop',
] as const;

function converseOf(body: Json): { readonly modelInput: Json; readonly dropped: string[] } {
  const wrong = refused.find((name) => body[name] !== undefined && !isPlainText(body[name]));
  if (wrong !== undefined) throw unsupported(`"${wrong}"`);
  if (typeof body['n'] === 'number' && body['n'] > 1) throw unsupported('"n"');
  const messages = Array.isArray(body['messages']) ? body['messages'].filter(isObject) : [];
  const isSystem = ({ role }: Json) => role === 'system' || role === 'developer';
  const system = messages.filter(isSystem).flatMap(({ content }) => blocksOf(content));
  const turns = messages
    .filter((message) => !isSystem(message))
    .map(({ role, content, tool_calls: calls }) => {
      if ((role !== 'user' && role !== 'assistant') || calls !== undefined)
        throw unsupported('tools');
      return { role, content: blocksOf(content) };
    });
  const inferenceConfig = configOf(body);
  const known = new Set<string>(taken);
  return {
    modelInput: {
      messages: turns,
      ...(system.length > 0 && { system }),
      ...(Object.keys(inferenceConfig).length > 0 && { inferenceConfig }),
    },
    dropped: Object.keys(body).filter((name) => !known.has(name)),
  };
}

function isPlainText(value: unknown): boolean {
  return isObject(value) && value['type'] === 'text';
}

function configOf(body: Json): Json {
  const { temperature, top_p: topP, stop } = body;
  const maxTokens = body['max_completion_tokens'] ?? body['max_tokens'];
  const stopSequences = typeof stop === 'string' ? [stop] : stop;
  const members = { maxTokens, temperature, topP, stopSequences };
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  );
}

function blocksOf(content: unknown): Json[] {
  if (typeof content === 'string') return [{ text: content }];
  const parts = Array.isArray(content) ? content.filter(isObject) : [];
  return parts.map((part) => {
    if (part['type'] === 'text') return { text: part['text'] };
    const image = isObject(part['image_url']) ? String(part['image_url']['url']) : '';
    const [, format, bytes] = /^data:image\/(png|jpeg|gif|webp);base64,(.+)$/.exec(image) ?? [];
    if (bytes === undefined) throw unsupported(`"${String(part['type'])}"`);
    return { image: { format, source: { bytes } } };
  });
}

function unsupported(what: string): AppError {
  return new AppError(
    'unsupported',
    l10n.t(
      '{0} of the request cannot be converted. Remove it, or write the record yourself.',
      what,
    ),
  );
}
