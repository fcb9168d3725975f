import './native.css';
import { useEffect, useState } from 'preact/hooks';
import type { BodyProblem, NativeRequest } from '../../features/playground/contract.js';
import { Button } from '../ui/button.js';
import { Checkbox, Textarea, Textbox } from '../ui/field.js';
import { NativeResponse } from './nativeResponse.js';
import { invoke, nativeAnswer, stopNative } from './nativeRun.js';
import { fill, host, strings } from './page.js';
import { activeLane, change, playground, reportProblem } from './store.js';

/** InvokeModel with the provider's own body. */
export function NativePane() {
  const native = playground.value?.native;
  const lane = activeLane.value;
  if (!native || !lane) return null;
  const modelId = lane.modelId;
  const isBusy = nativeAnswer.value?.status === 'running';
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
        <div class="native-bar">
          <Checkbox
            label={strings.streaming}
            isOn={native.isStreaming}
            onChange={(isStreaming) => {
              set({ isStreaming });
            }}
          />
          {isBusy ? (
            <Button icon="debug-stop" kind="primary" onClick={stopNative}>
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

interface BodyEditorProps {
  readonly native: NativeRequest;
  readonly modelId: string;
  readonly set: (changed: Partial<NativeRequest>) => void;
}

function BodyEditor({ native, modelId, set }: BodyEditorProps) {
  const [problems, setProblems] = useState<readonly BodyProblem[]>([]);
  const { body } = native;
  const fillIn = () => {
    host.readyNative({ modelId }).then(({ body: ready, contentType, accept }) => {
      set({ body: ready, contentType, accept, modelId });
    }, reportProblem);
  };
  useEffect(() => {
    // A body that was never touched follows the model; what a person wrote stays.
    if (modelId !== '' && body.trim() === '') fillIn();
  }, [modelId]);
  useEffect(() => {
    if (body.trim() === '') return undefined;
    const timer = setTimeout(() => {
      host.checkNative({ modelId, body }).then(setProblems, reportProblem);
    }, 200);
    return () => {
      clearTimeout(timer);
    };
  }, [modelId, body]);
  const words = problems.map(({ line, column, message }) =>
    fill(strings.bodyPlace, line, column, message),
  );
  return (
    <>
      <div class="native-body">
        <Textarea
          label={strings.body}
          isCode
          rows={14}
          value={body}
          error={words.length > 0 ? words.join('\n') : undefined}
          hint={strings.bodyFine}
          onInput={(text) => {
            set({ body: text });
          }}
        />
      </div>
      <span>
        <Button icon="json" onClick={fillIn}>
          {strings.readyBody}
        </Button>
      </span>
    </>
  );
}
