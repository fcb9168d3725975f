import '../turns/transcript.css';
import '../turns/markdown.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Conversation } from '../../../core/converse/types.js';
import { IconButton } from '../../ui/button.js';
import { Message } from '../../ui/message.js';
import { removeLane } from '../actions.js';
import { follow, joinScrolling, stayAtEnd } from './laneScroll.js';
import { LiveTurn } from '../turns/liveTurn.js';
import { ModelButton } from '../header/modelButton.js';
import { strings } from '../page.js';
import { liveIn, problems } from '../runs.js';
import { activeLane, factsOf, isCompare, isSettingsOpen, lanes, selectLane } from '../store.js';
import { ToolReply } from '../turns/toolReply.js';
import { AssistantTurn, UserTurn } from '../turns/turns.js';

/** The conversations, side by side where models are compared. */
export function Lanes() {
  return (
    <div class="lanes">
      {lanes.value.map((lane) => (
        <div key={lane.id} class="lane">
          {isCompare.value && <LaneHead lane={lane} />}
          <Transcript lane={lane} />
        </div>
      ))}
    </div>
  );
}

/** One of several models: which it is, whose settings are shown, and its end. */
function LaneHead({ lane }: { lane: Conversation }) {
  const isShown = isSettingsOpen.value && activeLane.value?.id === lane.id;
  return (
    <div class="lane-head">
      <ModelButton lane={lane} />
      <span class="header-actions">
        <IconButton
          icon="settings"
          label={strings.settings}
          isPressed={isShown}
          onClick={() => {
            selectLane(lane.id);
            isSettingsOpen.value = !isShown;
          }}
        />
        <IconButton
          icon="close"
          label={strings.removeModel}
          onClick={() => {
            removeLane(lane.id);
          }}
        />
      </span>
    </div>
  );
}

function Transcript({ lane }: { lane: Conversation }) {
  const scroller = useRef<HTMLDivElement>(null);
  const live = liveIn(lane.id).value;
  useLayoutEffect(
    () => (scroller.current ? joinScrolling(lane.id, scroller.current) : undefined),
    [lane.id],
  );
  useLayoutEffect(() => {
    stayAtEnd(lane.id);
  });
  const isEmpty = lane.turns.length === 0 && !live;
  const name = factsOf(lane.modelId)?.name ?? lane.modelId;
  return (
    <section
      class="transcript"
      ref={scroller}
      tabIndex={0}
      aria-label={isCompare.value ? `${strings.conversation}: ${name}` : strings.conversation}
      aria-busy={live !== undefined}
      onScroll={() => {
        follow(lane.id);
      }}
    >
      {isEmpty ? (
        <Message
          icon="comment-discussion"
          title={lane.modelId === '' ? strings.chooseModelFirst : strings.emptyTitle}
        >
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
          {!live && <ToolReply key={lane.turns.at(-1)?.id} lane={lane} />}
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
    <div role="alert">
      <ul class="problems">
        {found.map(({ message, severity }) => (
          <li key={message} class={`says-${severity}`}>
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
