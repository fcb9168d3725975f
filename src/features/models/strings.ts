import { l10n } from 'vscode';

/** The details page's texts in the editor's language. */
export function detailsStrings() {
  return {
    loading: l10n.t('Loading…'),
    missingTitle: l10n.t('This model cannot be shown'),
    failedTitle: l10n.t('The details cannot be shown'),
    actions: l10n.t('Actions'),
    copy: l10n.t('Copy {0}'),
    access: l10n.t('Access'),
    checkingAccess: l10n.t('Asking AWS whether this account may use the model…'),
    profiles: l10n.t('Inference profiles'),
    noProfiles: l10n.t('No inference profile leads to this model here.'),
    profileId: l10n.t('Profile'),
    profileType: l10n.t('Kind'),
    profileRegions: l10n.t('Sends requests to'),
    usedHere: l10n.t('used here'),
  };
}

export type DetailsStrings = ReturnType<typeof detailsStrings>;
