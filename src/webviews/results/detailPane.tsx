import { useEffect, useState } from 'preact/hooks';
import type { ResultsDetail } from '../../features/results/contract.js';
import { Citations, Reasoning, ToolCall } from '../kit/answerParts.js';
import { pageStrings, showFailure } from '../kit/page.js';
import { Button, IconButton } from '../ui/button.js';
import { Message } from '../ui/message.js';
import { data, formatCount, host, strings } from './page.js';
import { Status } from './status.js';
import { active, copyAnswer, detail, openInput, openRecord, showDetailFailed } from './store.js';

/** The selected record in full. Everything from the model is text, never markup. */
export function DetailPane({ size }: { size: number }) {
  const shown = detail.value;
  return (
    <section
      class="detail"
      aria-label={strings.detail}
      aria-busy={shown === undefined}
      style={{ flexBasis: `${size * 100}%` }}
    >
      {shown === undefined ? (
        <p class="detail-loading">{strings.loading}</p>
      ) : 'failure' in shown ? (
        <Message icon="error" title={shown.failure.message} isError />
      ) : (
        <Detail key={shown.row.key} shown={shown} />
      )}
    </section>
  );
}

function Detail({ shown }: { shown: ResultsDetail }) {
  const { row, prompt, text, reasoning, toolCalls, citations, raw, isRawCut } = shown;
  const isError = row.status === 'error';
  const answer = isError ? row.errorMessage : text;
  return (
    <>
      <div class="detail-head">
        <h2 title={row.recordId}>{row.recordId || `#${formatCount(row.line)}`}</h2>
        <Status status={row.status} code={row.errorCode} />
        <span class="detail-actions">
          {row.text !== undefined && <CopyButton recordKey={row.key} />}
          <Button icon="go-to-file" onClick={() => void openRecord(row.key)}>
            {strings.openRecord}
          </Button>
          {data.hasInput && row.status !== 'extra' && (
            <Button icon="table" onClick={() => void openInput(row.key)}>
              {strings.openInput}
            </Button>
          )}
          <IconButton
            icon="close"
            label={pageStrings.close}
            onClick={() => {
              active.value = -1;
            }}
          />
        </span>
      </div>
      {/* Scrolls, so it must be reachable by keyboard. */}
      <div class="detail-body" tabIndex={0} role="group" aria-label={strings.detail}>
        {prompt !== '' && (
          <>
            <h3>{strings.prompt}</h3>
            {/* A long one scrolls by itself: the answer stays in sight. */}
            <p class="text prompt" tabIndex={0} role="group" aria-label={strings.prompt}>
              {prompt}
            </p>
          </>
        )}
        <h3>{isError ? strings.statusError : strings.answer}</h3>
        {reasoning !== undefined && <Reasoning text={reasoning} />}
        {answer !== undefined && (
          <p class={isError ? 'text answer error' : 'text answer'}>{answer}</p>
        )}
        {toolCalls.map((call, index) => (
          <ToolCall key={index} {...call} />
        ))}
        {answer === undefined && toolCalls.length === 0 && <p class="none">{strings.noAnswer}</p>}
        <Citations
          citations={citations}
          onOpen={(url) => {
            host.openLink({ url }).catch((error: unknown) => {
              showFailure(error, showDetailFailed);
            });
          }}
        />
        <details>
          <summary>{strings.rawJson}</summary>
          <pre class="raw">{raw}</pre>
          {isRawCut && <p class="none">{strings.rawCut}</p>}
        </details>
      </div>
    </>
  );
}

function CopyButton({ recordKey }: { recordKey: number }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => {
      setIsCopied(false);
    }, 2000);
    return () => {
      clearTimeout(timer);
    };
  }, [isCopied]);
  return (
    <>
      <Button
        icon={isCopied ? 'check' : 'copy'}
        onClick={() => {
          void copyAnswer(recordKey).then(setIsCopied);
        }}
      >
        {strings.copyAnswer}
      </Button>
      <span class="visually-hidden" aria-live="polite">
        {isCopied ? pageStrings.copied : ''}
      </span>
    </>
  );
}
