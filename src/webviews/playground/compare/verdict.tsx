import { Textbox } from '../../ui/field.js';
import { Segmented } from '../../ui/segmented.js';
import { withMember } from '../settings/members.js';
import { strings } from '../page.js';
import { change, factsOf, isCompare, lanes, playground } from '../store.js';

/** Which answer to the last prompt is best, and why: kept with the playground. */
export function VerdictBar() {
  const round = lanes.value[0]?.turns.findLast(({ role }) => role === 'user')?.id;
  const isAnswered = lanes.value.every(({ turns }) => turns.at(-1)?.role === 'assistant');
  if (!isCompare.value || round === undefined || !isAnswered) return null;
  const verdict = playground.value?.verdicts[round] ?? {};
  const put = (name: 'winner' | 'note', value: string) => {
    change((document) => {
      const now = document.verdicts[round] ?? {};
      const next = withMember(now, name, value === '' ? undefined : value);
      return { ...document, verdicts: { ...document.verdicts, [round]: next } };
    });
  };
  const options = lanes.value.map(({ id, modelId }, index) => ({
    value: id,
    text: `${index + 1}. ${factsOf(modelId)?.name ?? modelId}`,
  }));
  return (
    <div class="verdict">
      <span class="verdict-label">{strings.bestAnswer}</span>
      <Segmented
        label={strings.bestAnswer}
        value={verdict.winner ?? ''}
        options={[...options, { value: '', text: strings.noVote }]}
        onChange={(winner) => {
          put('winner', winner);
        }}
      />
      <Textbox
        label={strings.note}
        value={verdict.note ?? ''}
        onInput={(note) => {
          put('note', note);
        }}
      />
    </div>
  );
}
