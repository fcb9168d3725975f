import assert from 'node:assert/strict';
import { toAwsError } from '../../../src/aws/errors/awsError.js';
import { describeJsonError } from '../../../src/core/batch/jsonError.js';
import { problem, tooFewRecords } from '../../../src/core/batch/problems.js';
import { checkModelInput } from '../../../src/core/batch/record.js';
import { formatDuration } from '../../../src/core/duration.js';
import { currentTranslations, useTranslations } from '../../../src/core/translation.js';
import { readJson } from '../../support/repository.js';

/** What translators get, each text in brackets instead of translated. */
const bundle = Object.fromEntries(
  Object.keys(readJson('media/l10n/bundle.l10n.json') as object).map((text) => [text, `⟦${text}⟧`]),
);

const rows: readonly { readonly what: string; readonly made: () => string; says: string }[] = [
  {
    what: 'an AWS error with the values of the call',
    made: () =>
      toAwsError(Object.assign(new Error('no'), { name: 'AccessDenied' }), {
        action: 's3:PutObject',
        resource: 's3://bucket/key',
      }).message,
    says: '⟦Not allowed: s3:PutObject on s3://bucket/key. Ask for this permission. AWS says: no⟧',
  },
  {
    what: 'a name inside an AWS error',
    made: () =>
      toAwsError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), {
        action: 's3:PutObject',
        region: 'eu-west-1',
      }).message,
    says: '⟦Nothing answers at ⟦AWS in eu-west-1⟧. Check the endpoint and that the server is running.⟧',
  },
  {
    what: "a dataset problem in its code's own words",
    made: () => problem('blankLine', 3).message,
    says: '⟦The line is blank. It is left out when the file is submitted.⟧',
  },
  {
    what: 'a dataset problem about one record',
    made: () => tooFewRecords(1).message,
    says: '⟦The file has 1 record, and a batch job needs at least 100. Add 99 more, or open it in the playground.⟧',
  },
  {
    what: 'a JSON error whose text has escapes',
    made: () => describeJsonError({ column: 7, before: '"a', after: '\t"', isCutOff: false }),
    says: '⟦Not valid JSON at column 7: a control character inside a text. Write it as an escape such as \\n or \\t.⟧',
  },
  {
    what: 'a hint that a module keeps for later',
    made: () =>
      checkModelInput({ messages: [], max_tokens: 1, prompt: 'x' }, { family: 'mistralText' })[0]
        ?.message ?? '',
    says: '⟦modelInput has "messages", which ⟦this Mistral model⟧ does not take. ⟦Write "prompt" with the text, or use Converse.⟧⟧',
  },
  { what: 'a duration', made: () => formatDuration(90 * 60_000), says: '⟦2 h⟧' },
];

describe('translation', () => {
  afterEach(() => {
    useTranslations(undefined);
  });

  for (const { what, made, says } of rows) {
    it(`translates ${what}`, () => {
      useTranslations(bundle);
      assert.equal(made(), says);
    });

    it(`says ${what} in English without a bundle`, () => {
      assert.equal(made(), says.replace(/[⟦⟧]/g, ''));
    });
  }

  it('hands its bundle on to threads', () => {
    useTranslations(bundle);
    assert.equal(currentTranslations(), bundle);
  });
});
