import { Readable } from 'node:stream';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type ServiceModel, findOperation, violations } from './serviceModel.js';

type Handler = Pick<NodeHttpHandler, 'handle' | 'destroy'>;
type HandlerRequest = Parameters<NodeHttpHandler['handle']>[0];
type HandlerOptions = Parameters<NodeHttpHandler['handle']>[1];
type HandlerResponse = Awaited<ReturnType<NodeHttpHandler['handle']>>['response'];

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => new Uint8Array(Buffer.from(text)),
);

/** A request handler that checks each answer against AWS's service model before the SDK sees it. */
export class ConformanceHandler {
  readonly problems: string[] = [];
  readonly checked = new Set<string>();

  constructor(
    private readonly model: ServiceModel,
    private readonly inner: Handler = new NodeHttpHandler(),
  ) {}

  async handle(
    request: HandlerRequest,
    options?: HandlerOptions,
  ): Promise<{ response: HandlerResponse }> {
    const { response } = await this.inner.handle(request, options);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    response.body = Readable.from(body.length === 0 ? [] : [body]);
    this.check(request, response, body);
    return { response };
  }

  destroy(): void {
    this.inner.destroy();
  }

  private check(request: HandlerRequest, response: HandlerResponse, body: Buffer): void {
    const found = findOperation(this.model, request.method, request.path);
    if (found === undefined) {
      this.problems.push(`no operation for ${request.method} ${request.path}`);
      return;
    }
    const [name, operation] = found;
    this.checked.add(name);
    const add = (list: readonly string[]) =>
      this.problems.push(...list.map((at) => `${name}${at}`));
    if (response.statusCode >= 400) {
      add(this.errorProblems(name, response));
      return;
    }
    if (response.statusCode !== (operation.http.responseCode ?? 200))
      add([`: status ${response.statusCode}`]);
    const output =
      operation.output === undefined ? undefined : this.model.shapes[operation.output.shape];
    if (output === undefined || operation.output === undefined) return;
    for (const [member, { location, locationName }] of Object.entries(output.members ?? {})) {
      if (location !== 'header' || !(output.required ?? []).includes(member)) continue;
      if (response.headers[(locationName ?? member).toLowerCase()] === undefined)
        add([`: header ${locationName} is absent`]);
    }
    const payload =
      output.payload === undefined ? undefined : output.members?.[output.payload]?.shape;
    if (payload === undefined) add(violations(this.model, operation.output.shape, parse(body)));
    else if (this.model.shapes[payload]?.eventstream === true)
      add(this.eventProblems(payload, body));
  }

  private errorProblems(name: string, response: HandlerResponse): string[] {
    const type = response.headers['x-amzn-errortype'] ?? '';
    // Refusals of the caller are not in the service models.
    if (
      /^(UnrecognizedClient|InvalidSignature|MissingAuthenticationToken|SerializationE|UnknownOperation)/.test(
        type,
      )
    )
      return [];
    const isModelled =
      this.model.operations[name]?.errors?.some((at) => at.shape === type) === true;
    if (!isModelled) return [`: ${type} is not an error of the operation`];
    const status = this.model.shapes[type]?.error?.httpStatusCode;
    return status === response.statusCode
      ? []
      : [`: ${type} has status ${response.statusCode}, not ${status}`];
  }

  private eventProblems(shapeName: string, body: Buffer): string[] {
    const problems: string[] = [];
    for (let at = 0; at < body.length;) {
      const size = body.readUInt32BE(at);
      const { headers, body: payload } = codec.decode(new Uint8Array(body.subarray(at, at + size)));
      at += size;
      const event = String((headers[':event-type'] ?? headers[':exception-type'])?.value);
      const shape = this.model.shapes[shapeName]?.members?.[event]?.shape;
      if (shape === undefined) problems.push(`: the stream has no event ${event}`);
      else
        problems.push(...violations(this.model, shape, parse(Buffer.from(payload)), `(${event})`));
    }
    return problems;
  }
}

function parse(body: Buffer): unknown {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as unknown);
}
