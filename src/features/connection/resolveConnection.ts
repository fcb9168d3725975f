import * as l10n from '@vscode/l10n';
import type * as z from 'zod/mini';
import type { Connection, Endpoints, Profile } from '../../core/connection.js';
import { AppError } from '../../core/errors.js';
import type { connectionChoice } from '../../platform/commandTable.js';

/** What the person chose, as it is remembered; the connection is worked out anew from it. */
export type ConnectionChoice = z.infer<typeof connectionChoice>;

/** Where a connection's parts come from. */
export interface ConnectionSources {
  readonly profiles: readonly Profile[];
  readonly environment: { readonly region?: string; readonly endpoints: Endpoints };
  readonly settings: {
    readonly region: string;
    readonly endpoint: string;
    readonly endpoints: Readonly<Record<string, string>>;
  };
}

/** The Region of the sandbox: its catalogue is that of us-east-1. */
export const sandboxRegion = 'us-east-1';

/**
 * The connection of a choice. Region: choice, then the profile's, then the setting, then AWS_REGION.
 * Endpoints: choice, then settings, then environment, then profile, as the SDK orders them. Rejects
 * an unknown profile, a missing Region and an endpoint that is no URL.
 */
export function resolveConnection(
  choice: ConnectionChoice,
  sources: ConnectionSources,
): Connection {
  if (choice.sandbox) return { kind: 'sandbox', region: sandboxRegion, endpoints: {} };
  const profile = choice.profile === undefined ? undefined : find(choice.profile, sources);
  const region = nonEmpty(
    choice.region,
    profile?.region,
    sources.settings.region,
    sources.environment.region,
  );
  if (region === undefined) {
    throw new AppError(
      'credentials',
      profile
        ? l10n.t('Profile "{0}" has no Region. Choose one for this connection.', profile.name)
        : l10n.t('No AWS Region is set. Choose one for this connection.'),
      { action: 'pickConnection' },
    );
  }
  const endpoints = resolveEndpoints(choice, sources, profile);
  if (profile) return { kind: 'profile', profile: profile.name, region, endpoints };
  return { kind: choice.apiKey ? 'apiKey' : 'default', region, endpoints };
}

function find(name: string, sources: ConnectionSources): Profile {
  const profile = sources.profiles.find((candidate) => candidate.name === name);
  if (profile) return profile;
  throw new AppError(
    'credentials',
    l10n.t(
      'Profile "{0}" is not in the AWS config or credentials file. Choose another connection, or add the profile.',
      name,
    ),
    { action: 'pickConnection' },
  );
}

function resolveEndpoints(
  choice: ConnectionChoice,
  sources: ConnectionSources,
  profile: Profile | undefined,
): Endpoints {
  const { settings, environment } = sources;
  let endpoints: Endpoints = {};
  // Weakest first; a general override of a stronger source beats a service's own of a weaker one.
  const layers: Endpoints[] = [
    profile?.endpoints ?? {},
    environment.endpoints,
    { ...(settings.endpoint ? { all: settings.endpoint } : {}), ...settings.endpoints },
    choice.endpoint ? { all: choice.endpoint } : {},
  ];
  for (const layer of layers) endpoints = layer.all ? layer : { ...endpoints, ...layer };
  for (const [service, url] of Object.entries(endpoints)) checkUrl(service, url);
  return endpoints;
}

function checkUrl(service: string, url: string): void {
  if (/^https?:\/\/[^/\s]+/.test(url) && URL.canParse(url)) return;
  throw new AppError(
    'invalidInput',
    l10n.t(
      'The endpoint "{0}" ({1}) is not a URL. It must begin with http:// or https://.',
      url,
      service,
    ),
  );
}

function nonEmpty(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value.trim() !== '')?.trim();
}
