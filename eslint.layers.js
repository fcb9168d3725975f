import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Who may import whom below `src/` (ARCHITECTURE.md draws it): a folder and all it may know beside
 * itself. `test/checks/direction.test.ts` tries every pair.
 */
export const mayImport = {
  core: [],
  node: ['core'],
  rpc: ['core'],
  aws: ['node', 'core'],
  io: ['node', 'core'],
  sandbox: ['node', 'core'],
  platform: ['rpc', 'node', 'core'],
  resources: ['platform', 'aws', 'io', 'sandbox', 'rpc', 'node', 'core'],
  features: ['resources', 'platform', 'aws', 'io', 'sandbox', 'rpc', 'node', 'core'],
  webviews: ['features', 'rpc', 'core'],
};

/** What a page may take of its feature: the contract between them and the schemas it is made of. */
const shared = /\/(contract|\w+Schema)\.js$/;

const wrongLayer =
  'Imports go features → resources → platform and features | resources → aws | io | sandbox | rpc → node → core, never the other way.';

/** Refuses an import, of any form, that goes against the direction. */
export const direction = {
  meta: { type: 'problem', schema: [], messages: { wrong: '{{why}}' } },
  create(context) {
    const root = resolve(import.meta.dirname, 'src');
    const own = relative(root, context.filename).split(sep);
    const check = (source) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      const target = relative(root, resolve(dirname(context.filename), source.value)).split(sep);
      const why = whyNot(own, target);
      if (why) context.report({ node: source, messageId: 'wrong', data: { why } });
    };
    const checkSource = (node) => {
      check(node.source);
    };
    return {
      ImportDeclaration: checkSource,
      ImportExpression: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      TSImportType: checkSource,
    };
  },
};

/** Why a file must not import another, both as parts of their paths below `src`. */
function whyNot([from, room], [to, otherRoom, ...rest]) {
  const allowed = mayImport[from];
  // The entry and the services know everybody; everybody below the edge is given what it needs.
  if (!allowed) return undefined;
  if (from === to) {
    return from === 'features' && room !== otherRoom
      ? 'Features never import each other: share through core/, resources/ or a command.'
      : undefined;
  }
  if (!(to in mayImport)) return from === 'features' ? undefined : wrongLayer;
  if (!allowed.includes(to)) return wrongLayer;
  const isPage = from === 'webviews' && to === 'features';
  return isPage && !shared.test(['', otherRoom, ...rest].join('/'))
    ? 'A page and its feature meet in the contract and its schemas only.'
    : undefined;
}
