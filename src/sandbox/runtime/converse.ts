import { converse as form } from '../../core/models/bodies/converse.js';
import { familyOf, isEmbedding } from '../../core/models/families.js';
import { validationError } from '../awsError.js';
import { isObject } from '../http/body.js';
import type { CatalogueModel } from '../models/catalogue.js';
import { type Json, countMember, objectMember, stringList } from './bodyCheck.js';
import type { ChatReply, ChatRequest, ChatTool } from './chat.js';
import { refuseWrong } from './refusal.js';
import { blockText, converseContent, readConverseTurn, stopReason } from './converseShape.js';

/** Checks a Converse request as AWS would and reads the prompt. */
export function readConverse(body: Json, model: CatalogueModel): ChatRequest {
  const family = familyOf(model.id);
  if (family === undefined || isEmbedding(family)) {
    throw validationError(
      "This action doesn't support the model that you provided. Try again with a supported text or chat model.",
    );
  }
  refuseWrong(body, form, model.id);
  const messages = (body['messages'] as unknown[]).filter(isObject);
  const config = objectMember(body, 'inferenceConfig');
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
