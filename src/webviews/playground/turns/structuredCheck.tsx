import { useEffect, useState } from 'preact/hooks';
import type { Conversation, Turn } from '../../../core/converse/types.js';
import { turnText } from '../../../core/converse/conversation.js';
import { Icon } from '../../ui/icon.js';
import { host, strings } from '../page.js';
import { reportProblem } from '../store.js';

/** Whether an answer follows the schema that was asked for. */
export function StructuredCheck({ lane, turn }: { lane: Conversation; turn: Turn }) {
  const schema = lane.settings.structuredOutput?.schema;
  const text = turnText(turn);
  const [problems, setProblems] = useState<readonly string[]>();
  useEffect(() => {
    setProblems(undefined);
    if (schema === undefined || text === '') return;
    host.checkAnswer({ text, schema }).then(setProblems, reportProblem);
  }, [schema, text]);
  if (!problems) return null;
  if (problems.length === 0) {
    return (
      <p class="structured valid">
        <Icon name="pass" />
        {strings.schemaValid}
      </p>
    );
  }
  return (
    <div class="structured invalid">
      <p>
        <Icon name="error" />
        {strings.schemaInvalid}
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}
