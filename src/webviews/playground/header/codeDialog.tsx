import './codeDialog.css';
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewedCode } from '../../../features/playground/contract.js';
import { pageStrings } from '../../kit/page.js';
import { Button, IconButton } from '../../ui/button.js';
import { Select } from '../../ui/field.js';
import { host, strings } from '../page.js';
import { activeLane, playground, reportProblem } from '../store.js';

/** True while the code is shown. */
export const isCodeShown = signal(false);

const language = signal('python');

/** The current request as a program, in a language of choice. */
export function CodeDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [viewed, setViewed] = useState<ViewedCode>();
  const document = playground.value;
  const laneId = activeLane.value?.id;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    if (!document || laneId === undefined) return;
    host
      .viewCode({ document, laneId, language: language.value })
      .then(setViewed, (error: unknown) => {
        isCodeShown.value = false;
        reportProblem(error);
      });
  }, [document, laneId, language.value]);
  const code = viewed?.code ?? '';
  const languageId =
    viewed?.languages.find(({ id }) => id === language.value)?.languageId ?? 'plaintext';
  return (
    <dialog
      ref={dialog}
      class="code-dialog"
      aria-label={strings.viewCode}
      onClose={() => {
        isCodeShown.value = false;
      }}
    >
      <div class="code-head">
        <Select
          label={strings.language}
          value={language.value}
          options={(viewed?.languages ?? []).map(({ id, label }) => ({ value: id, text: label }))}
          onChange={(chosen) => {
            language.value = chosen;
          }}
        />
        <span class="header-actions">
          <Button
            icon="copy"
            onClick={() => {
              host.copy({ text: code }).catch(reportProblem);
            }}
          >
            {strings.copy}
          </Button>
          <Button
            icon="go-to-file"
            onClick={() => {
              dialog.current?.close();
              host.openText({ text: code, languageId }).catch(reportProblem);
            }}
          >
            {strings.openInEditor}
          </Button>
          <IconButton
            icon="close"
            label={pageStrings.close}
            onClick={() => {
              dialog.current?.close();
            }}
          />
        </span>
      </div>
      <pre tabIndex={0}>{code}</pre>
    </dialog>
  );
}
