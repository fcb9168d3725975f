import './composer.css';
import { useRef } from 'preact/hooks';
import type { Block } from '../../../core/converse/types.js';
import { Button, IconButton, unlessDouble } from '../../ui/button.js';
import { addFiles, addUris, attachments, chooseFiles, removeAttachment } from './attachments.js';
import { FileChip } from '../turns/blocks.js';
import { fill } from '../../kit/page.js';
import { strings } from '../page.js';
import { isBusy, isUnanswered, send, sendAsIs, stopAll, waitsForTool } from '../runs.js';
import { draft, inputs, lanes, reportProblem } from '../store.js';
import { TokenCount } from './tokenCount.js';

/** Where the person writes. Enter sends, Shift+Enter begins a line, arrows bring back old prompts. */
export function Composer() {
  const busy = isBusy();
  const hasModel = lanes.value.every(({ modelId }) => modelId !== '');
  const isBlank = draft.value.trim() === '';
  const isAsIs = isBlank && attachments.value.length === 0 && isUnanswered();
  const needsResult = !busy && waitsForTool();
  const canSend = !busy && hasModel && !needsResult && (!isBlank || isAsIs);
  const submit = () => {
    if (!canSend) return;
    if (isAsIs) {
      sendAsIs();
      return;
    }
    const text = draft.value;
    const content: Block[] = [...attachments.value, { type: 'text', text }];
    inputs.value = [...inputs.value.filter((input) => input !== text), text];
    draft.value = '';
    attachments.value = [];
    send(content);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        takeDrop(event.dataTransfer);
      }}
    >
      <Attached />
      <PromptBox hasModel={hasModel} onSubmit={submit} />
      <div class="composer-bar">
        <IconButton icon="attach" label={strings.attach} onClick={chooseFiles} />
        <TokenCount />
        <span class="composer-hint">{needsResult ? strings.toolFirst : strings.enterSends}</span>
        {busy ? (
          <Button icon="debug-stop" kind="primary" onClick={unlessDouble(stopAll)}>
            {strings.stop}
          </Button>
        ) : (
          <Button icon="send" kind="primary" isDisabled={!canSend} onClick={submit}>
            {strings.send}
          </Button>
        )}
      </div>
    </form>
  );
}

function takeDrop(data: DataTransfer | null): void {
  if (!data) return;
  const files = [...data.files];
  if (files.length > 0) addFiles(files).catch(reportProblem);
  else {
    // The editor's own trees and tabs give the first, other programs the second.
    const list = data.getData('application/vnd.code.uri-list') || data.getData('text/uri-list');
    addUris(list.split(/\r?\n/).filter((uri) => uri !== '' && !uri.startsWith('#')));
  }
}

function Attached() {
  if (attachments.value.length === 0) return null;
  return (
    <ul class="attached" aria-label={strings.attachments}>
      {attachments.value.map((block, index) => {
        const name = nameOf(block);
        return (
          <li key={index}>
            {block.type === 'image' ? (
              <img
                class="thumbnail"
                alt={name}
                src={`data:image/${block.format};base64,${block.base64}`}
              />
            ) : (
              <FileChip name={name} />
            )}
            <IconButton
              icon="close"
              label={fill(strings.removeFile, name)}
              onClick={() => {
                removeAttachment(index);
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}

function nameOf(block: Block): string {
  if (block.type === 'image') return block.name ?? strings.picture;
  return block.type === 'document' ? `${block.name}.${block.format}` : '';
}

function PromptBox({ hasModel, onSubmit }: { hasModel: boolean; onSubmit: () => void }) {
  const history = useRef({ at: -1, kept: '' });
  const recall = (step: number): boolean => {
    const { at, kept } = history.current;
    const next = at + step;
    if (next < -1 || next >= inputs.value.length || (at < 0 && step < 0)) return false;
    history.current = { at: next, kept: at < 0 ? draft.value : kept };
    draft.value = next < 0 ? kept : (inputs.value.at(-1 - next) ?? '');
    return true;
  };
  return (
    <textarea
      class="composer-text"
      aria-label={strings.prompt}
      placeholder={hasModel ? strings.promptPlaceholder : strings.chooseModelFirst}
      value={draft.value}
      rows={2}
      onInput={(event) => {
        draft.value = event.currentTarget.value;
        history.current.at = -1;
      }}
      onPaste={(event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        addFiles(files).catch(reportProblem);
      }}
      onKeyDown={(event) => {
        // The Enter that ends a composition belongs to the input method.
        if (event.isComposing) return;
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          history.current = { at: -1, kept: '' };
          onSubmit();
        } else if (isRecall(event.key, event.currentTarget)) {
          if (recall(event.key === 'ArrowUp' ? 1 : -1)) event.preventDefault();
        }
      }}
    />
  );
}

/** Up in the first line of the text, Down in its last. */
function isRecall(key: string, box: HTMLTextAreaElement): boolean {
  const { selectionStart, selectionEnd, value } = box;
  if (selectionStart !== selectionEnd) return false;
  if (key === 'ArrowUp') return !value.slice(0, selectionStart).includes('\n');
  return key === 'ArrowDown' && !value.slice(selectionEnd).includes('\n');
}
