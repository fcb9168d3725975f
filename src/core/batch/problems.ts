import { batchLimits, type Problem, type ProblemCode, type Severity } from './types.js';

/** A line longer than this is no record at all, bytes. */
export const maxLineBytes = 64 * 1024 * 1024;

// `error`: AWS would refuse the job or fail the record, or results could not be told apart.
const warnings: readonly ProblemCode[] = [
  'missingRecordId',
  'blankLine',
  'byteOrderMark',
  'carriageReturn',
];

/** How bad a kind of problem is. */
export function severityOf(code: ProblemCode): Severity {
  return warnings.includes(code) ? 'warning' : 'error';
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;

/** What each code says where the finder has nothing more precise. */
const texts: Readonly<Record<ProblemCode, string>> = {
  notUtf8: 'The line is not UTF-8 text. Save the file as UTF-8.',
  notJson: 'The line is not valid JSON. Correct it or remove the line.',
  notObject:
    'The line is JSON but not an object. Write {"recordId": "…", "modelInput": {…}} or remove the line.',
  lineTooLong: `The line is longer than ${megabytes(maxLineBytes)}. Write one record a line.`,
  missingModelInput: 'The record has no "modelInput". Add the request for the model.',
  modelInputNotObject: '"modelInput" is not an object. Write the request for the model as {…}.',
  badRecordId: '"recordId" must be a text that is not empty. Change it, or remove it to get one.',
  missingRecordId: 'The record has no "recordId". One is added when the file is submitted.',
  duplicateRecordId: 'The "recordId" was used before. Give every record an id of its own.',
  blankLine: 'The line is blank. It is left out when the file is submitted.',
  byteOrderMark:
    'The file starts with a byte order mark. It is left out when the file is submitted.',
  carriageReturn:
    'The file has Windows line ends (CR LF). They are changed to LF when the file is submitted.',
  wrongInvocationType: 'The record is written for another invocation type. Choose the other one.',
  wrongBody: 'The "modelInput" does not fit the model. Convert it or choose another model.',
  modelIdInInput: '"modelInput" has "modelId". Remove it: the model is chosen for the job.',
  unsupportedInBatch: 'The record asks for something a batch job cannot do. Remove it.',
  tooFewRecords: `A batch job needs at least ${batchLimits.minRecordsPerJob} records. Add records, or run these in the playground.`,
  openAiBatch: 'This is an OpenAI batch file. Convert it to Bedrock records before you submit it.',
  plainRows: 'These are plain rows, not Bedrock records. Convert them with a template first.',
  emptyFile: 'The file has no records. Add at least 100, one JSON object a line.',
  recordTooLarge: `The record is larger than ${megabytes(batchLimits.maxRecordBytes)}, more than a model takes in one request. Make it smaller.`,
};

/** A problem of a line (1-based; 0 for the whole file), with the code's own words or better ones. */
export function problem(code: ProblemCode, line: number, message: string = texts[code]): Problem {
  return { line, code, message, severity: severityOf(code) };
}

/** Too few records for one job. */
export function tooFewRecords(records: number): Problem {
  const { minRecordsPerJob } = batchLimits;
  return problem(
    'tooFewRecords',
    0,
    `The file has ${records === 1 ? '1 record' : `${records} records`}, and a batch job needs at least ${minRecordsPerJob}. Add ${minRecordsPerJob - records} more, or run these in the playground.`,
  );
}

/** The second and every later use of a record id; long ids are cut. */
export function duplicateRecordId(line: number, firstLine: number, id: string): Problem {
  const shown = id.length > 60 ? `${id.slice(0, 60)}…` : id;
  return problem(
    'duplicateRecordId',
    line,
    `"recordId" ${JSON.stringify(shown)} was already used on line ${firstLine}. Results are matched by it: give every record its own.`,
  );
}
