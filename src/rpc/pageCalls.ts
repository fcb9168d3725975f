import * as z from 'zod/mini';
import { type ErrorAction, errorActions } from '../core/errors.js';
import { call } from './contract.js';

/** Texts around what a model answers, whichever page shows it. */
export interface AnswerStrings {
  readonly reasoning: string;
  /** `{0}`: the tool's name. */
  readonly toolCall: string;
  readonly sources: string;
  /** `{0}`: its number; a source that has no name. */
  readonly source: string;
  /** `{0}`: the document's number, `{1}` and `{2}`: from where to where. */
  readonly pages: string;
  readonly characters: string;
  readonly chunks: string;
}

/** Texts that every page has, localised by the extension. */
export interface PageStrings {
  readonly retry: string;
  readonly close: string;
  readonly copied: string;
  readonly answerParts: AnswerStrings;
  /** What the button of an error's action says. */
  readonly actions: Readonly<Record<ErrorAction, string>>;
}

/** What a page is handed in its HTML. */
export interface PageData<Strings = object> {
  /** What the extension needs to show the same after a reload; the page only keeps it. */
  readonly state: Readonly<Record<string, string>>;
  readonly strings: Strings & PageStrings;
}

const Text = z.object({ text: z.string() });
const Url = z.object({ url: z.string().check(z.maxLength(8192)) });
const Action = z.object({ action: z.enum(errorActions) });

/** What every page may ask the extension for; spread into its contract. */
export const pageCalls = {
  /** Puts a text on the clipboard. */
  copy: call<z.infer<typeof Text>, undefined>(Text),
  /** Opens a web or mail address outside of the editor. */
  openLink: call<z.infer<typeof Url>, undefined>(Url),
  /** Does what an error proposes; true where what failed may be tried again. */
  recover: call<z.infer<typeof Action>, boolean>(Action),
} as const;
