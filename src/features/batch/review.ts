import * as vscode from 'vscode';
import {
  checkRequest,
  judge,
  type RequestProblems,
  type Verdict,
} from '../../core/batch/createRun.js';
import type { RunRequest } from '../../core/batch/run.js';
import { stepOf } from '../../core/batch/steps.js';
import type { DatasetCheck } from '../../core/batch/types.js';
import type { CostEstimate } from '../../core/batch/estimateCost.js';
import { formatBytes, formatCount, formatDay, formatMoney, wrapWords } from '../../core/format.js';
import { cancelled, separator } from '../../platform/quickInput.js';

/** What the person decided in the review. */
export type ReviewDecision =
  | { readonly kind: 'submit' }
  | { readonly kind: 'showProblems' }
  | { readonly kind: 'showPrices' }
  /** Opens the record on that line, or the first one, in the playground. */
  | { readonly kind: 'tryRecord'; readonly line: number }
  | { readonly kind: 'edit'; readonly field: keyof RunRequest };

export interface ReviewState {
  /** The model as people know it. */
  readonly modelName: string;
  readonly datasetName: string;
  readonly check: DatasetCheck;
  readonly request: RunRequest;
  /** Where the bill goes; false for the sandbox. */
  readonly isBilled: boolean;
  /** What it may cost; absent where that cannot be told. */
  readonly cost?: CostEstimate;
}

interface ReviewItem extends vscode.QuickPickItem {
  readonly decision?: ReviewDecision;
}

/**
 * One quick pick that lists every setting with its value. Enter on the first item submits; any other
 * item edits its setting. Rejects with `cancelled` where the person leaves.
 */
export function review(state: ReviewState): Promise<ReviewDecision> {
  return new Promise((resolve, reject) => {
    const box = vscode.window.createQuickPick<ReviewItem>();
    box.title = vscode.l10n.t('Submit {0} as a Batch Job', state.datasetName);
    box.ignoreFocusOut = true;
    box.items = reviewItems(state);
    // What is missing next, or Submit once all is there: never a line that was edited just now.
    const [first] = box.items;
    if (first) {
      box.activeItems = [first];
      box.placeholder = enterText(first.decision);
    }
    box.onDidAccept(() => {
      const decision = box.selectedItems[0]?.decision;
      if (!decision) return;
      resolve(decision);
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      reject(cancelled());
    });
    box.show();
  });
}

/** What Enter does on the first line. */
function enterText(decision: ReviewDecision | undefined): string {
  switch (decision?.kind) {
    case 'submit':
      return vscode.l10n.t('Enter submits; choose a setting to change it');
    case 'edit':
      return vscode.l10n.t('Enter sets what is missing; choose any other setting to change it');
    default:
      return vscode.l10n.t('Enter shows what is wrong; choose a setting to change it');
  }
}

/** The lines of the review: the submit line, what the check found, then every setting. */
export function reviewItems(state: ReviewState): ReviewItem[] {
  const verdict = judge(state.check);
  const problems = checkRequest(state.request);
  return [
    ...firstItems(state, verdict, problems),
    ...problemItems(state.check, verdict),
    ...(state.isBilled && !verdict.blocking ? [costItem(state.cost)] : []),
    ...stepItems(state.check),
    separator(vscode.l10n.t('Settings')),
    ...settingItems(state, problems),
  ];
}

/** Characters of a detail that a quick pick shows. */
const detailLength = 82;

/** An item that says something; what does not fit goes on in lines of its own, which do the same. */
function saying(item: Omit<ReviewItem, 'detail'>, text: string): ReviewItem[] {
  const [detail = '', ...more] = wrapWords(text, detailLength);
  const { decision } = item;
  return [
    { ...item, detail },
    ...more.map((line) => ({ label: `$(blank) ${line}`, ...(decision && { decision }) })),
  ];
}

function firstItems(state: ReviewState, verdict: Verdict, problems: RequestProblems): ReviewItem[] {
  const { check } = state;
  if (verdict.blocking) {
    const { line, message } = verdict.blocking;
    return saying(
      {
        label: vscode.l10n.t('$(error) Cannot be submitted yet'),
        decision: { kind: 'showProblems' },
      },
      atLine(line, message),
    );
  }
  const missing = Object.entries(problems)[0];
  if (missing) {
    const [field, message] = missing as [keyof RunRequest, string];
    return saying(
      {
        label: vscode.l10n.t('$(edit) {0} first', settingName(field)),
        decision: { kind: 'edit', field },
      },
      message,
    );
  }
  const facts = [
    check.shards.length === 1
      ? vscode.l10n.t('1 job')
      : vscode.l10n.t('{0} jobs', check.shards.length),
    formatBytes(check.bytes),
    state.isBilled
      ? vscode.l10n.t('AWS bills the tokens at batch prices')
      : vscode.l10n.t('sandbox: nothing is billed'),
  ];
  return saying(
    {
      label: vscode.l10n.t('$(cloud-upload) Submit {0} records', formatCount(check.records)),
      decision: { kind: 'submit' },
    },
    facts.join(' · '),
  );
}

function problemItems(check: DatasetCheck, verdict: Verdict): ReviewItem[] {
  if (check.problemCount === 0 || verdict.blocking) return [];
  const first = check.problems.find((found) => found.severity === 'error') ?? check.problems[0];
  const label =
    verdict.failingRecords > 0
      ? failingText(verdict.failingRecords)
      : notesText(check.problemCount);
  const text = first ? atLine(first.line, first.message) : '';
  return saying({ label, decision: { kind: 'showProblems' } }, text);
}

function notesText(count: number): string {
  return count === 1
    ? vscode.l10n.t('$(info) 1 note on the file')
    : vscode.l10n.t('$(info) {0} notes on the file', formatCount(count));
}

/** A guess that says how far it goes; choosing it leads to the prices. */
function costItem(cost: CostEstimate | undefined): ReviewItem {
  const decision = { kind: 'showPrices' } as const;
  if (!cost) {
    return {
      label: vscode.l10n.t('$(credit-card) Cost unknown'),
      detail: vscode.l10n.t(
        'No price of this model is known here. Enter yours in the settings to see an estimate.',
      ),
      decision,
    };
  }
  const { from, to, inputTokens, answerLimit, date } = cost;
  const facts = [
    vscode.l10n.t('about {0} tokens in', formatCount(roughly(inputTokens))),
    ...(answerLimit === undefined
      ? []
      : [vscode.l10n.t('up to {0} out a record', formatCount(answerLimit))]),
    ...(to === undefined ? [vscode.l10n.t('answers without a limit')] : []),
    date === ''
      ? vscode.l10n.t('half of your own price')
      : vscode.l10n.t('half of us-east-1’s price of {0}', formatDay(date)),
  ];
  return {
    label:
      to === undefined
        ? vscode.l10n.t('$(credit-card) At least {0}', formatMoney(roughly(from)))
        : vscode.l10n.t(
            '$(credit-card) About {0} to {1}',
            formatMoney(roughly(from)),
            formatMoney(roughly(to)),
          ),
    detail: facts.join(' · '),
    decision,
  };
}

/** A guess has two digits at most. */
const roughly = (count: number) => Number(count.toPrecision(2));

/** What a finding says to do in another place; all other steps are settings of this list. */
function stepItems({ problems }: DatasetCheck): ReviewItem[] {
  const found = problems.find(({ code }) => stepOf(code) === 'playground');
  if (!found) return [];
  return [
    {
      label: vscode.l10n.t('$(comment-discussion) Open Record in Playground'),
      decision: { kind: 'tryRecord', line: found.line },
    },
  ];
}

function failingText(count: number): string {
  return count === 1
    ? vscode.l10n.t('$(warning) 1 record will come back as an error')
    : vscode.l10n.t('$(warning) {0} records will come back as errors', formatCount(count));
}

/** A finding with its line, where it has one. */
export function atLine(line: number, message: string): string {
  return line > 0 ? vscode.l10n.t('Line {0}: {1}', formatCount(line), message) : message;
}

const settingFields: readonly (keyof RunRequest)[] = [
  'modelId',
  'invocationType',
  'jobName',
  'inputS3Uri',
  'outputS3Uri',
  'roleArn',
  'timeoutHours',
  'tags',
  'kmsKeyId',
];

function settingItems(
  { request, modelName }: ReviewState,
  problems: RequestProblems,
): ReviewItem[] {
  return settingFields.map((field) => {
    const problem = problems[field];
    return {
      label: settingName(field),
      description:
        field === 'modelId' && modelName !== '' ? modelName : settingValue(request, field),
      ...(problem ? { detail: `$(warning) ${problem}` } : {}),
      decision: { kind: 'edit', field },
    };
  });
}

function settingName(field: keyof RunRequest): string {
  switch (field) {
    case 'modelId':
      return vscode.l10n.t('Model');
    case 'invocationType':
      return vscode.l10n.t('Invocation type');
    case 'jobName':
      return vscode.l10n.t('Job name');
    case 'inputS3Uri':
      return vscode.l10n.t('Input location');
    case 'outputS3Uri':
      return vscode.l10n.t('Output location');
    case 'roleArn':
      return vscode.l10n.t('Service role');
    case 'timeoutHours':
      return vscode.l10n.t('Timeout');
    case 'tags':
      return vscode.l10n.t('Tags');
    case 'kmsKeyId':
      return vscode.l10n.t('Encryption key');
  }
}

function settingValue(request: RunRequest, field: keyof RunRequest): string {
  switch (field) {
    case 'timeoutHours':
      return vscode.l10n.t('{0} hours', request.timeoutHours ?? 24);
    case 'tags': {
      const pairs = Object.entries(request.tags ?? {}).map(([key, value]) => `${key}=${value}`);
      return pairs.length === 0 ? vscode.l10n.t('none') : pairs.join(', ');
    }
    case 'kmsKeyId':
      return request.kmsKeyId ?? vscode.l10n.t('AWS managed');
    default:
      return request[field] === '' ? vscode.l10n.t('not set') : request[field];
  }
}
