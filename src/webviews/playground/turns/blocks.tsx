import { useLayoutEffect, useRef } from 'preact/hooks';
import type {
  Block,
  Citation,
  ReasoningBlock,
  ToolResultContent,
} from '../../../core/converse/types.js';
import { Icon } from '../../ui/icon.js';
import { renderMarkdown } from './markdown.js';
import { Citations, Reasoning, ToolCall } from '../../kit/answerParts.js';
import { host, strings } from '../page.js';
import { reportProblem } from '../store.js';

/** A finished text as Markdown. */
export function Markdown({ text }: { text: string }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    root.current?.replaceChildren(renderMarkdown(text));
  }, [text]);
  return <div class="markdown" ref={root} />;
}

/** Thoughts as the conversation has them: encrypted ones say so. */
export function Thoughts({ block, isOpen = false }: { block: ReasoningBlock; isOpen?: boolean }) {
  const text = block.redacted === undefined ? block.text : strings.redacted;
  return text === '' ? null : <Reasoning text={text} isOpen={isOpen} />;
}

/** The sources of an answer; their pages open outside of the editor. */
export function Sources({ citations }: { citations: readonly Citation[] }) {
  return (
    <Citations
      citations={citations}
      onOpen={(url) => {
        host.openLink({ url }).catch(reportProblem);
      }}
    />
  );
}

interface OtherBlockProps {
  readonly block: Block;
  /** The tool input's text while it arrives. */
  readonly inputJson?: string | undefined;
}

/** A block that is neither text nor thoughts. */
export function OtherBlocks({ block, inputJson }: OtherBlockProps) {
  switch (block.type) {
    case 'image':
      return <Picture block={block} />;
    case 'document':
      return <FileChip name={`${block.name}.${block.format}`} />;
    case 'toolUse':
      return (
        <ToolCall
          name={block.name}
          input={block.invalidInput ?? inputJson ?? JSON.stringify(block.input, undefined, 2)}
        />
      );
    case 'toolResult':
      return (
        <div class="tool">
          <p class="tool-name">
            <Icon name={block.status === 'error' ? 'error' : 'output'} />
            {block.status === 'error' ? strings.toolFailed : strings.toolResult}
          </p>
          <pre tabIndex={0}>{block.content.map(resultText).join('\n')}</pre>
        </div>
      );
    case 'cachePoint':
      return <p class="cache-point">{strings.cachePoint}</p>;
    case 'other':
      return <pre tabIndex={0}>{JSON.stringify(block.value, undefined, 2)}</pre>;
    case 'text':
    case 'reasoning':
      return null;
  }
}

function resultText(content: ToolResultContent): string {
  if (content.type === 'text') return content.text;
  if (content.type === 'json') return JSON.stringify(content.json, undefined, 2);
  return content.type === 'other' ? JSON.stringify(content.value) : content.type;
}

function Picture({ block }: { block: Extract<Block, { type: 'image' }> }) {
  const name = block.name ?? strings.picture;
  return (
    <img class="picture" alt={name} src={`data:image/${block.format};base64,${block.base64}`} />
  );
}

/** A document that was sent along. */
export function FileChip({ name }: { name: string }) {
  return (
    <span class="chip">
      <Icon name="file" />
      {name}
    </span>
  );
}
