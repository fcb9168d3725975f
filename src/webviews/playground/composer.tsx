import './composer.css';
import { useRef } from 'preact/hooks';
import type { Block } from '../../core/converse/types.js';
import { Button } from '../ui/button.js';
import { strings } from './page.js';
import { isBusy, send, stopAll } from './runs.js';
import { draft, inputs, lanes } from './store.js';
import { TokenCount } from './tokenCount.js';

/** Where the person writes. Enter sends, Shift+Enter begins a line, arrows bring back old prompts. */
export function Composer() {
  const history = useRef({ at: -1, kept: '' });
  const busy = isBusy();
  const hasModel = lanes.value.every(({ modelId }) => modelId !== '');
  const canSend = !busy && hasModel && draft.value.trim() !== '';
  const submit = () => {
    if (!canSend) return;
    const text = draft.value;
    const content: Block[] = [{ type: 'text', text }];
    inputs.value = [...inputs.value.filter((input) => input !== text), text];
    history.current = { at: -1, kept: '' };
    draft.value = '';
    send(content);
  };
  const recall = (step: number): boolean => {
    const { at, kept } = history.current;
    const next = at + step;
    if (next < -1 || next >= inputs.value.length || (at < 0 && step < 0)) return false;
    history.current = { at: next, kept: at < 0 ? draft.value : kept };
    draft.value = next < 0 ? kept : (inputs.value.at(-1 - next) ?? '');
    return true;
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        class="composer-text"
        aria-label={strings.prompt}
        placeholder={hasModel ? strings.promptPlaceholder : strings.chooseModelFirst}
        value={draft.value}
        rows={2}
        autofocus
        onInput={(event) => {
          draft.value = event.currentTarget.value;
          history.current.at = -1;
        }}
        onKeyDown={(event) => {
          // The Enter that ends a composition belongs to the input method.
          if (event.isComposing) return;
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            submit();
          } else if (isRecall(event.key, event.currentTarget)) {
            if (recall(event.key === 'ArrowUp' ? 1 : -1)) event.preventDefault();
          }
        }}
      />
      <div class="composer-bar">
        <TokenCount />
        <span class="composer-hint">{strings.enterSends}</span>
        {busy ? (
          <Button icon="debug-stop" kind="primary" onClick={stopAll}>
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

/** Up at the very start of the text, Down at its very end. */
function isRecall(key: string, box: HTMLTextAreaElement): boolean {
  const { selectionStart, selectionEnd, value } = box;
  if (selectionStart !== selectionEnd) return false;
  if (key === 'ArrowUp') return !value.slice(0, selectionStart).includes('\n');
  return key === 'ArrowDown' && !value.slice(selectionEnd).includes('\n');
}
