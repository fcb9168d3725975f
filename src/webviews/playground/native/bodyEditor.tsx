import { useEffect, useState } from 'preact/hooks';
import type { BodyProblem, NativeRequest } from '../../../features/playground/contract.js';
import { Button } from '../../ui/button.js';
import { CodeField } from '../../ui/codeField.js';
import { fill } from '../../kit/page.js';
import { host, strings } from '../page.js';
import { reportProblem } from '../store.js';

interface BodyEditorProps {
  readonly native: NativeRequest;
  readonly modelId: string;
  readonly set: (changed: Partial<NativeRequest>) => void;
}

/** The request's JSON: findings in place, suggestions for its members, and a body to begin with. */
export function BodyEditor({ native, modelId, set }: BodyEditorProps) {
  const { body } = native;
  const problems = useProblems(modelId, body);
  const fillIn = () => {
    host.readyNative({ modelId }).then(({ body: ready, contentType, accept, canStream }) => {
      const isStreaming = native.isStreaming && canStream;
      set({ body: ready, contentType, accept, modelId, isStreaming });
    }, reportProblem);
  };
  useEffect(() => {
    // A body that was never touched follows the model; what a person wrote stays.
    if (modelId === '' || native.modelId === modelId) return;
    host.readyNative({ modelId: native.modelId }).then(({ body: untouched }) => {
      if (body.trim() === '' || body === untouched) fillIn();
    }, reportProblem);
  }, [modelId]);
  return (
    <>
      <CodeField
        label={strings.body}
        value={body}
        marks={problems.map(({ line, column, message, ...mark }) => ({
          ...mark,
          message: fill(strings.bodyPlace, line, column, message),
        }))}
        hint={strings.bodyFine}
        suggestionsLabel={strings.suggestions}
        help={(text, offset) => host.helpNative({ modelId, body: text, offset })}
        onInput={(text) => {
          set({ body: text });
        }}
      />
      <span>
        <Button icon="json" onClick={fillIn}>
          {strings.readyBody}
        </Button>
      </span>
    </>
  );
}

/** What is wrong with a body, said shortly after it was changed. */
function useProblems(modelId: string, body: string): readonly BodyProblem[] {
  const [problems, setProblems] = useState<readonly BodyProblem[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      if (body.trim() === '') setProblems([]);
      else {
        host.checkNative({ modelId, body }, controller.signal).then(setProblems, reportProblem);
      }
    }, 200);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [modelId, body]);
  return problems;
}
