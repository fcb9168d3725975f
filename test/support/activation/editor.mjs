// As much of `vscode` as it takes to activate the extension outside an editor: everything is there and
// does nothing. What the extension itself does is what is looked at.
const settings = JSON.parse(process.env['TEST_SETTINGS'] ?? '{}');

function nothing() {
  return undefined;
}

/** Can be called, constructed, awaited and asked for any member. */
const anything = new Proxy(nothing, {
  get: (_target, name) => {
    if (name === 'then') return undefined;
    return name === Symbol.toPrimitive ? () => '' : anything;
  },
  set: () => true,
  apply: () => anything,
  construct: () => anything,
});

/** Some members as they are, and anything else. */
const some = (members) =>
  new Proxy(members, { get: (target, name) => (name in target ? target[name] : anything) });

const uri = (path) => ({
  path,
  fsPath: path,
  scheme: 'file',
  with: () => uri(path),
  toString: () => path,
});

export const Uri = some({
  file: uri,
  parse: uri,
  joinPath: (base, ...parts) => uri([base.path, ...parts].join('/')),
});
export const l10n = { t: (text) => String(text), bundle: undefined };
export const env = some({ language: 'en' });
export const workspace = some({
  workspaceFolders: undefined,
  getConfiguration: () => ({ get: (key) => settings[key] }),
});
export const lm = anything;
export const commands = anything;
export const languages = anything;
export const window = anything;
export const extensions = anything;
export const EventEmitter = anything;
export const MarkdownString = anything;
export const RelativePattern = anything;
export const ThemeColor = anything;
export const ThemeIcon = anything;
export const TreeItem = anything;
export const CodeActionKind = { QuickFix: 'quickfix' };
export const StatusBarAlignment = { Left: 1, Right: 2 };

/** A memento with nothing in it. */
const memento = {
  get: (_key, fallback) => fallback,
  update: async () => undefined,
  keys: () => [],
};

export const context = (root, storage) =>
  some({
    subscriptions: [],
    extensionUri: uri(root),
    globalStorageUri: uri(storage),
    storageUri: uri(`${storage}/workspace`),
    globalState: memento,
    workspaceState: memento,
    secrets: { get: async () => undefined },
    extension: { packageJSON: { version: '0.0.0' } },
  });
