import './native.css';
import type { NativeRequest } from '../../../features/playground/contract.js';
import { Button, unlessDouble } from '../../ui/button.js';
import { Checkbox, Textbox } from '../../ui/field.js';
import { BodyEditor } from './bodyEditor.js';
import { NativeServing } from './nativeServing.js';
import { NativeResponse } from './nativeResponse.js';
import { invoke, liveNative, stopNative } from './nativeRun.js';
import { strings } from '../page.js';
import { activeLane, change, playground } from '../store.js';

/** InvokeModel with the provider's own body. */
export function NativePane() {
  const native = playground.value?.native;
  const lane = activeLane.value;
  if (!native || !lane) return null;
  const modelId = lane.modelId;
  const isBusy = liveNative.value !== undefined;
  const set = (changed: Partial<NativeRequest>) => {
    change((document) => ({ ...document, native: { ...document.native, ...changed } }));
  };
  return (
    <main class="native">
      <form
        class="native-request"
        aria-label={strings.body}
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <BodyEditor native={native} modelId={modelId} set={set} />
        <div class="row">
          <Textbox
            label={strings.contentType}
            value={native.contentType}
            onInput={(contentType) => {
              set({ contentType });
            }}
          />
          <Textbox
            label={strings.accept}
            value={native.accept}
            onInput={(accept) => {
              set({ accept });
            }}
          />
        </div>
        <NativeServing
          native={native}
          put={(next) => {
            change((document) => ({ ...document, native: next }));
          }}
        />
        <div class="native-bar">
          <Checkbox
            label={strings.streaming}
            isOn={native.isStreaming}
            onChange={(isStreaming) => {
              set({ isStreaming });
            }}
          />
          {isBusy ? (
            <Button icon="debug-stop" kind="primary" onClick={unlessDouble(stopNative)}>
              {strings.stop}
            </Button>
          ) : (
            <Button
              icon="send"
              kind="primary"
              isDisabled={modelId === '' || native.body.trim() === ''}
              onClick={() => void invoke({ ...native, modelId })}
            >
              {strings.invoke}
            </Button>
          )}
        </div>
      </form>
      <NativeResponse modelId={modelId} />
    </main>
  );
}
