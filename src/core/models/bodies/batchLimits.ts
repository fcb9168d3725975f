import * as l10n from '@vscode/l10n';
import type { RuleSubject } from '../rules/rule.js';
import { has } from './findFaults.js';
import { arrayOf, at, isObject } from './json.js';
import type { BodyDescription, BodyProblem, JsonObject } from './types.js';

/** What a batch job does not take although the model does, and the members that were named. */
interface BatchProblems {
  readonly problems: BodyProblem[];
  readonly names: ReadonlySet<string>;
}

/**
 * What a batch job cannot do: choose a model a record, stream, use tools with Converse, cache, and read
 * media beside a single file.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference.html and batch-inference-data.html
 * (2026-11)
 */
export function batchProblems(
  body: JsonObject,
  { refuser }: BodyDescription,
  { disabledRules = [] }: RuleSubject,
): BatchProblems {
  const problems: BodyProblem[] = [];
  const names = new Set<string>();
  if (has(body, 'modelId')) {
    names.add('modelId');
    const text = l10n.t(
      'modelInput has "modelId", but the model is chosen for the whole job. Remove "modelId" from the record.',
    );
    problems.push({ code: 'modelIdInInput', message: text });
  }
  if (body['stream'] === true) {
    names.add('stream');
    problems.push(
      unsupported(
        l10n.t('modelInput asks for streaming, which a batch job cannot do. Remove "stream".'),
      ),
    );
  }
  if (refuser === 'converse') {
    if (has(body, 'toolConfig')) names.add('toolConfig');
    problems.push(...ofConverse(body));
  }
  if (refuser !== 'anthropic' && linksMedia(body) && !disabledRules.includes('linked-media')) {
    const message = l10n.t(
      'The record names media in S3. Bedrock reads them only from the folder of the input, and here each job has a single file: put the media into the record as base64 "bytes".',
    );
    problems.push({ code: 'doubtfulBody', message, rule: 'linked-media' });
  }
  return { problems, names };
}

function ofConverse(body: JsonObject): BodyProblem[] {
  const problems: BodyProblem[] = [];
  if (has(body, 'toolConfig')) {
    problems.push(
      unsupported(
        l10n.t(
          'Tools are not supported in Converse batch jobs. Remove "toolConfig", or write the model\'s own body and choose InvokeModel.',
        ),
      ),
    );
  }
  if (blocksOf(body).some((block) => isObject(block) && has(block, 'cachePoint'))) {
    problems.push(
      unsupported(
        l10n.t('Prompt caching is not supported in batch jobs. Remove the "cachePoint" blocks.'),
      ),
    );
  }
  return problems;
}

function unsupported(message: string): BodyProblem {
  return { code: 'unsupportedInBatch', message };
}

function blocksOf(body: JsonObject): unknown[] {
  return [
    ...arrayOf(body['system']),
    ...arrayOf(body['messages']).flatMap((message) => arrayOf(at(message, 'content'))),
  ];
}

const media = ['image', 'document', 'video', 'audio'];

/** True for a body with media that lie in S3. */
export function linksMedia(body: JsonObject): boolean {
  return blocksOf(body).some((block) =>
    media.some((kind) => isObject(at(block, kind, 'source', 's3Location'))),
  );
}
