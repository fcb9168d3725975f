import type { Conversation, Turn } from '../../../core/converse/types.js';
import type { ErrorAction, ErrorKind, Failure as RunFailure } from '../../../core/errors.js';
import { pageStrings } from '../../kit/page.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { strings } from '../page.js';
import { failures, recover } from '../runs.js';

/** What usually helps, where the error came from a file and does not say it any more. */
const usual: Partial<Record<ErrorKind, ErrorAction>> = {
  credentials: 'pickConnection',
  throttled: 'retry',
  network: 'retry',
  timeout: 'retry',
  internal: 'retry',
};

/** Why an answer failed, in its place, with what leads on. Nothing is sent before the person says so. */
export function Failure({ lane, turn }: { lane: Conversation; turn: Turn }) {
  const error = turn.answer?.error;
  if (!error) return null;
  const action = failures.value[turn.id]?.action ?? usual[error.kind];
  const failure: RunFailure = { ...error, ...(action && { action }) };
  const label = action && pageStrings.actions[action];
  return (
    <div class="failure" role="alert">
      <p>
        <Icon name="error" />
        <span>{error.message}</span>
      </p>
      {turn.content.length > 0 && <p class="kept">{strings.partKept}</p>}
      <span class="failure-actions">
        {label !== undefined && (
          <Button kind="primary" onClick={() => void recover(lane.id, turn, failure)}>
            {label}
          </Button>
        )}
        {action !== 'retry' && (
          <Button onClick={() => void recover(lane.id, turn, { ...error, action: 'retry' })}>
            {pageStrings.actions.retry}
          </Button>
        )}
      </span>
    </div>
  );
}
