import './transcript.css';
import './markdown.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Conversation } from '../../core/converse/types.js';
import { Message } from '../ui/message.js';
import { LiveTurn } from './liveTurn.js';
import { strings } from './page.js';
import { liveIn, problems } from './runs.js';
import { lanes } from './store.js';
import { AssistantTurn, UserTurn } from './turns.js';

/** The conversations, side by side where models are compared. */
export function Lanes() {
  return (
    <div class="lanes">
      {lanes.value.map((lane) => (
        <Lane key={lane.id} lane={lane} />
      ))}
    </div>
  );
}

function Lane({ lane }: { lane: Conversation }) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const live = liveIn(lane.id).value;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  const isEmpty = lane.turns.length === 0 && !live;
  return (
    <section
      class="lane"
      ref={scroller}
      tabIndex={0}
      aria-label={strings.conversation}
      aria-busy={live !== undefined}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {isEmpty ? (
        <Message icon="comment-discussion" title={strings.emptyTitle}>
          {strings.emptyText}
        </Message>
      ) : (
        <div class="turns">
          {lane.turns.map((turn) =>
            turn.role === 'user' ? (
              <UserTurn key={turn.id} lane={lane} turn={turn} />
            ) : (
              <AssistantTurn key={turn.id} lane={lane} turn={turn} />
            ),
          )}
          {live && <LiveTurn key={live.runId} lane={lane} live={live} />}
          <Problems laneId={lane.id} />
        </div>
      )}
    </section>
  );
}

/** Why a request was not sent. */
function Problems({ laneId }: { laneId: string }) {
  const found = problems.value[laneId] ?? [];
  if (found.length === 0) return null;
  return (
    <ul class="problems" role="alert">
      {found.map(({ message, severity }) => (
        <li key={message} class={severity}>
          {message}
        </li>
      ))}
    </ul>
  );
}
