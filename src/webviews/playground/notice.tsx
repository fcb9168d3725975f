import type { Failure } from '../../core/errors.js';
import { pageStrings } from '../kit/page.js';
import { Button, IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { host } from './page.js';
import { reportProblem } from './store.js';

/** Something that went wrong beside the answers, with what leads on. */
export function Notice({ failure, onClose }: { failure: Failure; onClose: () => void }) {
  const { message, action } = failure;
  return (
    <p class="notice error" role="alert">
      <Icon name="warning" />
      <span>{message}</span>
      {action !== undefined && action !== 'retry' && (
        <Button
          onClick={() => {
            onClose();
            host.recover({ action }).catch(reportProblem);
          }}
        >
          {pageStrings.actions[action]}
        </Button>
      )}
      <IconButton icon="close" label={pageStrings.close} onClick={onClose} />
    </p>
  );
}
