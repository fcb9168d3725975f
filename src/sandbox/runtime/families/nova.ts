import { nova as form } from '../../../core/models/bodies/nova.js';
import { isObject } from '../../http/body.js';
import { type Json, countMember, objectMember, stringList, textMember } from '../bodyCheck.js';
import type { ChatTool } from '../chat.js';
import { converseContent, converseEvents, readConverseTurn, stopReason } from '../converseShape.js';
import { refuseWrong } from '../refusal.js';
import type { ChatFamily } from './family.js';

/** Amazon Nova understanding models: the Converse form with a schema version. */
export const nova: ChatFamily = {
  read(body, { id }) {
    refuseWrong(body, form, id);
    const config = objectMember(body, 'inferenceConfig');
    const messages = body['messages'] as unknown[];
    const system = Array.isArray(body['system']) ? body['system'].filter(isObject) : [];
    return {
      model: id,
      system: system.map((block) => textMember(block, 'text')).join('\n'),
      turns: messages.filter(isObject).map(readConverseTurn),
      maxTokens: countMember(config['maxTokens'], 5000),
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

function readTools(body: Json): ChatTool[] {
  const { tools } = objectMember(body, 'toolConfig');
  if (!Array.isArray(tools)) return [];
  return tools.filter(isObject).flatMap((tool) => {
    const spec = objectMember(tool, 'toolSpec');
    if (typeof spec['name'] !== 'string') return [];
    return [{ name: spec['name'], schema: objectMember(spec, 'inputSchema')['json'] }];
  });
}
