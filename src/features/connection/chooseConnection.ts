import * as vscode from 'vscode';
import type { Connection, Profile, ProfileKind } from '../../core/connection.js';
import { pick, separator, type Choice } from '../../platform/quickInput.js';
import type { ConnectionChoice } from './resolveConnection.js';

/** Regions with Bedrock that most people use; any other may be typed. */
const commonRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'sa-east-1',
  'us-gov-west-1',
];

/** Asks which connection to use; the sandbox is always on offer. */
export async function chooseConnection(
  profiles: readonly Profile[],
  current: Connection | undefined,
): Promise<ConnectionChoice> {
  const sandbox: Choice<ConnectionChoice> = {
    label: vscode.l10n.t('$(beaker) Sandbox'),
    description: vscode.l10n.t('no AWS account needed, nothing is billed'),
    value: { sandbox: true },
  };
  const chosen = await pick<ConnectionChoice>({
    title: vscode.l10n.t('Choose a Connection'),
    placeholder: vscode.l10n.t('A profile of your AWS config files, or the local sandbox'),
    isCurrent: (choice) => isChosen(choice, current),
    items: [
      sandbox,
      separator(vscode.l10n.t('Profiles')),
      ...profiles.map(profileItem),
      separator(vscode.l10n.t('Other')),
      {
        label: vscode.l10n.t('$(terminal) Environment'),
        description: vscode.l10n.t('environment variables, container or instance role'),
        value: {},
      },
      {
        label: vscode.l10n.t('$(key) Bedrock API Key'),
        description: vscode.l10n.t('Bedrock calls only: S3 and batch jobs need a profile'),
        value: { apiKey: true },
      },
    ],
  });
  if (chosen.sandbox) return chosen;
  const profile = profiles.find((candidate) => candidate.name === chosen.profile);
  if (profile?.region) return chosen;
  return { ...chosen, region: await chooseRegion(current?.region) };
}

/** Asks for a Region; a typed one is taken as it is. */
export function chooseRegion(current: string | undefined): Promise<string> {
  return pick<string>({
    title: vscode.l10n.t('Choose a Region'),
    placeholder: vscode.l10n.t('Type any Region, for example us-west-2'),
    isCurrent: (region) => region === current,
    items: commonRegions.map((region) => ({ label: region, value: region })),
    free: (typed) =>
      /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(typed.trim())
        ? { label: typed.trim(), value: typed.trim() }
        : undefined,
  });
}

function profileItem(profile: Profile): Choice<ConnectionChoice> {
  const facts = [kindLabel(profile.kind), profile.region ?? vscode.l10n.t('no Region')];
  if (Object.keys(profile.endpoints).length > 0) facts.push(vscode.l10n.t('own endpoint'));
  return {
    label: `$(account) ${profile.name}`,
    description: facts.join(' · '),
    ...(profile.detail ? { detail: profile.detail } : {}),
    value: { profile: profile.name },
  };
}

function kindLabel(kind: ProfileKind): string {
  switch (kind) {
    case 'keys':
      return vscode.l10n.t('access keys');
    case 'session':
      return vscode.l10n.t('temporary keys');
    case 'sso':
      return vscode.l10n.t('IAM Identity Center');
    case 'role':
      return vscode.l10n.t('role');
    case 'mfa':
      return vscode.l10n.t('role with MFA');
    case 'process':
      return vscode.l10n.t('credential process');
    case 'webIdentity':
      return vscode.l10n.t('web identity');
    case 'login':
      return vscode.l10n.t('console sign-in');
    case 'empty':
      return vscode.l10n.t('no credentials');
  }
}

function isChosen(choice: ConnectionChoice, current: Connection | undefined): boolean {
  switch (current?.kind) {
    case undefined:
      return false;
    case 'profile':
      return choice.profile === current.profile;
    case 'sandbox':
      return choice.sandbox === true;
    case 'apiKey':
      return choice.apiKey === true;
    case 'default':
      return Object.keys(choice).length === 0;
  }
}
