import type { ModelAnswer } from '../../answers/modelAnswer.js';
import type { RuleSubject } from '../rules/rule.js';
import type { Finding } from './finding.js';
import type { Group } from './member.js';

/** A parsed JSON object; members are unknown until somebody looks. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What can be wrong with a `modelInput`; a subset of the dataset's problem codes. */
export type BodyProblemCode =
  | 'wrongBody'
  | 'doubtfulBody'
  | 'modelRule'
  | 'modelAdvice'
  | 'wrongInvocationType'
  | 'modelIdInInput'
  | 'unsupportedInBatch';

/** One reason why Bedrock would refuse a `modelInput`. The message ends with what to do. */
export interface BodyProblem {
  readonly code: BodyProblemCode;
  readonly message: string;
  /** The rule it comes from, where it can be switched off in the settings. */
  readonly rule?: string;
}

/** Who answers a wrong body, and so in which words. */
export type Refuser = 'anthropic' | 'converse' | 'schema';

/**
 * What we know about one request and response shape: the one description that the dataset check, the
 * editor's completion and findings, and the sandbox's validation are derived from.
 *
 * A finding may come from member names, from the types of values, from numbers, from short strings
 * and from whether a text is blank, but never from the text a record carries: the dataset checker asks
 * once a shape, not once a record (see `JsonScanner`).
 */
export interface BodyDescription extends Group {
  /** Whom the words speak of. */
  readonly name: () => string;
  /** AWS's page, and when it was read. */
  readonly source: string;
  readonly date: string;
  readonly refuser: Refuser;
  /** What the members alone do not say. */
  readonly more?: (body: JsonObject) => Finding[];
  /** True for a finding that is none in this body. */
  readonly excuses?: (finding: Finding, body: JsonObject) => boolean;
  /** The answer in a response body; finds nothing in foreign ones. */
  readonly readOutput: (output: unknown) => ModelAnswer;
  /** The prompt as one short text, for previews; empty where there is none. */
  readonly readInput: (modelInput: unknown) => string;
}

/** A description with the dataset's question to it. */
export interface BodyForm extends BodyDescription {
  /** Why Bedrock would refuse a `modelInput` of a batch job. */
  readonly checkBody: (body: JsonObject, subject?: RuleSubject) => BodyProblem[];
}
