import { useEffect, useState } from 'preact/hooks';
import { addTurn } from '../../../core/converse/conversation.js';
import type { TokenCount as Count } from '../../../core/converse/runtimeApi.js';
import { isCancelled } from '../../../core/errors.js';
import { attachments } from './attachments.js';
import { formatCount } from '../../../core/format.js';
import { fill } from '../../kit/page.js';
import { host, strings } from '../page.js';
import { activeLane, draft } from '../store.js';

/** Milliseconds of silence before AWS is asked to count. */
const pauseMs = 600;

/** How many tokens the next request has, counted by AWS where it can. */
export function TokenCount() {
  const [count, setCount] = useState<Count>();
  const lane = activeLane.value;
  const text = draft.value;
  const attached = attachments.value;
  useEffect(() => {
    setCount(undefined);
    if (!lane || lane.modelId === '' || text.trim() === '') return undefined;
    const controller = new AbortController();
    const conversation = addTurn(lane, {
      id: 'draft',
      role: 'user',
      content: [...attached, { type: 'text', text }],
    });
    const timer = setTimeout(() => {
      host.countTokens(conversation, controller.signal).then(setCount, (error: unknown) => {
        if (!isCancelled(error)) setCount(undefined);
      });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [lane, text, attached]);
  if (!count) return <span class="tokens" />;
  const shown = fill(
    count.isEstimate ? strings.aboutTokens : strings.tokens,
    formatCount(count.tokens),
  );
  return (
    <span class="tokens" title={count.reason}>
      {shown}
    </span>
  );
}
