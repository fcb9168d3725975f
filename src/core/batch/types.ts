/** How Bedrock reads `modelInput`: the provider's own body, or a Converse request. */
export type InvocationType = 'InvokeModel' | 'Converse';

/** What a dataset file holds. Only `bedrock` is sent as it is; the others are converted first. */
export type DatasetFormat =
  | 'bedrock'
  | 'openai-batch'
  | 'anthropic-batch'
  | 'rows'
  | 'csv'
  | 'json-array'
  | 'empty'
  | 'unknown';

export type Severity = 'error' | 'warning';

/** Why a record, or the whole file, would fail or surprise. */
export type ProblemCode =
  | 'notUtf8'
  | 'notJson'
  | 'notObject'
  | 'lineTooLong'
  | 'missingModelInput'
  | 'modelInputNotObject'
  | 'badRecordId'
  | 'missingRecordId'
  | 'duplicateRecordId'
  | 'blankLine'
  | 'byteOrderMark'
  | 'carriageReturn'
  | 'loneSurrogate'
  | 'wrongInvocationType'
  | 'wrongBody'
  | 'doubtfulBody'
  | 'modelRule'
  | 'modelAdvice'
  | 'modelIdInInput'
  | 'unsupportedInBatch'
  | 'tooFewRecords'
  | 'openAiBatch'
  | 'anthropicBatch'
  | 'plainRows'
  | 'jsonArray'
  | 'emptyFile'
  | 'recordTooLarge';

/** One finding. `line` is 1-based; 0 means the file as a whole. */
export interface Problem {
  readonly line: number;
  readonly code: ProblemCode;
  readonly message: string;
  readonly severity: Severity;
  /** The rule it comes from, where it can be switched off in the settings. */
  readonly rule?: string;
}

/** What the reader does to the bytes of a shard on the way to S3. */
export type ShardRewrite = 'none' | 'normalise';

/**
 * A run of whole lines of the dataset that becomes one S3 object and one job.
 * `start` and `end` are byte offsets into the dataset file, `end` exclusive.
 */
export interface Shard {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly records: number;
  /** 1-based line of the first byte. */
  readonly firstLine: number;
}

/** What a full pass over a dataset found. */
export interface DatasetCheck {
  readonly format: DatasetFormat;
  /** The invocation type the records are written for, where it can be told. */
  readonly invocationType?: InvocationType;
  readonly bytes: number;
  readonly lines: number;
  /** Lines that become records: not blank. */
  readonly records: number;
  /**
   * In line order, at most the asked limit and always the first of each code; `problemCount` counts
   * all. Where there are more, errors are kept before warnings.
   */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly byCode: Readonly<Partial<Record<ProblemCode, number>>>;
  readonly errorCount: number;
  /** Records that AWS will answer with an error: each counted once, however much is wrong with it. */
  readonly failingRecords: number;
  readonly shards: readonly Shard[];
  /** `normalise` where bytes must change: byte order mark, CR, blank lines or absent record ids. */
  readonly rewrite: ShardRewrite;
  /** Where record ids are absent: `openShard` writes this and the line number, unused in the file. */
  readonly generatedIdPrefix?: string | undefined;
  /** What the file was when it was read; a later difference means it changed. */
  readonly fingerprint: Fingerprint;
}

/** Enough of a file's stat to notice that it changed. */
export interface Fingerprint {
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly inode: string;
}

/** Batch quotas, https://docs.aws.amazon.com/general/latest/gr/bedrock.html (defaults, 2026-11). */
export const batchLimits = {
  minRecordsPerJob: 100,
  maxRecordsPerJob: 100_000,
  maxFileBytes: 1_000_000_000,
  maxJobBytes: 5_000_000_000,
  /** InvokeModel's own body limit; batch publishes none. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
  maxRecordBytes: 25_000_000,
  minTimeoutHours: 24,
  maxTimeoutHours: 168,
} as const;
