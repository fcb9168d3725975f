import { useState } from 'preact/hooks';
import { parseJsonText } from '../../../core/converse/jsonText.js';
import { pendingToolCalls } from '../../../core/converse/toolLoop.js';
import type {
  Conversation,
  Settings,
  ToolResultBlock,
  ToolUseBlock,
} from '../../../core/converse/types.js';
import { Button } from '../../ui/button.js';
import { Checkbox, Textarea } from '../../ui/field.js';
import { fill } from '../../kit/page.js';
import { strings } from '../page.js';
import { answerTools } from '../runs.js';

/** Where the model asked for tools: what they answer, and on with the conversation. */
export function ToolReply({ lane }: { lane: Conversation }) {
  const asked = pendingToolCalls(lane);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState<Readonly<Record<string, boolean>>>({});
  if (asked.length === 0) return null;
  const textOf = (block: ToolUseBlock) =>
    texts[block.toolUseId] ?? mockFor(lane.settings, block.name);
  return (
    <form
      class="tool-reply"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {asked.map((block) => (
        <div key={block.toolUseId} class="group">
          <Textarea
            label={fill(strings.resultOf, block.name)}
            isCode
            value={textOf(block)}
            hint={strings.resultHint}
            onInput={(text) => {
              setTexts({ ...texts, [block.toolUseId]: text });
            }}
          />
          <Checkbox
            label={strings.resultFailed}
            isOn={failed[block.toolUseId] === true}
            onChange={(isOn) => {
              setFailed({ ...failed, [block.toolUseId]: isOn });
            }}
          />
        </div>
      ))}
      <Button
        kind="primary"
        icon="debug-continue"
        onClick={() => {
          answerTools(
            lane.id,
            asked.map((block) => toResult(block, textOf(block), failed[block.toolUseId] === true)),
          );
        }}
      >
        {strings.continue}
      </Button>
    </form>
  );
}

function mockFor({ tools = [] }: Settings, name: string): string {
  return tools.find((tool) => tool.name === name)?.mockResult ?? '{ "ok": true }';
}

/** JSON goes as JSON, anything else as text; Converse takes objects only. */
function toResult({ toolUseId }: ToolUseBlock, text: string, isError: boolean): ToolResultBlock {
  const parsed = parseJsonText(text);
  const isObject =
    parsed.ok && typeof parsed.value === 'object' && parsed.value && !Array.isArray(parsed.value);
  return {
    type: 'toolResult',
    toolUseId,
    content: [isObject ? { type: 'json', json: parsed.value } : { type: 'text', text }],
    status: isError ? 'error' : 'success',
  };
}
