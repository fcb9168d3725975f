import * as l10n from '@vscode/l10n';
import type { Member } from './member.js';

/** What every ready-made body asks. */
export const question = 'Explain what a vector database is, in two sentences.';
/** The prompt or text itself. */
export const input = (about: string, start = question): Member => ({
  type: 'string',
  about,
  isRequired: true,
  start,
});
/** How long an answer may be, in tokens. */
export const limit = (about: string, max?: number, start = 400): Member => ({
  type: 'integer',
  about,
  min: 1,
  ...(max !== undefined && { max }),
  start,
});
/** A share or another number from 0 up. */
export const share = (about: string, max = 1): Member => ({ type: 'number', about, min: 0, max });
/** A whole number. */
export const count = (about: string, min = 0, max?: number): Member => ({
  type: 'integer',
  about,
  min,
  ...(max !== undefined && { max }),
});
/** A list of texts. */
export const texts = (about: string): Member => ({
  type: 'array',
  about,
  items: { type: 'string', about: l10n.t('A text.') },
});
/** True or false. */
export const flag = (about: string): Member => ({ type: 'boolean', about });
/** An object whose members are not looked at. */
export const anyObject = (about: string): Member => ({ type: 'object', about });
/** A list whose items are not looked at. */
export const anyList = (about: string): Member => ({ type: 'array', about });
/** One of several words. */
export const choice = (about: string, ...choices: string[]): Member => ({
  type: 'string',
  about,
  choices,
});

/** How much chance there is in an answer. */
export const temperature = () =>
  share(l10n.t('How much chance there is in the answer; leave it out for the default.'));
/** How many tokens are considered, by their probability. */
export const topP = () =>
  share(l10n.t('Only tokens that together have this probability are considered.'));
/** Texts that end an answer. */
export const stop = () => texts(l10n.t('Texts that end the answer.'));

/** A conversation with the given roles. */
export const messages = (start: Member['start'], ...roles: string[]): Member => ({
  type: 'array',
  about: l10n.t('The conversation so far, the question last.'),
  isRequired: true,
  min: 1,
  ...(start !== undefined && { start }),
  items: {
    type: 'object',
    about: l10n.t('One message.'),
    members: {
      role: { type: 'string', about: l10n.t('Who speaks.'), isRequired: true, choices: roles },
      content: { type: 'any', about: l10n.t('A text, or a list of blocks.') },
    },
  },
});
