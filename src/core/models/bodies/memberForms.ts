import * as l10n from '@vscode/l10n';
import type { Member, MemberType } from './member.js';

type About = () => string;

/** What every ready-made body asks. */
export const question = 'Explain what a vector database is, in two sentences.';
/** The prompt or text itself. */
export const input = (about: About, start = question): Member => ({
  type: 'string',
  about,
  isRequired: true,
  text: 'nonEmpty',
  start,
});
/** How long an answer may be, in tokens. */
export const limit = (about: About, max?: number, start = 400): Member => ({
  type: 'integer',
  about,
  min: 1,
  ...(max !== undefined && { max }),
  start,
});
/** A share or another number from 0 up. */
export const share = (about: About, max = 1): Member => ({ type: 'number', about, min: 0, max });
/** A whole number. */
export const count = (about: About, min = 0, max?: number): Member => ({
  type: 'integer',
  about,
  min,
  ...(max !== undefined && { max }),
});
/** A list of texts. */
export const texts = (about: About): Member => ({
  type: 'array',
  about,
  items: { type: 'string', about: () => l10n.t('A text.') },
});
/** True or false. */
export const flag = (about: About): Member => ({ type: 'boolean', about });
/** An object whose members are not looked at. */
export const anyObject = (about?: About): Member => plain('object', about);
/** A list whose items are not looked at. */
export const anyList = (about?: About): Member => plain('array', about);
/** A member of which only the type is known. */
export const plain = (type: MemberType, about?: About): Member => ({
  type,
  ...(about && { about }),
});
/** One of several words. */
export const choice = (about: About, ...choices: string[]): Member => ({
  type: 'string',
  about,
  choices,
});

/** How long an answer may be. */
export const answerLength = () => l10n.t('How long the answer may be, in tokens.');
/** How much chance there is in an answer. */
export const temperature = (max = 1): Member =>
  share(() => l10n.t('How much chance there is in the answer; leave it out for the default.'), max);
/** How many tokens are considered, by their probability. */
export const topP = (max = 1): Member =>
  share(() => l10n.t('Only tokens that together have this probability are considered.'), max);
/** How many tokens are considered, by their number. */
export const topK = (min?: number, max?: number): Member =>
  count(() => l10n.t('Only the k most probable tokens are considered.'), min, max);
/** Texts that end an answer. */
export const stop = (): Member => texts(() => l10n.t('Texts that end the answer.'));
