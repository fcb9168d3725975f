import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  deleteTurn,
  editTurn,
  joinTexts,
  turnAnswer,
  turnText,
} from '../../../core/converse/conversation.js';
import type { Block, Conversation, Turn } from '../../../core/converse/types.js';
import { Button, IconButton } from '../../ui/button.js';
import { Toolbar } from '../../ui/toolbar.js';
import { branch } from '../actions.js';
import { Failure } from './failure.js';
import { Markdown, OtherBlocks, Sources, Thoughts } from './blocks.js';
import { StructuredCheck } from './structuredCheck.js';
import { Footer } from './footer.js';
import { GuardrailReport } from './guardrailTrace.js';
import { host, strings } from '../page.js';
import { liveIn, regenerate, resend } from '../runs.js';
import { changeLane, factsOf, reportProblem } from '../store.js';
import { replaceTurns } from '../undo.js';

interface TurnProps {
  readonly lane: Conversation;
  readonly turn: Turn;
}

/** Who speaks. */
export function TurnHead({ role, modelId }: { role: Turn['role']; modelId?: string }) {
  const name = modelId === undefined ? undefined : (factsOf(modelId)?.name ?? modelId);
  return <h2 class="turn-head">{role === 'user' ? strings.you : name}</h2>;
}

/** A prompt, with what can be done with it. */
export function UserTurn({ lane, turn }: TurnProps) {
  const [isEditing, setIsEditing] = useState(false);
  const text = turnText(turn);
  const others = turn.content.filter(({ type }) => type !== 'text');
  return (
    <article class="turn user">
      <TurnHead role="user" />
      {others.length > 0 && (
        <div class="attachments">
          {others.map((block, index) => (
            <OtherBlocks key={index} block={block} />
          ))}
        </div>
      )}
      {isEditing ? (
        <Editor
          text={text}
          onCancel={() => {
            setIsEditing(false);
          }}
          onSave={(changed) => {
            setIsEditing(false);
            changeLane(lane.id, (now) => editTurn(now, turn.id, withText(turn, changed)));
          }}
          onSend={(changed) => {
            setIsEditing(false);
            resend(lane.id, turn.id, withText(turn, changed));
          }}
        />
      ) : (
        <>
          {text !== '' && <p class="plain">{text}</p>}
          <Actions
            lane={lane}
            turn={turn}
            text={text}
            onEdit={() => {
              setIsEditing(true);
            }}
          />
        </>
      )}
    </article>
  );
}

/** An answer, how it came about, and what can be done with it. */
export function AssistantTurn({ lane, turn }: TurnProps) {
  const [view, setView] = useState<'markdown' | 'raw' | 'edit'>('markdown');
  const text = turnText(turn);
  return (
    <article class="turn assistant">
      <TurnHead role="assistant" modelId={turn.answer?.modelId ?? lane.modelId} />
      {view === 'edit' ? (
        <Editor
          text={text}
          onCancel={() => {
            setView('markdown');
          }}
          onSave={(changed) => {
            setView('markdown');
            changeLane(lane.id, (now) => editTurn(now, turn.id, withText(turn, changed)));
          }}
        />
      ) : (
        joinTexts(turn.content).map((block, index) => (
          <AnswerBlock key={index} block={block} isRaw={view === 'raw'} />
        ))
      )}
      {turn.content.length === 0 && !turn.answer?.error && <p class="none">{strings.noText}</p>}
      {turn.answer && <StructuredCheck lane={lane} turn={turn} />}
      <Failure lane={lane} turn={turn} />
      {turn.answer && <GuardrailReport answer={turn.answer} />}
      {turn.answer && <Footer answer={turn.answer} />}
      <Actions
        lane={lane}
        turn={turn}
        text={turnAnswer(turn)}
        isRaw={view === 'raw'}
        onRaw={(isRaw) => {
          setView(isRaw ? 'raw' : 'markdown');
        }}
        onEdit={() => {
          setView('edit');
        }}
      />
    </article>
  );
}

function AnswerBlock({ block, isRaw }: { block: Block; isRaw: boolean }) {
  if (block.type === 'reasoning') return <Thoughts block={block} />;
  if (block.type !== 'text') return <OtherBlocks block={block} />;
  const { text, citations = [] } = block;
  return (
    <>
      {isRaw ? <p class="plain raw">{text}</p> : <Markdown text={text} />}
      <Sources citations={citations} />
    </>
  );
}

/** The turn's blocks with another text in the place of its texts. */
function withText(turn: Turn, text: string): Block[] {
  const at = turn.content.findIndex(({ type }) => type === 'text');
  const others = turn.content.filter(({ type }) => type !== 'text');
  others.splice(at < 0 ? others.length : at, 0, { type: 'text', text });
  return others;
}

interface ActionsProps extends TurnProps {
  readonly text: string;
  readonly onEdit: () => void;
  readonly isRaw?: boolean;
  readonly onRaw?: (isRaw: boolean) => void;
}

function Actions({ lane, turn, text, onEdit, isRaw, onRaw }: ActionsProps) {
  const isBusy = liveIn(lane.id).value !== undefined;
  return (
    <Toolbar class="turn-actions" label={strings.turnActions}>
      {text !== '' && (
        <IconButton
          icon="copy"
          label={strings.copy}
          onClick={() => {
            host.copy({ text }).catch(reportProblem);
          }}
        />
      )}
      {onRaw && (
        <IconButton
          icon={isRaw === true ? 'markdown' : 'code'}
          label={isRaw === true ? strings.showMarkdown : strings.showRaw}
          onClick={() => {
            onRaw(isRaw !== true);
          }}
        />
      )}
      {!isBusy && (
        <>
          <IconButton
            icon="refresh"
            label={turn.role === 'user' ? strings.sendAgain : strings.regenerate}
            onClick={() => {
              regenerate(lane.id, turn.id);
            }}
          />
          <IconButton icon="edit" label={strings.edit} onClick={onEdit} />
        </>
      )}
      <IconButton
        icon="repo-forked"
        label={strings.branch}
        onClick={() => {
          branch(lane, turn.id);
        }}
      />
      {!isBusy && (
        <IconButton
          icon="trash"
          label={strings.delete}
          onClick={() => {
            replaceTurns(lane.id, (now) => deleteTurn(now, turn.id));
          }}
        />
      )}
    </Toolbar>
  );
}

interface EditorProps {
  readonly text: string;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
  readonly onSend?: (text: string) => void;
}

function Editor({ text, onSave, onCancel, onSend }: EditorProps) {
  const [value, setValue] = useState(text);
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div class="editor">
      <textarea
        ref={box}
        aria-label={strings.edit}
        value={value}
        onInput={(event) => {
          setValue(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
        }}
      />
      <div class="editor-actions">
        {onSend && (
          <Button
            kind="primary"
            onClick={() => {
              onSend(value);
            }}
          >
            {strings.send}
          </Button>
        )}
        <Button
          kind={onSend ? 'secondary' : 'primary'}
          onClick={() => {
            onSave(value);
          }}
        >
          {strings.save}
        </Button>
        <Button onClick={onCancel}>{strings.cancel}</Button>
      </div>
    </div>
  );
}
