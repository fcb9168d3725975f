import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConverseRequest } from '../../../../src/core/converse/buildRequest.js';
import { codeLanguages, generateCode } from '../../../../src/core/code/generateCode.js';
import { goString, javaString, shellWord, stringLiteral } from '../../../../src/core/code/text.js';
import type { CodeCall } from '../../../../src/core/code/requests.js';
import { aConversation, assistantTurn, text, userTurn } from '../converse/support.js';

/** Everything that ends a string, begins an escape or is expanded somewhere. */
export const nasty =
  'a"b\'c`d$e${f}$(g)\\h\\u0041\n\r\t\b\f\v{{j}}%s#{k}é😀\u2028\u2029\ufeff\u0000\u007f</script>*/ JSON\nJSON\n';

const full = aConversation({
  system: nasty,
  turns: [
    userTurn(
      'u',
      text(nasty),
      { type: 'image', format: 'png', base64: 'iVBORw0KGgo=' },
      { type: 'document', format: 'txt', name: 'Note', base64: 'aGk=' },
    ),
    assistantTurn('a', {
      type: 'toolUse',
      toolUseId: 't1',
      name: 'w',
      input: { [nasty]: [1, null] },
    }),
    userTurn('v', { type: 'toolResult', toolUseId: 't1', content: [{ type: 'text', text: 'ok' }] }),
  ],
  settings: {
    parameters: { maxTokens: 5, temperature: 1, topP: 0.5, stopSequences: ['"'] },
    tools: [{ name: 'w', inputSchema: '{"type":"object","properties":{"__proto__":{}}}' }],
    toolChoice: { type: 'any' },
    additionalFields: '{"a":{"b":[true,null,1.5,"$x"]}}',
    guardrail: { id: 'g', version: '1', trace: 'enabled', streamMode: 'async' },
    structuredOutput: { schema: '{"type":"object"}', name: 'n' },
    serviceTier: 'flex',
    latency: 'optimized',
    effort: 'high',
    caching: { afterSystem: true, afterTools: true, ttl: '1h' },
  },
});
const place = { region: 'eu-west-1', endpoint: 'http://127.0.0.1:1', profile: 'my "profile"' };
const calls: readonly CodeCall[] = [
  { operation: 'Converse', request: buildConverseRequest(full) },
  { operation: 'ConverseStream', request: buildConverseRequest(full) },
  ...(['InvokeModel', 'InvokeModelWithResponseStream'] as const).map((operation) => ({
    operation,
    request: {
      modelId: 'cohere.command-text-v14',
      body: JSON.stringify({ prompt: nasty, temperature: 0.9 }),
      accept: '*/*',
      guardrail: { id: 'g', version: '1' },
      trace: 'ENABLED' as const,
      latency: 'optimized' as const,
      serviceTier: 'flex',
    },
  })),
];

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;

describe('view code', function () {
  this.timeout(120_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'code-test-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const call of calls) {
    for (const { id } of codeLanguages) {
      it(`writes ${call.operation} in ${id} without keys and without "undefined"`, () => {
        const code = generateCode(id, call, place);
        assert.doesNotMatch(code, /undefined|\[object|AKIA|ABSK/);
        assert.ok(code.endsWith('\n'));
      });
    }

    it(`writes ${call.operation} in JavaScript that parses`, () => {
      const path = join(folder, 'a.mjs');
      writeFileSync(path, generateCode('javascript', call, place));
      execFileSync(process.execPath, ['--check', path], { stdio: 'pipe' });
    });

    it(`writes ${call.operation} in Python that parses`, function () {
      if (!has('python3')) {
        console.log('      SKIPPED: there is no python3 here');
        this.skip();
      }
      const path = join(folder, 'a.py');
      writeFileSync(path, generateCode('python', call, place));
      execFileSync('python3', ['-c', `import ast; ast.parse(open(r"${path}", newline="").read())`]);
    });

    it(`writes ${call.operation} for a POSIX shell that parses`, () => {
      for (const id of ['cli', 'curl'] as const) {
        execFileSync('sh', ['-n'], { input: generateCode(id, call, place), stdio: 'pipe' });
      }
    });

    it(`writes ${call.operation} in Go that parses`, function () {
      if (spawnSync('gofmt', { input: '' }).error) {
        console.log('      SKIPPED: there is no gofmt here');
        this.skip();
      }
      execFileSync('gofmt', ['-e'], { input: generateCode('go', call, place), stdio: 'pipe' });
    });

    it(`writes ${call.operation} in Java without a syntax error`, function () {
      if (!has('javac')) {
        console.log('      SKIPPED: there is no javac here');
        this.skip();
      }
      const path = join(folder, 'BedrockExample.java');
      writeFileSync(path, generateCode('java', call, place));
      const { stderr } = spawnSync('javac', ['-d', folder, '-encoding', 'UTF-8', path], {
        encoding: 'utf8',
      });
      const errors = stderr.split('\n').filter((line) => line.includes('error:'));
      // The SDK is not here: names that are missing are fine, anything else is ours.
      const ours = errors.filter((line) => !/does not exist|cannot find symbol/.test(line));
      assert.deepEqual(ours, []);
      assert.ok(errors.length > 0);
    });
  }

  it('quotes for the shell so that every character arrives', () => {
    const word = nasty.replaceAll('\u0000', '');
    const out = execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' });
    assert.equal(out, word);
  });

  it('quotes for JavaScript so that every character arrives', () => {
    for (const value of fuzzTexts()) {
      assert.equal((0, eval)(stringLiteral(value)), value);
    }
  });

  it('quotes for Python so that every character arrives', function () {
    if (!has('python3')) {
      console.log('      SKIPPED: there is no python3 here');
      this.skip();
    }
    const texts = fuzzTexts();
    const path = join(folder, 'quotes.py');
    writeFileSync(
      path,
      `import json\nprint(json.dumps([${texts.map(stringLiteral).join(',\n')}]))\n`,
    );
    const out = execFileSync('python3', [path], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(out), texts);
  });

  it('quotes for Java so that every character arrives, long texts too', function () {
    if (!has('java')) {
      console.log('      SKIPPED: there is no java here');
      this.skip();
    }
    const texts = [...fuzzTexts(), 'ä"'.repeat(50_000)];
    const path = join(folder, 'Quotes.java');
    const print = texts.map(
      (value) =>
        `System.out.println(java.util.Base64.getEncoder().encodeToString(${javaString(value)}.getBytes(java.nio.charset.StandardCharsets.UTF_8)));`,
    );
    writeFileSync(
      path,
      `public class Quotes { public static void main(String[] a) { ${print.join('\n')} } }`,
    );
    const out = execFileSync('java', ['-Dfile.encoding=UTF-8', path], { encoding: 'utf8' });
    const back = out
      .trim()
      .split('\n')
      .map((line) => Buffer.from(line, 'base64').toString('utf8'));
    assert.deepEqual(back, texts);
  });

  it('writes nothing into Go strings that Go does not know', () => {
    for (const value of [...fuzzTexts(), '\ud800']) {
      const inner = goString(value).slice(1, -1);
      assert.match(inner, /^(?:[^"\\\n\r\ufeff]|\\(?:[bfnrt"\\]|u[0-9a-f]{4}))*$/);
      assert.doesNotMatch(inner, /\\ud[89a-f]/);
    }
  });

  it('imports in Go exactly what it uses', () => {
    const code = generateCode('go', calls[0]!, { region: 'r' });
    for (const name of ['context', 'fmt', 'log', 'encoding/base64']) {
      assert.ok(code.includes(`"${name}"`), name);
    }
    const small: CodeCall = {
      operation: 'InvokeModel',
      request: { modelId: 'm', body: '{"prompt":"types. document. mustDecode("}' },
    };
    assert.doesNotMatch(
      generateCode('go', small, { region: 'r' }),
      /bedrockruntime\/(types|document)"|base64"/,
    );
  });
});

function fuzzTexts(): string[] {
  const parts = Array.from(nasty);
  let state = 7;
  const next = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const made = Array.from({ length: 60 }, () =>
    Array.from({ length: next(12) }, () => parts[next(parts.length)]).join(''),
  );
  return [nasty, ...made];
}
