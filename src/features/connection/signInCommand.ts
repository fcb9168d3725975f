import * as l10n from '@vscode/l10n';
import type { Connection, Profile } from '../../core/connection.js';
import { AppError } from '../../core/errors.js';

/**
 * The arguments of the AWS CLI that sign in for a connection, by
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-authentication-user.html. For a role it is its
 * source profile that one signs in with.
 * @throws AppError `credentials` where there is nothing to sign in to.
 */
export function signInArguments(
  connection: Connection | undefined,
  profiles: readonly Profile[],
): string[] {
  if (connection?.kind !== 'profile') {
    throw new AppError(
      'credentials',
      l10n.t('This connection has no sign-in. Renew its keys, or choose another connection.'),
      { action: 'pickConnection' },
    );
  }
  const found = profiles.find((profile) => profile.name === connection.profile);
  if (!found?.signIn) {
    throw new AppError(
      'credentials',
      l10n.t(
        'Profile "{0}" has no sign-in. Renew its keys where they come from, or choose another connection.',
        connection.profile,
      ),
      { action: 'pickConnection' },
    );
  }
  const { command, profile } = found.signIn;
  return [...command.split(' '), '--profile', profile];
}
