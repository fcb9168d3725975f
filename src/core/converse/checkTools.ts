import * as l10n from '@vscode/l10n';
import { parseJsonObject } from './jsonText.js';
import type {
  Conversation,
  ConversationProblem,
  Settings,
  ToolResultBlock,
  Turn,
} from './types.js';

/** Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html */
const toolName = /^[a-zA-Z0-9_-]{1,64}$/;

/** Problems of the tool definitions, each with the index of its tool. */
export function toolProblems({ tools = [], toolChoice }: Settings): ConversationProblem[] {
  const found: ConversationProblem[] = [];
  const add = (message: string, item?: number) => {
    const where = item === undefined ? {} : { item };
    found.push({ severity: 'error', where: 'tools', message, ...where });
  };
  for (const [index, { name, inputSchema }] of tools.entries()) {
    if (!toolName.test(name)) {
      add(
        l10n.t('The tool name "{0}" is not allowed. Use A-Z, a-z, 0-9, _ and -, at most 64.', name),
        index,
      );
    }
    if (tools.findIndex((tool) => tool.name === name) < index) {
      add(l10n.t('Two tools are called "{0}". Rename one.', name), index);
    }
    const schema = parseJsonObject(inputSchema);
    if (!schema.ok) {
      add(l10n.t('The input schema of "{0}" is wrong: {1}', name, schema.message), index);
    } else if (schema.value['type'] !== 'object') {
      add(
        l10n.t(
          'The input schema of "{0}" must be of an object. Write "type": "object" at its root.',
          name,
        ),
        index,
      );
    }
  }
  if (toolChoice?.type === 'tool' && !tools.some(({ name }) => name === toolChoice.name)) {
    add(
      l10n.t(
        'The model must use "{0}", but there is no such tool. Choose another.',
        toolChoice.name,
      ),
    );
  }
  return found;
}

/** Tool calls without a result, results without a call, and a tool loop without tools. */
export function toolLoopProblems({ turns, settings }: Conversation): ConversationProblem[] {
  const found: ConversationProblem[] = [];
  const add = (message: string, turnId: string) => {
    found.push({ severity: 'error', where: 'turns', message, turnId });
  };
  let hasToolBlocks = false;
  for (const [index, turn] of turns.entries()) {
    const next = turns[index + 1];
    const results = next?.content.flatMap((block) =>
      block.type === 'toolResult' ? [block.toolUseId] : [],
    );
    const isLast = index === turns.length - 1;
    for (const block of turn.content) {
      if (block.type === 'toolResult' && !isServerResult(turn, block)) hasToolBlocks = true;
      if (block.type !== 'toolUse' || block.isServerTool) continue;
      hasToolBlocks = true;
      if (isLast || !results?.includes(block.toolUseId)) {
        add(
          l10n.t('The call of "{0}" has no result. Give one, or delete the answer.', block.name),
          turn.id,
        );
      }
    }
    for (const id of orphanResults(turns, index)) {
      add(
        l10n.t('The result "{0}" belongs to no call before it. Delete this message.', id),
        turn.id,
      );
    }
  }
  const last = turns.at(-1);
  if (hasToolBlocks && last && !settings.tools?.length) {
    add(
      l10n.t('This conversation has used tools, so they must stay defined. Add them again.'),
      last.id,
    );
  }
  return found;
}

function orphanResults(turns: Conversation['turns'], index: number): string[] {
  const asked = turns[index - 1]?.content.flatMap((block) =>
    block.type === 'toolUse' ? [block.toolUseId] : [],
  );
  const turn = turns[index];
  return (turn?.content ?? []).flatMap((block) =>
    turn &&
    block.type === 'toolResult' &&
    !isServerResult(turn, block) &&
    !asked?.includes(block.toolUseId)
      ? [block.toolUseId]
      : [],
  );
}

/** True for a result that AWS gave by itself: it stands in the answer. */
function isServerResult({ role }: Turn, { isServerTool }: ToolResultBlock): boolean {
  return isServerTool === true || role === 'assistant';
}
