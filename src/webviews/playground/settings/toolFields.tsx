import type { Tool, ToolChoice } from '../../../core/converse/types.js';
import { Button, IconButton } from '../../ui/button.js';
import { Select, Textarea, Textbox } from '../../ui/field.js';
import { problemsAt } from '../checks.js';
import { fill } from '../../kit/page.js';
import { strings } from '../page.js';
import { Section } from './section.js';
import type { SettingsPart } from './settingsPane.js';

const firstSchema = `{
  "type": "object",
  "properties": { "city": { "type": "string" } },
  "required": ["city"]
}`;

/** Tools the model may ask for; the person answers for them, or gives a mock result here. */
export function ToolFields({ lane, set }: SettingsPart) {
  const tools = lane.settings.tools ?? [];
  const put = (next: readonly Tool[]) => {
    set('tools', next.length === 0 ? undefined : next);
  };
  const count = tools.length === 0 ? undefined : String(tools.length);
  return (
    <Section title={strings.tools} mark={count}>
      {tools.map((tool, index) => (
        <ToolEditor
          key={index}
          tool={tool}
          index={index}
          onChange={(changed) => {
            put(tools.map((each, at) => (at === index ? changed : each)));
          }}
          onRemove={() => {
            put(tools.filter((_each, at) => at !== index));
          }}
        />
      ))}
      {tools.length > 0 && <Choice lane={lane} set={set} />}
      <Button
        icon="add"
        onClick={() => {
          put([...tools, { name: `get_weather${tools.length || ''}`, inputSchema: firstSchema }]);
        }}
      >
        {strings.addTool}
      </Button>
    </Section>
  );
}

interface ToolEditorProps {
  readonly tool: Tool;
  readonly index: number;
  readonly onChange: (tool: Tool) => void;
  readonly onRemove: () => void;
}

function ToolEditor({ tool, index, onChange, onRemove }: ToolEditorProps) {
  return (
    <fieldset class="group tool-editor">
      <legend class="visually-hidden">{tool.name}</legend>
      <div class="row with-button">
        <Textbox
          label={strings.toolName}
          value={tool.name}
          onInput={(name) => {
            onChange({ ...tool, name });
          }}
        />
        <IconButton icon="trash" label={fill(strings.removeTool, tool.name)} onClick={onRemove} />
      </div>
      <Textbox
        label={strings.description}
        value={tool.description ?? ''}
        onInput={(description) => {
          onChange({ ...tool, description });
        }}
      />
      <Textarea
        label={strings.inputSchema}
        isCode
        value={tool.inputSchema}
        error={problemsAt('tools', index)}
        onInput={(inputSchema) => {
          onChange({ ...tool, inputSchema });
        }}
      />
      <Textarea
        label={strings.mockResult}
        isCode
        rows={2}
        hint={strings.mockHint}
        value={tool.mockResult ?? ''}
        onInput={(mockResult) => {
          onChange({ ...tool, mockResult });
        }}
      />
    </fieldset>
  );
}

function Choice({ lane, set }: SettingsPart) {
  const { tools = [], toolChoice } = lane.settings;
  const value = toolChoice?.type === 'tool' ? `tool:${toolChoice.name}` : (toolChoice?.type ?? '');
  const options = [
    { value: '', text: strings.modelDefault },
    { value: 'auto', text: strings.choiceAuto },
    { value: 'any', text: strings.choiceAny },
    ...tools.map(({ name }) => ({ value: `tool:${name}`, text: fill(strings.choiceTool, name) })),
  ];
  return (
    <Select
      label={strings.toolChoice}
      value={value}
      options={options}
      onChange={(chosen) => {
        set('toolChoice', toChoice(chosen));
      }}
    />
  );
}

function toChoice(value: string): ToolChoice | undefined {
  if (value === 'auto' || value === 'any') return { type: value };
  return value.startsWith('tool:') ? { type: 'tool', name: value.slice(5) } : undefined;
}
