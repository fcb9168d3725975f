import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A text file of the repository. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

/** A JSON file of the repository. */
export function readJson(path: string): unknown {
  return JSON.parse(readText(path));
}

/** Paths of all files below a folder whose name ends so, with `/` between parts, sorted. */
export function filesBelow(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative('.', join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => endings.length === 0 || endings.some((ending) => path.endsWith(ending)))
    .sort();
}

interface Contribution {
  readonly command?: string;
  readonly when?: string;
}

interface Setting {
  readonly default: unknown;
  readonly scope?: string;
  readonly markdownDescription?: string;
}

/** The parts of package.json that checks look at. */
export interface Manifest {
  readonly version: string;
  readonly icon: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly {
      command: string;
      title: string;
      category: string;
      icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly Contribution[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when?: string }[];
    readonly views: Readonly<Record<string, readonly { id: string; icon?: string }[]>>;
    readonly viewsContainers: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    /** In groups, as the settings editor shows them. */
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: Readonly<Record<string, string>> }[];
    }[];
  };
}

export const manifest = () => readJson('package.json') as Manifest;
export const messages = () => readJson('package.nls.json') as Record<string, string>;

/** The settings of all groups of a manifest. */
export function settingsOf({ contributes }: Manifest): Readonly<Record<string, Setting>> {
  return Object.assign(
    {},
    ...contributes.configuration.map(({ properties }) => properties),
  ) as Readonly<Record<string, Setting>>;
}
