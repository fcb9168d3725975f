import assert from 'node:assert/strict';
import { oneChunk, readBody } from '../../src/sandbox/http/body.js';
import type { Handler, WireRequest, WireResponse } from '../../src/sandbox/http/wire.js';
import { structureOf, wireModel } from '../../src/sandbox/wire/model.js';
import { type Route, findRoute } from '../../src/sandbox/wire/route.js';
import { answerProblems } from './answerProblems.js';
import { decodeEvent } from './eventFrames.js';

/**
 * Refusals of the caller that no operation's model names.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
const callerErrors = [
  ...['UnrecognizedClientException', 'InvalidSignatureException', 'SerializationException'],
  ...['MissingAuthenticationTokenException', 'AccessDeniedException', 'UnknownOperationException'],
  'RequestEntityTooLarge',
];

/** Checks every answer of a sandbox's Bedrock services against AWS's model: give `around` to `startSandbox`. */
export class AnswerCheck {
  readonly problems: string[] = [];
  /** Operations that were answered with success. */
  readonly answered = new Set<string>();
  /** Codes that were asked for by a fault. */
  private readonly asked = new Set(callerErrors);

  readonly around = (inner: Handler): Handler => {
    return async (sent) => {
      const request = await this.noteFault(sent);
      const reply = await inner(request);
      const route = findRoute(request.method, request.path);
      // S3 may have a bucket that is called as a path of Bedrock begins.
      if (!reply || !route || !('x-amzn-requestid' in reply.headers)) return reply;
      return this.check(route, reply);
    };
  };

  /** Fails where an answer was not as AWS's model says. */
  assertRight(): void {
    assert.deepEqual(this.problems, [], 'answers of the sandbox that AWS would not give');
  }

  private async noteFault(request: WireRequest): Promise<WireRequest> {
    if (request.method !== 'POST' || request.path !== '/_sandbox/faults') return request;
    const body = await readBody(request.body, 1 << 20);
    const code = /"code"\s*:\s*"(\w+)"/.exec(body.toString('utf8'))?.[1];
    for (const at of [code, 'ThrottlingException', 'InternalServerException']) {
      if (at !== undefined) this.asked.add(at);
    }
    return { ...request, body: oneChunk(body) };
  }

  private check(route: Route, reply: WireResponse): WireResponse {
    const add = (found: readonly string[]) => {
      this.problems.push(...found.map((at) => `${route.service} ${route.name}${at}`));
    };
    if (reply.status >= 400) {
      add(this.errorProblems(route, reply));
      return reply;
    }
    this.answered.add(route.name);
    if (reply.status !== route.operation.status) add([`: status ${reply.status}`]);
    const service = wireModel[route.service];
    const output = structureOf(service, route.operation.output);
    for (const [member, header] of Object.entries(output.headers ?? {})) {
      const isMissing = output.required?.includes(member) === true && !(header in reply.headers);
      if (isMissing) add([`: the header ${header} is absent`]);
    }
    const { body } = reply;
    const payload = output.payload === undefined ? undefined : output.members[output.payload];
    const shape = payload === undefined ? undefined : service.shapes[payload];
    if (shape?.type === 'eventStream') {
      const events = body as AsyncIterable<Uint8Array>;
      return { ...reply, body: this.events(route, payload ?? '', events, reply.cut === true, add) };
    }
    if (shape?.type === 'blob') return reply;
    const text = typeof body === 'string' ? body : '{}';
    add(answerProblems(service, payload ?? route.operation.output, JSON.parse(text)));
    return reply;
  }

  private errorProblems(route: Route, reply: WireResponse): string[] {
    const code = reply.headers['x-amzn-errortype'] ?? '';
    const text = typeof reply.body === 'string' ? reply.body : '';
    if (text.includes('met an internal error')) return [`: ${text}`];
    if (this.asked.has(code)) return [];
    if (!route.operation.errors.includes(code)) return [`: ${code} is not an error of it`];
    const { status } = structureOf(wireModel[route.service], code);
    return status === reply.status ? [] : [`: ${code} has status ${reply.status}, not ${status}`];
  }

  /** Passes the frames on and looks into each; the last one of a stream that is cut is not whole. */
  private async *events(
    { service }: Route,
    shapeName: string,
    frames: AsyncIterable<Uint8Array>,
    isCut: boolean,
    add: (found: readonly string[]) => void,
  ): AsyncGenerator<Uint8Array> {
    const { members } = structureOf(wireModel[service], shapeName);
    for await (const frame of frames) {
      const size = Buffer.from(frame).readUInt32BE(0);
      if (size === frame.byteLength || !isCut) {
        const [name, json] = decodeEvent(frame);
        const shape = members[name];
        add(
          shape === undefined
            ? [`: the stream has no event ${name}`]
            : answerProblems(wireModel[service], shape, json, `(${name})`),
        );
      }
      yield frame;
    }
  }
}
