import assert from 'node:assert/strict';
import { awsError, awsFaultOf } from '../../../src/sandbox/awsError.js';
import { errorReply } from '../../../src/sandbox/http/errorReply.js';
import { Query } from '../../../src/sandbox/http/wire.js';
import { checkInput } from '../../../src/sandbox/wire/checkValue.js';
import { type ServiceModel, wireModel } from '../../../src/sandbox/wire/model.js';
import { readInput } from '../../../src/sandbox/wire/readInput.js';
import { readValue } from '../../../src/sandbox/wire/readValue.js';
import { findRoute } from '../../../src/sandbox/wire/route.js';
import { writeOutput } from '../../../src/sandbox/wire/writeOutput.js';
import { decodeEvent } from '../../support/eventFrames.js';

const arn = 'arn:aws:bedrock:us-east-1:000000000000:guardrail/abc';
const options = { speed: 1000, signal: new AbortController().signal, fault: undefined };

/** What a call is refused with. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    const fault = awsFaultOf(error);
    if (fault !== undefined) return `${fault.code}: ${fault.message}`;
    throw error;
  }
  throw new Error('it should have been refused');
}

describe('the routes of the wire', () => {
  const nameOf = (method: string, path: string) => findRoute(method, path)?.name;

  it('find every operation by its own path, /tags of two services by the first', () => {
    for (const [service, { operations }] of Object.entries(wireModel)) {
      for (const [name, { method, path }] of Object.entries(operations)) {
        const found = findRoute(
          method,
          path.replaceAll(/\{\w+\}/g, encodeURIComponent(`${arn} é%`)),
        );
        assert.equal(found?.name, name);
        if (!path.startsWith('/tags/')) assert.equal(found.service, service, name);
        for (const label of Object.values(found.labels)) assert.equal(label, `${arn} é%`);
      }
    }
  });

  it('tell a last slash from none', () => {
    assert.equal(nameOf('POST', '/agents/a/'), 'PrepareAgent');
    assert.equal(nameOf('POST', '/agents/a'), 'InvokeInlineAgent');
    assert.equal(nameOf('GET', '/guardrails/'), undefined);
  });

  it('put fixed segments before labels', () => {
    assert.equal(nameOf('POST', '/flows/validate-definition'), 'ValidateFlowDefinition');
    assert.equal(nameOf('POST', '/flows/a/'), 'PrepareFlow');
  });

  it('take an ARN whose slashes and colons are as they are', () => {
    for (const [path, name, label] of [
      [`/guardrails/${arn}`, 'GetGuardrail', 'guardrailIdentifier'],
      [`/guardrails/${arn.replaceAll(':', '%3A')}`, 'GetGuardrail', 'guardrailIdentifier'],
    ] as const) {
      const found = findRoute('GET', path);
      assert.deepEqual([found?.name, found?.labels[label]], [name, arn]);
    }
    const job = 'arn:aws:bedrock:us-east-1:000000000000:model-invocation-job/abcdefghijkl';
    const stop = findRoute('POST', `/model-invocation-job/${job}/stop`);
    assert.deepEqual([stop?.name, stop?.labels['jobIdentifier']], ['StopModelInvocationJob', job]);
  });

  it('leave a path alone that is none of AWS', () => {
    for (const path of ['/', '/bucket/key', '/guardrails/a/b', '/model//converse', '//']) {
      assert.equal(nameOf('GET', path) ?? nameOf('POST', path), undefined, path);
    }
  });
});

describe('the input of an operation', () => {
  const read = (method: string, target: string, body = '', headers = {}) => {
    const [path = '', query = ''] = target.split('?');
    const route = findRoute(method, path);
    assert.ok(route);
    return readInput(route, { query: new Query(query), headers }, Buffer.from(body)).input;
  };

  it('comes from labels, query and body', () => {
    assert.deepEqual(
      read('GET', '/inference-profiles?type=APPLICATION&maxResults=7&nextToken=a%2Bb%26c'),
      {
        typeEquals: 'APPLICATION',
        maxResults: 7,
        nextToken: 'a+b&c',
      },
    );
    const agent = 'arn:aws:bedrock:us-east-1:000000000000:agent/ABCDEFGHIJ';
    assert.deepEqual(read('DELETE', `/tags/${encodeURIComponent(agent)}?tagKeys=a&tagKeys=b`), {
      resourceArn: agent,
      tagKeys: ['a', 'b'],
    });
    const body = JSON.stringify({ source: 'INPUT', content: [{ text: { text: 'a' } }], more: 1 });
    assert.deepEqual(read('POST', '/guardrail/abc/version/DRAFT/apply', body), {
      guardrailIdentifier: 'abc',
      guardrailVersion: 'DRAFT',
      source: 'INPUT',
      content: [{ text: { text: 'a' } }],
    });
  });

  it('does not take a label from the body', () => {
    const body = JSON.stringify({ modelId: 'other', messages: null });
    assert.deepEqual(read('POST', '/model/amazon.a/converse', body), { modelId: 'amazon.a' });
  });

  it('comes from headers and a payload of bytes', () => {
    const headers = { 'content-type': 'application/json', 'x-amzn-bedrock-trace': 'ENABLED' };
    const input = read('POST', '/model/a/invoke', '{"a":1}', headers) as Record<string, unknown>;
    assert.deepEqual(
      [
        input['modelId'],
        input['contentType'],
        input['trace'],
        Buffer.from(input['body'] as Uint8Array).toString(),
      ],
      ['a', 'application/json', 'ENABLED', '{"a":1}'],
    );
  });

  it('has bytes for base64 and dates for times', () => {
    const input = read('GET', '/model-invocation-jobs?submitTimeAfter=2026-01-02T03:04:05.678Z');
    assert.deepEqual(input, { submitTimeAfter: new Date('2026-01-02T03:04:05.678Z') });
    const image = { image: { format: 'png', source: { bytes: 'AQID' } } };
    const body = JSON.stringify({ messages: [{ role: 'user', content: [image] }] });
    const { messages } = read('POST', '/model/a/converse', body) as {
      messages: [{ content: [{ image: { source: { bytes: Uint8Array } } }] }];
    };
    assert.deepEqual([...messages[0].content[0].image.source.bytes], [1, 2, 3]);
  });

  const wrong: [what: string, method: string, target: string, body: unknown, text: RegExp][] = [
    [
      'a number for a text',
      'POST',
      '/model/a/converse',
      { messages: [{ role: 7, content: [] }] },
      /^SerializationException: NUMBER_VALUE can not be converted to a String$/,
    ],
    [
      'a text for a number',
      'POST',
      '/model/a/converse',
      { inferenceConfig: { maxTokens: 'x' } },
      /^SerializationException: STRING_VALUE can not be converted to an Integer$/,
    ],
    [
      'a list for a structure',
      'POST',
      '/model/a/converse',
      { inferenceConfig: [] },
      /^SerializationException: Start of list found/,
    ],
    [
      'a structure for a list',
      'POST',
      '/model/a/converse',
      { messages: {} },
      /^SerializationException: Start of structure or map found/,
    ],
    [
      'bytes that are no base64',
      'POST',
      '/model/a/count-tokens',
      { input: { invokeModel: { body: '?' } } },
      /^SerializationException: .*base64/,
    ],
    [
      'a text in a number of the query',
      'GET',
      '/guardrails?maxResults=x',
      undefined,
      /^SerializationException: STRING_VALUE can not be converted to an Integer$/,
    ],
    ['no JSON', 'POST', '/guardrails', '{', /^SerializationException/],
    [
      'what is required',
      'POST',
      '/tagResource',
      { tags: [{ key: 'a' }] },
      /^ValidationException: 2 validation errors detected: Value null at 'resourceARN' failed to satisfy constraint: Member must not be null; Value null at 'tags\.1\.member\.value' failed to satisfy constraint: Member must not be null$/,
    ],
    [
      'a number that is too small',
      'GET',
      '/guardrails?maxResults=0',
      undefined,
      /^ValidationException: 1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1$/,
    ],
    [
      'a choice that is none',
      'POST',
      '/guardrail/a/version/1/apply',
      { source: 'IN', content: [] },
      /^ValidationException: .*Value 'IN' at 'source' failed to satisfy constraint: Member must satisfy enum value set: \[INPUT, OUTPUT\]$/,
    ],
    [
      'a label out of its pattern',
      'GET',
      '/model-invocation-job/x',
      undefined,
      /Value 'x' at 'jobIdentifier' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    ],
    [
      'texts of a list',
      'POST',
      '/untagResource',
      { resourceARN: arn, tagKeys: ['ok', 'ü'] },
      /Value '\[ok, ü\]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: \[Member must have length less than or equal to 128, /,
    ],
    [
      'a secret, which is not repeated',
      'POST',
      '/guardrails',
      { name: 'a', blockedInputMessaging: '', blockedOutputsMessaging: 'x' },
      /: Value at 'blockedInputMessaging' failed to satisfy constraint: Member must have length greater than or equal to 1$/,
    ],
    [
      'two members of a union',
      'POST',
      '/model/a/count-tokens',
      { input: { converse: {}, invokeModel: { body: 'e30=' } } },
      /Value at 'input' failed to satisfy constraint: Member must have exactly one of \[invokeModel, converse\] set/,
    ],
  ];
  for (const [what, method, target, body, text] of wrong) {
    it(`is refused for ${what}, in AWS's words`, () => {
      const sent = typeof body === 'string' ? body : JSON.stringify(body);
      assert.match(
        refusal(() => read(method, target, sent)),
        text,
      );
    });
  }

  it('is refused for keys and values of a map', () => {
    const model: ServiceModel = {
      operations: {},
      shapes: {
        In: { type: 'structure', members: { map: 'Map' } },
        Map: { type: 'map', key: 'Key', value: 'Value', max: 2 },
        Key: { type: 'string', max: 1 },
        Value: { type: 'string', min: 1 },
      },
    };
    assert.match(
      refusal(() => {
        checkInput(model, 'In', readValue(model, 'In', { map: { aa: 'x', b: '' } }));
      }),
      /2 validation errors detected: Value '\{aa=x, b=\}' at 'map' failed to satisfy constraint: Map keys must satisfy constraint: \[Member must have length less than or equal to 1, Member must not be null\]; .*Map value must satisfy/,
    );
  });

  it('may be called as what every object has', () => {
    const input = read(
      'POST',
      '/model/a/converse',
      '{"requestMetadata":{"__proto__":"x","constructor":"y"}}',
    );
    assert.deepEqual(Object.keys((input as { requestMetadata: object }).requestMetadata), [
      '__proto__',
      'constructor',
    ]);
  });
});

describe('the answer of an operation', () => {
  const write = (method: string, path: string, output: object) => {
    const route = findRoute(method, path);
    assert.ok(route);
    return writeOutput(route, output as Record<string, unknown>, options);
  };

  it('has the status, headers and JSON of the model', () => {
    const made = write('POST', '/guardrails', {
      guardrailId: 'a',
      createdAt: new Date(1),
      x: undefined,
    });
    assert.deepEqual(made, {
      status: 202,
      headers: { 'content-type': 'application/json' },
      body: '{"guardrailId":"a","createdAt":"1970-01-01T00:00:00.001Z"}',
    });
    const bytes = Buffer.from('{}');
    const invoked = write('POST', '/model/a/invoke', {
      body: bytes,
      contentType: 'a/b',
      performanceConfigLatency: 'standard',
    });
    assert.deepEqual(invoked, {
      status: 200,
      headers: { 'content-type': 'a/b', 'x-amzn-bedrock-performanceconfig-latency': 'standard' },
      body: bytes,
    });
  });

  it('is an error with the status that the service has for it', () => {
    const status = (method: string, path: string) => {
      const target = { service: 'bedrock', operation: '', route: findRoute(method, path) } as const;
      const fault = awsFaultOf(awsError('ConflictException', 'Taken.'));
      assert.ok(fault);
      const where = { requestId: '1', method, path };
      return errorReply(target, fault, where).status;
    };
    assert.equal(status('POST', '/guardrails'), 400);
    assert.equal(status('POST', '/prompts/'), 409);
  });

  it('ends a stream with an exception that is in it, whatever the service', async () => {
    const fault = { kind: 'streamException', afterEvents: 1 } as const;
    const namesOf = async (method: string, path: string, member: string, events: object[]) => {
      const route = findRoute(method, path);
      assert.ok(route);
      const reply = writeOutput(route, { [member]: events }, { ...options, fault });
      const names: unknown[] = [];
      for await (const frame of reply.body as AsyncIterable<Uint8Array>) {
        names.push(decodeEvent(frame)[0]);
      }
      return names;
    };
    const start = { messageStart: { role: 'user' } };
    assert.deepEqual(await namesOf('POST', '/model/a/converse-stream', 'stream', [start, start]), [
      'messageStart',
      'modelStreamErrorException',
    ]);
    const path = '/flows/F/aliases/A';
    const done = { flowCompletionEvent: { completionReason: 'SUCCESS' } };
    assert.deepEqual(await namesOf('POST', path, 'responseStream', [done, done]), [
      'flowCompletionEvent',
      'internalServerException',
    ]);
  });

  it('writes bytes as base64', () => {
    const chunk = { reasoningContent: { redactedContent: new Uint8Array([1, 2, 3]) } };
    const { body } = write('POST', '/model/a/converse', {
      output: { message: { content: [chunk] } },
    });
    assert.equal(
      body,
      '{"output":{"message":{"content":[{"reasoningContent":{"redactedContent":"AQID"}}]}}}',
    );
  });
});
