import { findVariables, usedVariables } from '../../../core/converse/variables.js';
import type { Conversation } from '../../../core/converse/types.js';
import { Textarea } from '../../ui/field.js';
import { withMember } from './members.js';
import { strings } from '../page.js';
import { changeAll, draft } from '../store.js';

/** A box for every `{{variable}}` of the system prompt, the conversation and what is being typed. */
export function VariableFields({ lane }: { lane: Conversation }) {
  const drafted = findVariables(draft.value).map(({ name }) => name);
  const names = [...new Set([...usedVariables(lane), ...drafted])];
  if (names.length === 0) return null;
  return (
    <fieldset class="group">
      <legend>{strings.variables}</legend>
      {names.map((name) => (
        <Textarea
          key={name}
          label={`{{${name}}}`}
          rows={1}
          value={lane.variables[name] ?? ''}
          error={lane.variables[name] === undefined ? strings.needsValue : undefined}
          onInput={(value) => {
            changeAll((each) => ({
              ...each,
              variables: withMember(each.variables, name, value),
            }));
          }}
        />
      ))}
    </fieldset>
  );
}
