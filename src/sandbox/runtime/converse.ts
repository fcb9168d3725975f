import { familyOf, isEmbedding } from '../../core/models/families.js';
import { validationError } from '../awsError.js';
import { isObject } from '../http/body.js';
import type { CatalogueModel } from '../models/catalogue.js';
import { type Json, countMember, objectMember, stringList } from './bodyCheck.js';
import type { ChatReply, ChatRequest, ChatTool } from './chat.js';
import { checkSampling } from './families/anthropic.js';
import { blockText, converseContent, readConverseTurn, stopReason } from './converseShape.js';

/** Checks a Converse request as AWS would and reads the prompt. */
export function readConverse(body: Json, model: CatalogueModel): ChatRequest {
  const family = familyOf(model.id);
  if (family === undefined || isEmbedding(family)) {
    throw validationError(
      "This action doesn't support the model that you provided. Try again with a supported text or chat model.",
    );
  }
  const messages = checkMessages(body['messages']);
  const config = objectMember(body, 'inferenceConfig');
  checkConfig(config);
  checkSampling(model.id, config['temperature'], config['topP']);
  const system = Array.isArray(body['system']) ? body['system'].filter(isObject) : [];
  const fields = objectMember(body, 'additionalModelRequestFields');
  return {
    model: model.id,
    system: system.flatMap(blockText).join('\n'),
    turns: messages.map(readConverseTurn),
    maxTokens: countMember(config['maxTokens'], 4096),
    stop: stringList(config['stopSequences']),
    ...readTools(body),
    ...readSchema(body),
    reasons:
      family === 'gptOss' ||
      family === 'deepseekR1' ||
      isObject(fields['thinking']) ||
      isObject(fields['reasoning_config']),
  };
}

const contentNames = [
  ...['text', 'image', 'document', 'video', 'audio', 'toolUse', 'toolResult', 'guardContent'],
  ...['cachePoint', 'reasoningContent', 'citationsContent', 'searchResult'],
  ...['toolAddition', 'toolRemoval'],
];

function checkMessages(messages: unknown): Json[] {
  if (messages === undefined || messages === null) {
    throw validationError(
      "1 validation error detected: Value null at 'messages' failed to satisfy constraint: Member must not be null",
    );
  }
  if (!Array.isArray(messages)) throw typeError('messages', 'list');
  if (messages.length === 0)
    throw validationError(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  const checked = messages.map((message, index) => {
    if (!isObject(message)) throw typeError(`messages.${index + 1}.member`, 'structure');
    checkMessage(message, index);
    return message;
  });
  const first = checked.find((message) => message['role'] !== 'system');
  if (first?.['role'] !== 'user') {
    throw validationError(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  return checked;
}

function checkMessage(message: Json, index: number): void {
  const path = `messages.${index + 1}.member`;
  const { role, content } = message;
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    throw validationError(
      `1 validation error detected: Value '${String(role)}' at '${path}.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant, system]`,
    );
  }
  if (!Array.isArray(content)) {
    if (content === undefined || content === null) {
      throw validationError(
        `1 validation error detected: Value null at '${path}.content' failed to satisfy constraint: Member must not be null`,
      );
    }
    throw typeError(`${path}.content`, 'list');
  }
  if (content.length === 0) {
    throw validationError(
      `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
    );
  }
  for (const [at, block] of content.entries()) {
    const where = `messages.${index}.content.${at}`;
    if (!isObject(block)) throw typeError(where, 'structure');
    const given = Object.keys(block).filter(
      (name) => block[name] !== null && block[name] !== undefined,
    );
    if (given.length !== 1 || !contentNames.includes(given[0] ?? '')) {
      throw validationError(
        `The content block at ${where} must have exactly one of its members set. Try again with a valid ContentBlock.`,
      );
    }
    const { text } = block;
    if (given[0] !== 'text') continue;
    if (typeof text !== 'string') throw typeError(`${where}.text`, 'string');
    if (text.trim() === '') {
      throw validationError(
        `The text field in the ContentBlock object at ${where} is blank. Add text to the text field, and try again.`,
      );
    }
  }
}

function typeError(path: string, type: string) {
  return validationError(`Unexpected field type at ${path}: expected a ${type}.`);
}

function checkConfig(config: Json): void {
  const problem = (name: string, value: unknown, what: string) =>
    validationError(
      `1 validation error detected: Value '${String(value)}' at 'inferenceConfig.${name}' failed to satisfy constraint: ${what}`,
    );
  const { maxTokens } = config;
  if (
    maxTokens !== undefined &&
    maxTokens !== null &&
    !(Number.isInteger(maxTokens) && Number(maxTokens) >= 1)
  ) {
    throw problem('maxTokens', maxTokens, 'Member must have value greater than or equal to 1');
  }
  for (const name of ['temperature', 'topP']) {
    const value = config[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number') throw typeError(`inferenceConfig.${name}`, 'number');
    if (value < 0) throw problem(name, value, 'Member must have value greater than or equal to 0');
    if (value > 1) throw problem(name, value, 'Member must have value less than or equal to 1');
  }
}

function readTools(body: Json): { tools: ChatTool[]; toolChoice?: string } {
  const config = objectMember(body, 'toolConfig');
  const listed = Array.isArray(config['tools']) ? config['tools'].filter(isObject) : [];
  const tools = listed.flatMap((tool) => {
    const spec = objectMember(tool, 'toolSpec');
    if (typeof spec['name'] !== 'string') return [];
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(spec['name'])) {
      throw validationError(
        `1 validation error detected: Value '${spec['name']}' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+`,
      );
    }
    return [{ name: spec['name'], schema: objectMember(spec, 'inputSchema')['json'] }];
  });
  const choice = objectMember(config, 'toolChoice');
  const named = objectMember(choice, 'tool')['name'];
  if (typeof named === 'string') return { tools, toolChoice: named };
  return isObject(choice['any']) ? { tools, toolChoice: 'any' } : { tools };
}

function readSchema(body: Json): { schema?: unknown } {
  const format = objectMember(objectMember(body, 'outputConfig'), 'textFormat');
  const text = objectMember(objectMember(format, 'structure'), 'jsonSchema')['schema'];
  if (typeof text !== 'string') return {};
  try {
    return { schema: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw validationError(
      'The value at outputConfig.textFormat.structure.jsonSchema.schema is not valid JSON.',
    );
  }
}

/** Tokens as Converse reports them. */
export function converseUsage({ inputTokens, outputTokens }: ChatReply): Json {
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
    cacheReadInputTokens: 0,
    cacheWriteInputTokens: 0,
  };
}

/** A Converse answer. */
export function writeConverse(reply: ChatReply, latencyMs: number): Json {
  return {
    output: { message: { role: 'assistant', content: converseContent(reply) } },
    stopReason: stopReason(reply),
    usage: converseUsage(reply),
    metrics: { latencyMs },
    ...guardTrace(reply),
  };
}

/** The trace of a guardrail, where one was asked for. */
export function guardTrace({ guard }: ChatReply): Json {
  return guard?.trace === undefined ? {} : { trace: { guardrail: guard.trace } };
}
