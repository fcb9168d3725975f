import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { Emitter } from '../../core/lifecycle.js';
import type { PanelKind } from '../../platform/panels.js';
import type { Services } from '../../services.js';
import { playgroundContract, type ConnectionFacts } from './contract.js';
import type { PlaygroundDocument } from './document/documentSchema.js';
import { documentTitle, newDocument } from './document/newDocument.js';
import { editorHandlers, type EditorServices } from './editorHandlers.js';
import { Playground } from './playground.js';
import { playgroundStrings } from './strings.js';

const PanelState = z.object({ documentId: z.string().check(z.regex(/^[\w-]{1,64}$/)) });

export interface PanelServices extends EditorServices, Pick<Services, 'log' | 'config'> {
  /** The playgrounds that are open, by id. */
  readonly opened: Map<string, Playground>;
}

/** What a playground's panel is opened with. */
export interface PlaygroundSubject {
  readonly document: PlaygroundDocument;
  /** True where it is sent as soon as its page has loaded. */
  readonly isToSend?: boolean;
}

/** The playground's page: one panel a playground. Closing the panel stops what still arrives. */
export function playgroundPanels(
  services: PanelServices,
): PanelKind<typeof playgroundContract, PlaygroundSubject> {
  const { session, config, log, history, opened } = services;
  return {
    viewType: 'bedrock.playground',
    page: 'playground',
    title: () => vscode.l10n.t('Playground'),
    contract: playgroundContract,
    enableFindWidget: true,
    keyOf: ({ document }) => document.id,
    restore: async (state) => {
      const stored = PanelState.safeParse(state);
      const document = stored.success ? await history.load(stored.data.documentId) : undefined;
      return { document: document ?? newDocument({}, randomUUID) };
    },
    fill: ({ document, isToSend = false }, { store, setTitle }) => {
      const connections = store.add(new Emitter<undefined>());
      store.add(
        session.onDidChange(() => {
          connections.fire(undefined);
        }),
      );
      const playground = store.add(
        new Playground(document, {
          runtime: async () => (await session.aws()).runtime,
          connection: () => connectionFacts(session),
          onDidChangeConnection: connections.event,
          store: (changed) => history.save(changed),
          now: Date.now,
          disabledRules: () => config.get('bedrock.checks.disabledRules'),
          onFailed: (error) => {
            log.error('playground', { error });
          },
        }),
      );
      opened.set(document.id, playground);
      store.add({ dispose: () => opened.delete(document.id) });
      store.add(
        playground.onDidChange((changed) => {
          setTitle(titleOf(changed));
        }),
      );
      if (isToSend) playground.sendOnLoad();
      return {
        title: titleOf(document),
        data: { state: { documentId: document.id }, strings: playgroundStrings() },
        handlers: { ...playground.handlers(), ...editorHandlers(services, playground) },
      };
    },
  };
}

function titleOf(document: PlaygroundDocument): string {
  return documentTitle(document) ?? vscode.l10n.t('Playground');
}

function connectionFacts(session: Services['session']): ConnectionFacts {
  const { current } = session;
  if (!current) return { kind: 'none', label: '' };
  if (current.kind === 'sandbox') return { kind: 'sandbox', label: current.region };
  const who = current.kind === 'profile' ? `${current.profile}, ` : '';
  return { kind: 'aws', label: `${who}${current.region}` };
}
