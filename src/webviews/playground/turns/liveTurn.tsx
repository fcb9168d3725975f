import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Conversation } from '../../../core/converse/types.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { OtherBlocks, Reasoning } from './blocks.js';
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
      {blocks.map(({ index, block, inputJson }) => {
        if (block.type === 'text') return <Growing key={index} text={block.text} />;
        if (block.type === 'reasoning') return <Reasoning key={index} block={block} isOpen />;
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
