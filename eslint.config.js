import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { direction } from './eslint.layers.js';

/**
 * Packages each layer may not import; type-only imports of `vscode` are refused below the edge as well.
 * Who may import whom of us is in `eslint.layers.js`.
 */
const vscode = {
  group: ['vscode'],
  message: 'Only platform/, resources/ and features/ may import vscode.',
};
const awsSdk = {
  group: ['@aws-sdk/*', '@smithy/*'],
  message: 'Only aws/ may import the AWS SDK.',
};
const node = { group: ['node:*'], message: 'This layer must run without Node.' };
const csvParse = { group: ['csv-parse', 'csv-parse/*'], message: 'Only io/ may import csv-parse.' };

const packages = {
  core: [vscode, awsSdk, node, csvParse],
  node: [vscode, awsSdk, csvParse],
  rpc: [vscode, awsSdk, node, csvParse],
  aws: [vscode, csvParse],
  io: [vscode, awsSdk],
  sandbox: [
    vscode,
    {
      group: ['@aws-sdk/*', '@smithy/*', '!@smithy/eventstream-codec', '!@aws-sdk/client-bedrock*'],
      message: 'The sandbox speaks the wire itself; only the event stream codec is shared.',
    },
    {
      group: ['@aws-sdk/client-bedrock*'],
      allowTypeImports: true,
      message: 'Only the types of a client: loading one costs the sandbox a quarter of a second.',
    },
    csvParse,
  ],
  platform: [awsSdk, csvParse],
  resources: [awsSdk, csvParse],
  features: [awsSdk, csvParse],
  webviews: [vscode, awsSdk, node, csvParse],
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
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { layers: { rules: { direction } } },
    rules: { 'layers/direction': 'error' },
  },
  ...Object.entries(packages).map(([folder, patterns]) => ({
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: restrict(patterns),
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
