import type { Conversation } from '../../../core/converse/types.js';
import { Icon } from '../../ui/icon.js';
import { host, strings } from '../page.js';
import { changeLane, factsOf, playground, rememberModel, reportProblem } from '../store.js';

/** Shows the lane's model and lets the person choose another in the editor's own picker. */
export function ModelButton({ lane }: { lane: Conversation }) {
  const facts = factsOf(lane.modelId);
  const name = facts?.name ?? lane.modelId;
  return (
    <button
      type="button"
      class="model-button"
      title={lane.modelId}
      onClick={() => {
        chooseModel(lane).catch(reportProblem);
      }}
    >
      <span class="visually-hidden">{strings.model}: </span>
      <span class="model-name">{name === '' ? strings.chooseModel : name}</span>
      {facts?.provider !== undefined && <span class="model-provider">{facts.provider}</span>}
      <Icon name="chevron-down" />
    </button>
  );
}

async function chooseModel(lane: Conversation): Promise<void> {
  const chosen = await host.pickModel({
    modelId: lane.modelId,
    isNative: playground.value?.mode === 'native',
  });
  if (!chosen) return;
  rememberModel(chosen);
  changeLane(lane.id, (current) => ({ ...current, modelId: chosen.modelId }));
}
