import * as l10n from '@vscode/l10n';
import { converse } from '../models/bodies/converse.js';
import { isObject } from '../models/bodies/json.js';
import { bodyOf, detectBody, looksNative } from '../models/bodies/registry.js';
import type { BodyProblem, JsonObject } from '../models/bodies/types.js';
import { isEmbedding, type Family } from '../models/families.js';
import type { RuleSubject } from '../models/rules/rule.js';
import type { InvocationType, ProblemCode } from './types.js';

/** One line Bedrock will run. */
export interface BatchRecord {
  readonly recordId?: string;
  readonly modelInput: JsonObject;
}

/** What the records are checked against; what is unknown is not checked. */
export interface RecordTarget extends RuleSubject {
  readonly family?: Family;
  readonly invocationType?: InvocationType;
}

/** A record, or the code of the first thing wrong with the line. */
export type ParsedLine =
  | { readonly record: BatchRecord; readonly code?: undefined }
  | { readonly record?: undefined; readonly code: ProblemCode };

/** Reads one line. An absent `recordId` is fine; one that is no text or empty is `badRecordId`. */
export function parseRecord(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Said with the code: the checker describes the place (see jsonError.ts).
    return { code: 'notJson' };
  }
  if (!isObject(value)) return { code: 'notObject' };
  const modelInput = value['modelInput'];
  if (modelInput === undefined) return { code: 'missingModelInput' };
  if (!isObject(modelInput)) return { code: 'modelInputNotObject' };
  const recordId = value['recordId'];
  if (recordId === undefined) return { record: { modelInput } };
  if (typeof recordId !== 'string' || recordId === '') return { code: 'badRecordId' };
  return { record: { recordId, modelInput } };
}

/** Why Bedrock would refuse this `modelInput` in a job with this target. */
export function checkModelInput(modelInput: JsonObject, target: RecordTarget): BodyProblem[] {
  const { family, invocationType } = target;
  if (invocationType === 'Converse') {
    if (family && isEmbedding(family)) {
      return otherType(
        l10n.t(
          'This does not fit the invocation type: embeddings have no Converse form. Choose InvokeModel for this file.',
        ),
      );
    }
    if (looksNative(modelInput)) {
      return otherType(
        l10n.t(
          "This does not fit the invocation type: the record is the model's own body. Choose InvokeModel for this file.",
        ),
      );
    }
    return converse.checkBody(modelInput, target);
  }
  if (!family) return [];
  // Nova's own body is the Converse shape.
  if (family !== 'nova' && detectBody(modelInput) === 'converse') {
    return otherType(
      l10n.t(
        'This does not fit the invocation type: the record is a Converse request. Choose Converse for this file.',
      ),
    );
  }
  return bodyOf(family).checkBody(modelInput, target);
}

function otherType(message: string): BodyProblem[] {
  return [{ code: 'wrongInvocationType', message }];
}
