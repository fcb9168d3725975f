import { l10n } from 'vscode';

/** The page's texts in the editor's language. */
export function resultsStrings() {
  return {
    results: l10n.t('Results'),
    model: l10n.t('Model'),
    total: l10n.t('Records'),
    success: l10n.t('Success'),
    errors: l10n.t('Errors'),
    missing: l10n.t('Missing'),
    extra: l10n.t('Not in the input'),
    inputTokens: l10n.t('Input tokens'),
    outputTokens: l10n.t('Output tokens'),
    unknown: l10n.t('Unknown'),
    filter: l10n.t('Show'),
    all: l10n.t('All'),
    needAttention: l10n.t('Errors and missing'),
    errorsFirst: l10n.t('Errors first'),
    line: l10n.t('Line'),
    recordId: l10n.t('Record'),
    status: l10n.t('Status'),
    answer: l10n.t('Answer'),
    tokensIn: l10n.t('Tokens in'),
    tokensOut: l10n.t('Tokens out'),
    stopReason: l10n.t('Stop reason'),
    statusSuccess: l10n.t('Success'),
    statusError: l10n.t('Error'),
    statusMissing: l10n.t('Missing'),
    statusExtra: l10n.t('Extra'),
    loading: l10n.t('Loading…'),
    indexing: l10n.t('Reading results…'),
    indexed: l10n.t('Reading results: {0}. Rows so far are in the order of the output files.'),
    rowsShown: l10n.t('{0} rows'),
    emptyTitle: l10n.t('No results'),
    emptyText: l10n.t('The output files have no records.'),
    noErrorsTitle: l10n.t('No errors'),
    noErrorsText: l10n.t('Every record has an answer.'),
    failedTitle: l10n.t('The results cannot be shown'),
    detail: l10n.t('Record details'),
    resize: l10n.t('Resize record details'),
    prompt: l10n.t('Prompt'),
    rawJson: l10n.t('Raw JSON'),
    rawCut: l10n.t('The rest is left out here. Open the record to see all of it.'),
    copyAnswer: l10n.t('Copy Answer'),
    openRecord: l10n.t('Open Record'),
    openInput: l10n.t('Open Input'),
    noAnswer: l10n.t('There is no answer for this record.'),
  };
}

/** `{0}` is replaced. */
export type ResultsStrings = ReturnType<typeof resultsStrings>;
