/** A parsed JSON object; members are unknown until somebody looks. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What can be wrong with a `modelInput`; a subset of the dataset's problem codes. */
export type BodyProblemCode =
  'wrongBody' | 'wrongInvocationType' | 'modelIdInInput' | 'unsupportedInBatch';

/** One reason why Bedrock would refuse a `modelInput`. The message ends with what to do. */
export interface BodyProblem {
  readonly code: BodyProblemCode;
  readonly message: string;
}

/** The answer in a `modelOutput`. What the model did not say is absent, never 0. */
export interface BodyOutput {
  readonly text: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly stopReason?: string;
}

/**
 * What we know about one request and response shape.
 *
 * `checkBody` may look at member names, at the types of values, at numbers and at short strings, but
 * never inside the text a record carries: the dataset checker calls it once a shape, not once a
 * record (see `io/dataset/shape.ts`).
 */
export interface BodyForm {
  checkBody(body: JsonObject): BodyProblem[];
  readOutput(output: unknown): BodyOutput;
  /** The prompt as one short text, for previews; empty where there is none. */
  readInput(modelInput: unknown): string;
}
