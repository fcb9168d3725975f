import { useLayoutEffect, useRef } from 'preact/hooks';
import { joinTexts } from '../../../core/converse/conversation.js';
import type { Conversation, TextBlock } from '../../../core/converse/types.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { OtherBlocks, Sources, Thoughts } from './blocks.js';
import { strings } from '../page.js';
import { type LiveAnswer, stop } from '../runs.js';
import { isCompare } from '../store.js';
import { StreamText } from './streamText.js';
import { TurnHead } from './turns.js';

/** An answer while it arrives. */
export function LiveTurn({ lane, live }: { lane: Conversation; live: LiveAnswer }) {
  const { blocks } = live.state;
  return (
    <article class="turn assistant live" aria-busy>
      <TurnHead role="assistant" modelId={lane.modelId} />
      {joinTexts(blocks.map(({ block }) => block)).map((block, index) => {
        if (block.type === 'text') return <GrowingText key={index} block={block} />;
        if (block.type === 'reasoning') return <Thoughts key={index} block={block} isOpen />;
        const inputJson = blocks.find((open) => open.block === block)?.inputJson;
        return <OtherBlocks key={index} block={block} inputJson={inputJson} />;
      })}
      {blocks.length === 0 && (
        <p class="waiting">
          <Icon name="loading codicon-modifier-spin" />
          {strings.waiting}
        </p>
      )}
      {isCompare.value && (
        <div class="turn-foot">
          <Button
            icon="debug-stop"
            onClick={() => {
              stop(lane.id);
            }}
          >
            {strings.stop}
          </Button>
        </div>
      )}
    </article>
  );
}

function GrowingText({ block: { text, citations = [] } }: { block: TextBlock }) {
  return (
    <>
      <Growing text={text} />
      <Sources citations={citations} />
    </>
  );
}

function Growing({ text }: { text: string }) {
  const root = useRef<HTMLDivElement>(null);
  const stream = useRef<StreamText>(undefined);
  useLayoutEffect(() => {
    if (!root.current) return;
    stream.current ??= new StreamText(root.current);
    stream.current.update(text);
  }, [text]);
  return <div class="markdown" ref={root} />;
}
