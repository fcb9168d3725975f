import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Who may import what (ARCHITECTURE.md has the table). One entry a folder: the patterns a file below
 * that folder must not import. Type-only imports of `vscode` are refused below the edge as well.
 */
const vscode = { group: ['vscode'], message: 'Only platform/ and features/ may import vscode.' };
const awsSdk = {
  group: ['@aws-sdk/*', '@smithy/*'],
  message: 'Only aws/ may import the AWS SDK.',
};
const node = { group: ['node:*'], message: 'This layer must run without Node.' };
const up = (...folders) => ({
  group: folders.flatMap((folder) => [`**/${folder}/**`]),
  message: 'Imports go features → platform | aws | io | sandbox | rpc → core, never the other way.',
});
const csvParse = { group: ['csv-parse', 'csv-parse/*'], message: 'Only io/ may import csv-parse.' };

const everyLayer = ['aws', 'io', 'sandbox', 'rpc', 'platform', 'features', 'webviews'];
const except = (...kept) => everyLayer.filter((folder) => !kept.includes(folder));

const layers = {
  core: [vscode, awsSdk, node, csvParse, up(...everyLayer)],
  rpc: [vscode, awsSdk, node, csvParse, up(...except('rpc'))],
  aws: [vscode, csvParse, up(...except('aws'))],
  io: [vscode, awsSdk, up(...except('io'))],
  sandbox: [
    vscode,
    {
      group: ['@aws-sdk/*', '@smithy/*', '!@smithy/eventstream-codec'],
      message: 'The sandbox speaks the wire itself; only the event stream codec is shared.',
    },
    csvParse,
    up(...except('sandbox')),
  ],
  platform: [awsSdk, csvParse, up('aws', 'io', 'sandbox', 'features', 'webviews')],
  features: [awsSdk, csvParse, up('webviews')],
  webviews: [vscode, awsSdk, node, csvParse, up('aws', 'io', 'sandbox', 'platform')],
};

const restrict = (patterns) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      paths: [{ name: 'zod', message: "Import * as z from 'zod/mini'." }],
      patterns,
    },
  ],
});

const featureFolders = [
  'batch',
  'chat',
  'connection',
  'jobs',
  'models',
  'playground',
  'results',
  'sandbox',
];

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'demo-out', 'test-out', '.vscode-test', 'node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // Its opposite, no-non-null-assertion, is on: `items[index] as T` says why the type is narrowed.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "ImportDeclaration[source.value='@vscode/l10n'] > ImportSpecifier[imported.name='t']",
          message: "Import * as l10n: `npm run l10n` finds the strings of `l10n.t('…')` only.",
        },
      ],
      ...restrict([]),
    },
  },
  ...Object.entries(layers).map(([folder, patterns]) => ({
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: restrict(patterns),
  })),
  ...featureFolders.map((feature) => ({
    files: [`src/features/${feature}/**/*.ts`],
    rules: restrict([
      ...layers.features,
      {
        group: featureFolders
          .filter((other) => other !== feature)
          .flatMap((other) => [`../${other}/**`, `../../features/${other}/**`]),
        message: 'Features never import each other: share through core/ or a service.',
      },
    ]),
  })),
  { files: ['src/sandbox/main.ts', 'test/**/*.{ts,mjs}', '*.mjs'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs}'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    // Mocha's describe/it take callbacks that may be async; chai-like expressions are not used.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
