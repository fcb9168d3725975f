import '../ui/base.css';
import './layout.css';
import { announcement, mount } from '../kit/page.js';
import { keepFocus } from '../ui/keepFocus.js';
import { CodeDialog, isCodeShown } from './header/codeDialog.js';
import { NativePane } from './native/nativePane.js';
import { Composer } from './composer/composer.js';
import { Header } from './header/header.js';
import { host } from './page.js';
import { Lanes } from './compare/lanes.js';
import { followNative } from './native/nativeRun.js';
import { followLane, sendAsIs } from './runs.js';
import { SettingsPane } from './settings/settingsPane.js';
import {
  inputs,
  isSettingsOpen,
  notice,
  playground,
  reportProblem,
  showConnection,
  showDocument,
} from './store.js';
import { VerdictBar } from './compare/verdict.js';
import { Notice } from './notice.js';
import { UndoBar } from './undoBar.js';

function App() {
  if (!playground.value) return null;
  return (
    <>
      <Header />
      {notice.value !== undefined && (
        <Notice
          failure={notice.value}
          onClose={() => {
            notice.value = undefined;
          }}
        />
      )}
      <div class="body">{playground.value.mode === 'native' ? <NativePane /> : <Chat />}</div>
      {isCodeShown.value && <CodeDialog />}
      <p class="visually-hidden" aria-live="polite">
        {announcement.value}
      </p>
    </>
  );
}

function Chat() {
  return (
    <>
      <main class="main">
        <Lanes />
        <VerdictBar />
        <UndoBar />
        <Composer />
      </main>
      {isSettingsOpen.value && <SettingsPane />}
    </>
  );
}

async function load(): Promise<void> {
  const loaded = await host.load(undefined);
  inputs.value = loaded.inputs;
  showDocument(loaded.document);
  requestAnimationFrame(focusComposer);
  for (const { key, runId } of loaded.runs) void followLane(key, runId);
  if (loaded.nativeRunId !== undefined) void followNative(loaded.nativeRunId);
  if (loaded.isToSend) sendAsIs();
}

/** Who comes to the page writes next; a page that only loads must not take the focus from a list, say. */
function focusComposer(): void {
  if (!document.hasFocus()) {
    window.addEventListener('focus', focusComposer, { once: true });
  } else if (document.activeElement === document.body) {
    document.querySelector<HTMLElement>('.composer-text')?.focus();
  }
}

async function watch(): Promise<void> {
  for await (const update of host.watch(undefined)) {
    if (update.type === 'connection') showConnection(update.connection);
    else showDocument(update.document);
  }
}

mount(<App />);
keepFocus('.composer-text, .native textarea');
load().catch(reportProblem);
watch().catch(reportProblem);
