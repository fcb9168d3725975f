import type { Parameters } from '../../../core/converse/types.js';
import { NumberField, Textbox } from '../../ui/field.js';
import { problemsAt } from '../checks.js';
import { withMember } from './members.js';
import { formatCount } from '../../../core/format.js';
import { fill } from '../../kit/page.js';
import { strings } from '../page.js';
import type { SettingsPart } from './settingsPane.js';
import { factsOf } from '../store.js';

/** Sampling, with the ranges of the model where they are known. */
export function ParameterFields({ lane, set }: SettingsPart) {
  const { parameters } = lane.settings;
  const most = factsOf(lane.modelId)?.maxOutput;
  const put = <K extends keyof Parameters>(name: K, value: Parameters[K] | undefined) => {
    set('parameters', withMember(parameters, name, value));
  };
  const field = (name: 'maxTokens' | 'temperature' | 'topP', label: string, hint: string) => (
    <NumberField
      label={label}
      value={parameters[name]}
      placeholder={strings.modelDefault}
      hint={hint}
      onInput={(value) => {
        put(name, value);
      }}
    />
  );
  const problem = problemsAt('parameters');
  return (
    <fieldset class="group">
      <legend>{strings.parameters}</legend>
      <div class="row">
        {field(
          'maxTokens',
          strings.maxTokens,
          most === undefined ? strings.atLeastOne : fill(strings.oneTo, formatCount(most)),
        )}
      </div>
      <div class="row">
        {field('temperature', strings.temperature, strings.zeroToOne)}
        {field('topP', strings.topP, strings.zeroToOne)}
      </div>
      <Textbox
        label={strings.stopSequences}
        value={(parameters.stopSequences ?? []).map(escapeLine).join(', ')}
        hint={strings.stopSequencesHint}
        onInput={(text) => {
          const list = text.split(',').map((part) => unescapeLine(part.replace(/^ /, '')));
          put('stopSequences', text === '' ? undefined : list);
        }}
      />
      {problem !== undefined && (
        <p class="field-error says-error" role="status">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

function escapeLine(text: string): string {
  return text.replaceAll('\n', '\\n');
}

function unescapeLine(text: string): string {
  return text.replaceAll('\\n', '\n');
}
