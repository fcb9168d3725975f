import assert from 'node:assert/strict';
import { Linter, type Rule } from 'eslint';
import tseslint from 'typescript-eslint';
import config from '../../eslint.config.js';
import { direction, mayImport } from '../../eslint.layers.js';

const layers = Object.keys(mayImport) as (keyof typeof mayImport)[];
const linter = new Linter();

/** What the rule says of code in a file below `src`. */
function findings(path: string, code: string): string[] {
  return linter
    .verify(
      code,
      {
        files: ['**/*.ts'],
        languageOptions: { parser: tseslint.parser },
        plugins: { layers: { rules: { direction: direction as unknown as Rule.RuleModule } } },
        rules: { 'layers/direction': 'error' },
      },
      { filename: `src/${path}` },
    )
    .map(({ message }) => message);
}

describe('the direction of imports', () => {
  for (const from of layers) {
    const allowed: readonly string[] = mayImport[from];
    for (const to of layers) {
      if (from === to) continue;
      const isAllowed = allowed.includes(to);
      it(`${from} ${isAllowed ? 'may' : 'must not'} import ${to}`, () => {
        const file = to === 'features' ? 'room/contract.js' : 'room/other.js';
        const found = findings(`${from}/room/file.ts`, `import '../../${to}/${file}';`);
        assert.equal(found.length, isAllowed ? 0 : 1, found.join('\n'));
      });
    }
  }

  it('goes one way: no layer is above another that is above it', () => {
    const reach = (from: string, seen: readonly string[] = []): void => {
      assert.ok(!seen.includes(from), [...seen, from].join(' → '));
      for (const to of mayImport[from as keyof typeof mayImport]) reach(to, [...seen, from]);
    };
    for (const layer of layers) reach(layer);
  });

  it('features never import each other', () => {
    assert.equal(findings('features/jobs/a.ts', "import '../batch/review.js';").length, 1);
    assert.equal(findings('features/jobs/a.ts', "import './jobNodes.js';").length, 0);
    assert.equal(findings('features/jobs/b/a.ts', "import '../jobNodes.js';").length, 0);
  });

  it('a page takes the contract and schemas of its feature, nothing else', () => {
    const from = (path: string) =>
      findings('webviews/jobs/a.ts', `import '../../features/${path}';`);
    assert.equal(from('jobs/contract.js').length, 0);
    assert.equal(from('jobs/document/documentSchema.js').length, 0);
    assert.equal(from('jobs/register.js').length, 1);
  });

  it('below the edge nobody imports the services or the entry', () => {
    for (const layer of ['core', 'node', 'aws', 'io', 'sandbox', 'platform', 'resources']) {
      assert.equal(findings(`${layer}/a.ts`, "import '../services.js';").length, 1, layer);
    }
    assert.equal(findings('features/jobs/a.ts', "import '../../services.js';").length, 0);
  });

  it('sees every form of an import', () => {
    const forms = [
      "import { a } from '../aws/a.js';",
      "import type { a } from '../aws/a.js';",
      "import '../aws/a.js';",
      "export { a } from '../aws/a.js';",
      "export * from '../aws/a.js';",
      "const a = import('../aws/a.js');",
      "type A = import('../aws/a.js').A;",
    ];
    for (const form of forms) assert.equal(findings('core/a.ts', form).length, 1, form);
  });

  it('the sandbox takes types of the clients, and nothing that costs time at its start', () => {
    const own = config.find(({ files }) => files?.includes('src/sandbox/**/*.{ts,tsx}'));
    const name = '@typescript-eslint/no-restricted-imports';
    const found = (code: string) =>
      linter.verify(code, {
        languageOptions: { parser: tseslint.parser },
        plugins: { '@typescript-eslint': tseslint.plugin },
        rules: { [name]: own?.rules?.[name] },
      }).length;
    for (const client of ['bedrock', 'bedrock-runtime', 'bedrock-agent', 'bedrock-agent-runtime']) {
      assert.equal(found(`import type { A } from '@aws-sdk/client-${client}';`), 0, client);
      assert.equal(found(`import type * as a from '@aws-sdk/client-${client}';`), 0, client);
      assert.equal(found(`import { a } from '@aws-sdk/client-${client}';`), 1, client);
    }
    assert.equal(found("import type { A } from '@aws-sdk/client-s3';"), 1);
    assert.equal(found("import type { A } from '@smithy/core/schema';"), 1);
  });

  it('is not fooled by folders that are called as a layer is', () => {
    assert.equal(findings('io/sandbox/a.ts', "import '../results/a.js';").length, 0);
    assert.equal(findings('io/a.ts', "import './sandbox/a.js';").length, 0);
    assert.equal(findings('core/a.ts', "import './sandbox/a.js';").length, 0);
    assert.equal(findings('io/sandbox/a.ts', "import '../../sandbox/a.js';").length, 1);
  });
});
