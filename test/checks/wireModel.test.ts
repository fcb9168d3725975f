import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { violations } from '../../src/sandbox/wire/checkValue.js';
import { type WireModel, wireModel } from '../../src/sandbox/wire/model.js';
import { readJson, readText } from '../support/repository.js';
import { clientPart, modelPath, readClients, textOf } from '../tools/wireModel.js';

/** Where two values differ, as paths; the first few are enough to see what happened. */
function differences(right: unknown, found: unknown, path = ''): string[] {
  if (Object.is(right, found)) return [];
  const isPair = [right, found].every((at) => typeof at === 'object' && at !== null);
  if (!isPair) return [`${path}: ${JSON.stringify(right)} became ${JSON.stringify(found)}`];
  const [a, b] = [right, found] as Record<string, unknown>[];
  const names = new Set([...Object.keys(a!), ...Object.keys(b!)]);
  return [...names].flatMap((name) => differences(a![name], b![name], `${path}/${name}`));
}

describe('the model of the wire', () => {
  it('is what the pinned clients say', () => {
    const found = differences(readClients(), clientPart(wireModel));
    const more = found.length > 20 ? `\n… and ${found.length - 20} more` : '';
    assert.deepEqual(
      found.slice(0, 20),
      [],
      `A client changed what the sandbox reads: run npm run wire (CONTRIBUTING.md).\n${found.slice(0, 20).join('\n')}${more}`,
    );
  });

  it('would not pass where a member, a route or a required member changed', () => {
    const change = (from: string, to: string) => {
      const text = readText(modelPath);
      assert.ok(text.includes(from), from);
      return differences(
        readClients(),
        clientPart(JSON.parse(text.replace(from, to)) as WireModel),
      );
    };
    assert.equal(
      change('"guardrailIdentifier":"GuardrailIdentifier"', '"id":"GuardrailIdentifier"').length >
        0,
      true,
    );
    assert.equal(
      change('"/guardrails/{guardrailIdentifier}"', '"/guardrail/{guardrailIdentifier}"').length,
      1,
    );
    assert.equal(change('"required":["guardrailIdentifier"]', '"required":[]').length > 0, true);
  });

  it('holds all four services, each operation with its errors', () => {
    const operations = Object.values(wireModel).flatMap((service) =>
      Object.values(service.operations),
    );
    assert.ok(operations.length >= 229, String(operations.length));
    for (const { path, errors } of operations) assert.ok(errors.length > 0, path);
  });

  it('is as its script writes it', () => {
    assert.equal(readText(modelPath), textOf(wireModel));
  });

  it('has patterns that take no time over any text', () => {
    const parts = [
      '-',
      'a',
      'a-',
      'a.',
      'a:',
      'a_',
      '1 ',
      '/',
      's3://a',
      'arn:aws:bedrock:us-east-1:',
      '[',
      '{{a}}',
      'é',
    ];
    const starts = ['', 'a', 'arn:aws:bedrock:us-east-1:123456789012:flow/', 's3://bucket/'];
    for (const service of Object.values(wireModel)) {
      for (const [name, shape] of Object.entries(service.shapes)) {
        if (!('pattern' in shape)) continue;
        const began = performance.now();
        for (const [part, start] of parts.flatMap((part) =>
          starts.map((at) => [part, at] as const),
        )) {
          for (const length of [40, 250, 2000, 100_000]) {
            const text = `${start}${part.repeat(Math.ceil(length / part.length))}!\n`;
            violations(service, name, text, 'it');
          }
        }
        assert.ok(performance.now() - began < 10_000, shape.pattern);
      }
    }
  });

  it('comes without a client of AWS in the sandbox', function () {
    if (!existsSync('dist/meta.json')) this.skip();
    const { outputs } = readJson('dist/meta.json') as {
      outputs: Record<string, { inputs: object; imports: { path: string }[] }>;
    };
    const reached = new Set<string>();
    const reach = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const at of outputs[path]?.imports ?? []) reach(at.path);
    };
    reach('dist/sandbox.js');
    const inputs = [...reached].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
    assert.deepEqual(
      inputs.filter((path) => path.includes('@aws-sdk/client')),
      [],
    );
    assert.ok(inputs.includes(modelPath));
  });
});
