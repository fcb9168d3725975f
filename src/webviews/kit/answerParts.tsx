import './answerParts.css';
import { citationPlace } from '../../core/answers/citationPlace.js';
import type { Citation } from '../../core/converse/types.js';
import { Icon } from '../ui/icon.js';
import { fill, pageStrings } from './page.js';

const strings = pageStrings.answerParts;

/** What the model thought, apart from what it said. */
export function Reasoning({ text, isOpen = false }: { text: string; isOpen?: boolean }) {
  return (
    <details class="reasoning" open={isOpen}>
      <summary>{strings.reasoning}</summary>
      <p class="plain">{text}</p>
    </details>
  );
}

/** A tool the model calls, and the JSON it hands it. */
export function ToolCall({ name, input }: { name: string; input: string }) {
  return (
    <div class="tool">
      <p class="tool-name">
        <Icon name="tools" />
        {fill(strings.toolCall, name)}
      </p>
      {/* Scrolls, so it must be reachable by keyboard. */}
      <pre tabIndex={0}>{input === '' ? '{}' : input}</pre>
    </div>
  );
}

interface CitationsProps {
  readonly citations: readonly Citation[];
  readonly onOpen: (url: string) => void;
}

/** The sources a model names for its answer: title, place and the quoted passages. */
export function Citations({ citations, onOpen }: CitationsProps) {
  if (citations.length === 0) return null;
  return (
    <div class="citations">
      <p class="citations-title" aria-hidden="true">
        {strings.sources}
      </p>
      <ol aria-label={strings.sources}>
        {citations.map((citation, index) => (
          <li key={index}>
            <Source citation={citation} number={index + 1} onOpen={onOpen} />
            {citation.quotes.map((quote, at) => (
              <blockquote key={at}>{quote}</blockquote>
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}

interface SourceProps {
  readonly citation: Citation;
  readonly number: number;
  readonly onOpen: (url: string) => void;
}

function Source({ citation, number, onOpen }: SourceProps) {
  const { url, range } = citationPlace(citation);
  const name = citation.title ?? citation.source ?? url ?? fill(strings.source, number);
  return (
    <>
      {url === undefined ? (
        <span class="citation-name">{name}</span>
      ) : (
        <a
          class="citation-name"
          href={url}
          title={url}
          onClick={(event) => {
            event.preventDefault();
            onOpen(url);
          }}
        >
          {name}
        </a>
      )}
      {range && (
        <span class="citation-place">
          {' '}
          {fill(strings[range.unit], range.document, range.start, range.end)}
        </span>
      )}
    </>
  );
}
