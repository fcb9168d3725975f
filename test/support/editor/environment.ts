import { join } from 'node:path';

/** Variables that would let a test see the account or the editor of the person who runs it. */
const personal = /^(AWS_|VSCODE_|ELECTRON_|CODE_SERVER_|BEDROCK_)/;

/** Names of the variables that an editor under test must not inherit. */
export function personalVariables(): string[] {
  return Object.keys(process.env).filter((name) => personal.test(name));
}

/** AWS files in a home that has none, and no question to an instance's metadata service. */
export function awsVariables(home: string): Record<string, string> {
  return {
    AWS_CONFIG_FILE: join(home, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** The environment of an editor under test: a home of its own and nothing of the person's. */
export function isolatedEnvironment(
  home: string,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !personal.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    // Where VS Code puts its sockets on Linux; without it they pile up in the temporary folder.
    XDG_RUNTIME_DIR: home,
    XDG_DATA_HOME: join(home, '.local', 'share'),
    ...awsVariables(home),
    ...more,
  };
}
