import { type NativeAnswer, nativeFacts } from '../../../core/native/nativeAnswer.js';
import { pageStrings } from '../../kit/page.js';
import { Reasoning, ToolCall } from '../../kit/answerParts.js';
import { Button, IconButton } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Message } from '../../ui/message.js';
import { Sources } from '../turns/blocks.js';
import { Footer } from '../turns/footer.js';
import { GuardrailReport } from '../turns/guardrailTrace.js';
import { invoke, liveNative } from './nativeRun.js';
import { host, strings } from '../page.js';
import { playground, reportProblem } from '../store.js';

/** What came back: its text, how it came about, the raw body and the headers. */
export function NativeResponse({ modelId }: { modelId: string }) {
  const answer = liveNative.value ?? playground.value?.nativeAnswer;
  return (
    <section
      class="native-response"
      aria-label={strings.response}
      aria-busy={answer?.status === 'running'}
      tabIndex={0}
    >
      {answer ? (
        <Response answer={answer} modelId={modelId} />
      ) : (
        <Message icon="json" title={strings.response}>
          {strings.noResponse}
        </Message>
      )}
    </section>
  );
}

function Response({ answer, modelId }: { answer: NativeAnswer; modelId: string }) {
  const { text, reasoning, toolCalls = [], citations = [], raw, headers, failure } = answer;
  const names = Object.keys(headers).sort();
  return (
    <>
      {reasoning !== undefined && <Reasoning text={reasoning} />}
      {text !== '' && (
        <>
          <h2>{strings.text}</h2>
          <p class="plain">{text}</p>
        </>
      )}
      {toolCalls.map((call, index) => (
        <ToolCall key={index} {...call} />
      ))}
      <Sources citations={citations} />
      {failure && (
        <div class="failure" role="alert">
          <p>
            <Icon name="error" />
            <span>{failure.message}</span>
          </p>
          {raw !== '' && <p class="kept">{strings.partKept}</p>}
          <span class="failure-actions">
            <Button kind="primary" onClick={() => void again(answer, modelId)}>
              {pageStrings.actions.retry}
            </Button>
          </span>
        </div>
      )}
      {answer.status !== 'running' && (
        <>
          <GuardrailReport answer={nativeFacts(answer)} />
          <Footer answer={nativeFacts(answer)} />
        </>
      )}
      {raw !== '' && (
        <details class="section" open>
          <summary>{strings.rawResponse}</summary>
          <div class="raw-box">
            <IconButton
              icon="copy"
              label={strings.copy}
              onClick={() => {
                host.copy({ text: raw }).catch(reportProblem);
              }}
            />
            <pre tabIndex={0}>{raw}</pre>
          </div>
        </details>
      )}
      {names.length > 0 && (
        <details class="section">
          <summary>{strings.headers}</summary>
          <dl class="headers">
            {answer.httpStatus !== undefined && (
              <div>
                <dt>HTTP</dt>
                <dd>{answer.httpStatus}</dd>
              </div>
            )}
            {names.map((name) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{headers[name]}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function again({ failure }: NativeAnswer, modelId: string): Promise<void> {
  const native = playground.value?.native;
  if (!native) return Promise.resolve();
  return host.recover({ action: failure?.action ?? 'retry' }).then(async (mayRetry) => {
    if (mayRetry) await invoke({ ...native, modelId });
  }, reportProblem);
}
