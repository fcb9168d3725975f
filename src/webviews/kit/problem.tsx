import type { Failure } from '../../core/errors.js';
import type { Client } from '../../rpc/client.js';
import type { pageCalls } from '../../rpc/pageCalls.js';
import { Button } from '../ui/button.js';
import { Message } from '../ui/message.js';
import { guard, pageStrings } from './page.js';

interface ActionsProps {
  readonly host: Pick<Client<typeof pageCalls>, 'recover'>;
  readonly failure: Failure;
  readonly onRetry: () => void;
  /** Where what went wrong with the action itself is shown. */
  readonly onFailed: (failure: Failure) => void;
}

/** What leads on from an error: its own action, and trying again. */
export function FailureActions({ host, failure, onRetry, onFailed }: ActionsProps) {
  const { action = 'retry' } = failure;
  const recover = () =>
    guard(async () => {
      if (await host.recover({ action })) onRetry();
    }, onFailed);
  return (
    <>
      {action !== 'retry' && (
        <Button kind="primary" onClick={() => void recover()}>
          {pageStrings.actions[action]}
        </Button>
      )}
      <Button kind={action === 'retry' ? 'primary' : 'secondary'} onClick={onRetry}>
        {pageStrings.retry}
      </Button>
    </>
  );
}

/** Instead of a page's content: why it is not there, and what leads on. */
export function Problem(props: ActionsProps & { readonly title: string }) {
  return (
    <Message icon="error" title={props.title} isError>
      <p>{props.failure.message}</p>
      <p class="message-actions">
        <FailureActions {...props} />
      </p>
    </Message>
  );
}
