import { isObject } from '../../http/body.js';
import {
  type Json,
  checkRange,
  checkShape,
  checkType,
  countMember,
  malformed,
  objectMember,
  stringList,
  textMember,
} from '../bodyCheck.js';
import type { ChatTool } from '../chat.js';
import { converseContent, converseEvents, readConverseTurn, stopReason } from '../converseShape.js';
import type { ChatFamily } from './family.js';

const shape = {
  required: { messages: 'array' },
  optional: {
    schemaVersion: 'string',
    system: 'array',
    inferenceConfig: 'object',
    toolConfig: 'object',
    reasoningConfig: 'object',
    additionalModelRequestFields: 'object',
  },
} as const;

const inferenceShape = {
  required: {},
  optional: {
    maxTokens: 'integer',
    max_new_tokens: 'integer',
    temperature: 'number',
    topP: 'number',
    top_p: 'number',
    topK: 'integer',
    top_k: 'integer',
    stopSequences: 'array',
    reasoningConfig: 'object',
  },
} as const;

/** Amazon Nova understanding models: the Converse form with a schema version. */
export const nova: ChatFamily = {
  read(body, { id }) {
    checkShape(body, shape);
    const config = objectMember(body, 'inferenceConfig');
    checkShape(config, inferenceShape, '/inferenceConfig');
    checkRange(config['temperature'], 0, 1, '/inferenceConfig/temperature');
    checkRange(config['topP'], 0, 1, '/inferenceConfig/topP');
    const messages = body['messages'] as unknown[];
    if (messages.length === 0)
      throw malformed('/messages', 'expected minimum item count: 1, found: 0');
    for (const [index, message] of messages.entries()) checkMessage(message, `/messages/${index}`);
    const system = Array.isArray(body['system']) ? body['system'].filter(isObject) : [];
    return {
      model: id,
      system: system.map((block) => textMember(block, 'text')).join('\n'),
      turns: messages.filter(isObject).map(readConverseTurn),
      maxTokens: countMember(config['maxTokens'] ?? config['max_new_tokens'], 5000),
      stop: stringList(config['stopSequences']),
      tools: readTools(body),
      reasons: false,
    };
  },
  write(reply) {
    return {
      output: { message: { content: converseContent(reply), role: 'assistant' } },
      stopReason: stopReason(reply),
      usage: {
        inputTokens: reply.inputTokens,
        outputTokens: reply.outputTokens,
        totalTokens: reply.inputTokens + reply.outputTokens,
        cacheReadInputTokenCount: 0,
        cacheWriteInputTokenCount: 0,
      },
    };
  },
  stream(reply) {
    const usage = { inputTokens: reply.inputTokens, outputTokens: reply.outputTokens };
    return [
      ...converseEvents(reply).map(([name, event]) => ({ [name]: event })),
      {
        metadata: {
          usage: { ...usage, cacheReadInputTokenCount: 0, cacheWriteInputTokenCount: 0 },
          metrics: {},
          trace: {},
        },
      },
    ];
  },
};

function checkMessage(message: unknown, pointer: string): void {
  if (!isObject(message)) throw malformed(pointer, 'expected type: JSONObject, found: String');
  checkShape(message, { required: { role: 'string', content: 'array' }, optional: {} }, pointer);
  for (const [at, block] of (message['content'] as unknown[]).entries()) {
    checkType(block, 'object', `${pointer}/content/${at}`);
    const text = (block as Json)['text'];
    if (text !== undefined && text !== null)
      checkType(text, 'string', `${pointer}/content/${at}/text`);
  }
}

function readTools(body: Json): ChatTool[] {
  const { tools } = objectMember(body, 'toolConfig');
  if (!Array.isArray(tools)) return [];
  return tools.filter(isObject).flatMap((tool) => {
    const spec = objectMember(tool, 'toolSpec');
    if (typeof spec['name'] !== 'string') return [];
    return [{ name: spec['name'], schema: objectMember(spec, 'inputSchema')['json'] }];
  });
}
