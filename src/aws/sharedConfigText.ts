/** Both shared files as the SDK's reader takes them. */
export interface SharedTexts {
  readonly config: string;
  readonly credentials: string;
}

const header = /^\s*\[(.*)\]\s*(?:[#;].*)?$/;

/**
 * The shared files in the form the SDK reads. Its reader knows names of letters, digits and a few signs
 * only; the AWS CLI writes and reads any name, in quotes where it has a space:
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html. Written with a dot between
 * kind and name (`[profile.my team]`), the SDK takes every name as it is.
 */
export function forSdk(config: string, credentials: string): SharedTexts {
  const configLines = linesOf(config).map((line) => {
    const section = header.exec(line)?.[1];
    return section === undefined ? line : `[${configSection(section.trim())}]`;
  });
  const moved: string[] = [];
  const kept: string[] = [];
  let isMoved = false;
  for (const line of linesOf(credentials)) {
    const name = header.exec(line)?.[1]?.trim();
    if (name !== undefined) isMoved = /\s/.test(name) && !isUnsafe(name);
    // In the credentials file a name is never quoted, and the SDK takes "my team" for a kind "my".
    if (name !== undefined && isUnsafe(name)) kept.push('[]');
    else (isMoved ? moved : kept).push(name !== undefined && isMoved ? `[profile.${name}]` : line);
  }
  return {
    config: [...configLines, ...moved].join('\n'),
    credentials: kept.join('\n'),
  };
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}

/** `profile 'my team'` as `profile.my team`; anything else as it is. */
function configSection(section: string): string {
  const parts = /^(profile|sso-session|services)\s+(.+)$/s.exec(section);
  if (!parts) return isUnsafe(section) ? '' : section;
  const [, kind = '', quoted = ''] = parts;
  const name = unquoted(quoted.trim());
  return isUnsafe(name) ? '' : `${kind}.${name}`;
}

/** The word a shell makes of it, since that is how the AWS CLI quotes: `'it'"'"'s'` is `it's`. */
function unquoted(text: string): string {
  return text.replaceAll(
    /'([^']*)'|"((?:[^"\\]|\\.)*)"/g,
    (_all, single?: string, double?: string) =>
      single ?? (double ?? '').replaceAll(/\\(["\\])/g, '$1'),
  );
}

/** A name that would change every object: the SDK gives up on the whole file for it. */
const isUnsafe = (name: string) => name.includes('__proto__');
