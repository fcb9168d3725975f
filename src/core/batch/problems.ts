import * as l10n from '@vscode/l10n';
import { batchLimits, type Problem, type ProblemCode, type Severity } from './types.js';

/** A line longer than this is no record at all, bytes. */
export const maxLineBytes = 64 * 1024 * 1024;

// `error`: AWS would refuse the job or fail the record, or results could not be told apart.
const warnings: readonly ProblemCode[] = [
  'missingRecordId',
  'blankLine',
  'byteOrderMark',
  'carriageReturn',
  // Only reports say so: Claude answers "no low surrogate in string", https://github.com/anthropics/claude-code/issues/3277.
  'loneSurrogate',
  'doubtfulBody',
  'modelAdvice',
];

/** How bad a kind of problem is. */
export function severityOf(code: ProblemCode): Severity {
  return warnings.includes(code) ? 'warning' : 'error';
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;

/** What each code says where the finder has nothing more precise. */
const texts: Readonly<Record<ProblemCode, () => string>> = {
  notUtf8: () => l10n.t('The line is not UTF-8 text. Save the file as UTF-8.'),
  notJson: () => l10n.t('The line is not valid JSON. Correct it or remove the line.'),
  notObject: () =>
    l10n.t(
      'The line is JSON but not an object. Write {"recordId": "…", "modelInput": {…}} or remove the line.',
    ),
  lineTooLong: () =>
    l10n.t('The line is longer than {0}. Write one record a line.', megabytes(maxLineBytes)),
  missingModelInput: () => l10n.t('The record has no "modelInput". Add the request for the model.'),
  modelInputNotObject: () =>
    l10n.t('"modelInput" is not an object. Write the request for the model as {…}.'),
  badRecordId: () =>
    l10n.t('"recordId" must be a text that is not empty. Change it, or remove it to get one.'),
  missingRecordId: () =>
    l10n.t('The record has no "recordId". One is added when the file is submitted.'),
  duplicateRecordId: () =>
    l10n.t('The "recordId" was used before. Give every record an id of its own.'),
  blankLine: () => l10n.t('The line is blank. It is left out when the file is submitted.'),
  byteOrderMark: () =>
    l10n.t('The file starts with a byte order mark. It is left out when the file is submitted.'),
  carriageReturn: () =>
    l10n.t(
      'The file has Windows line ends (CR LF). They are changed to LF when the file is submitted.',
    ),
  loneSurrogate: () =>
    l10n.t(
      'A text of the record has half a character, such as an emoji cut in two. Models may refuse it: write the whole character, or remove the half.',
    ),
  wrongInvocationType: () =>
    l10n.t('The record is written for another invocation type. Choose the other one.'),
  wrongBody: () =>
    l10n.t('The "modelInput" does not fit the model. Change it, or choose another model.'),
  doubtfulBody: () =>
    l10n.t('The "modelInput" may not fit the model. Compare it with the model’s own page.'),
  modelRule: () =>
    l10n.t('The model is known to refuse what the record asks for. Change it, or the model.'),
  modelAdvice: () =>
    l10n.t('The model may refuse what the record asks for. Try one record in the playground.'),
  modelIdInInput: () =>
    l10n.t('"modelInput" has "modelId". Remove it: the model is chosen for the job.'),
  unsupportedInBatch: () =>
    l10n.t('The record asks for something a batch job cannot do. Remove it.'),
  tooFewRecords: () =>
    l10n.t(
      'A batch job needs at least {0} records. Add records, or open single ones in the playground.',
      batchLimits.minRecordsPerJob,
    ),
  openAiBatch: () =>
    l10n.t(
      'This is an OpenAI batch file. "Convert to Batch Dataset" makes Bedrock records of it; "Submit Batch Job" does so on the way.',
    ),
  anthropicBatch: () =>
    l10n.t(
      'This is a file for Anthropic\'s Message Batches. "Convert to Batch Dataset" makes Bedrock records of it; "Submit Batch Job" does so on the way.',
    ),
  plainRows: () =>
    l10n.t(
      'These are plain rows, not Bedrock records. "Convert to Batch Dataset" puts them into a prompt, a record each; "Submit Batch Job" does so on the way.',
    ),
  jsonArray: () =>
    l10n.t(
      'This is a JSON array, not one record a line. "Convert to Batch Dataset" makes records of its elements; "Submit Batch Job" does so on the way.',
    ),
  emptyFile: () => l10n.t('The file has no records. Add at least 100, one JSON object a line.'),
  recordTooLarge: () =>
    l10n.t(
      'The record is larger than {0}, more than a model takes in one request. Make it smaller.',
      megabytes(batchLimits.maxRecordBytes),
    ),
};

/** A problem of a line (1-based; 0 for the whole file), with the code's own words or better ones. */
export function problem(
  code: ProblemCode,
  line: number,
  message: string = texts[code](),
  rule?: string,
): Problem {
  const found = { line, code, message, severity: severityOf(code) };
  return rule === undefined ? found : { ...found, rule };
}

/** Too few records for one job. */
export function tooFewRecords(records: number): Problem {
  const { minRecordsPerJob } = batchLimits;
  const missing = minRecordsPerJob - records;
  const message =
    records === 1
      ? l10n.t(
          'The file has 1 record, and a batch job needs at least {0}. Add {1} more, or open it in the playground.',
          minRecordsPerJob,
          missing,
        )
      : l10n.t(
          'The file has {0} records, and a batch job needs at least {1}. Add {2} more, or open single ones in the playground.',
          records,
          minRecordsPerJob,
          missing,
        );
  return problem('tooFewRecords', 0, message);
}

/** Half of a character, written as an escape that has no other half beside it. */
export function loneSurrogate(line: number, column: number, escape: string): Problem {
  return problem(
    'loneSurrogate',
    line,
    l10n.t(
      'Half a character at column {0}: {1} has no other half, such as an emoji cut in two. Models may refuse it: write the whole character, or remove the half.',
      column,
      escape,
    ),
  );
}

/** The second and every later use of a record id; long ids are cut. */
export function duplicateRecordId(line: number, firstLine: number, id: string): Problem {
  const shown = id.length > 60 ? `${id.slice(0, 60)}…` : id;
  return problem(
    'duplicateRecordId',
    line,
    l10n.t(
      '"recordId" {0} was already used on line {1}. Results are matched by it: give every record its own.',
      JSON.stringify(shown),
      firstLine,
    ),
  );
}
