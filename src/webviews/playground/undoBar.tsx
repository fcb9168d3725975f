import { Button, IconButton } from '../ui/button.js';
import { pageStrings } from '../kit/page.js';
import { strings } from './page.js';
import { liveIn } from './runs.js';
import { takenAway, undo } from './undo.js';

/** The way back from what was deleted or replaced, while nothing arrives in its place. */
export function UndoBar() {
  const last = takenAway.value;
  if (!last || liveIn(last.laneId).value) return null;
  return (
    <p class="undo-bar">
      <span>{last.isUndone ? strings.broughtBack : strings.takenAway}</span>
      <Button icon={last.isUndone ? 'redo' : 'discard'} onClick={undo}>
        {last.isUndone ? strings.redo : strings.undo}
      </Button>
      <IconButton
        icon="close"
        label={pageStrings.close}
        onClick={() => {
          takenAway.value = undefined;
        }}
      />
    </p>
  );
}
