import { createReadStream } from 'node:fs';
import {
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
  createServer,
} from 'node:http';
import {
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
  createServer as createHttp2Server,
} from 'node:http2';
import {
  type AddressInfo,
  type Server,
  type Socket,
  createServer as createNetServer,
} from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../core/errors.js';
import type { Logger } from '../../core/log.js';
import { type Handler, Query, type WireResponse, isFileSlice, splitTarget } from './wire.js';

type NodeRequest = IncomingMessage | Http2ServerRequest;
type NodeResponse = ServerResponse | Http2ServerResponse;

/** Headers HTTP/2 forbids or Node sets itself. */
const connectionHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding']);
const prefaceStart = 'PRI * HTTP/2.0';

export interface NodeServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a handler on 127.0.0.1 in HTTP/1.1 and h2c (prior knowledge) on one port. */
export async function serveOnLoopback(
  handler: Handler,
  port: number,
  log: Logger,
): Promise<NodeServer> {
  const listener = (request: NodeRequest, response: NodeResponse): void => {
    void answer(handler, request, response).catch((error: unknown) => {
      log.debug('connection ended', { error: String(error) });
      destroy(request);
    });
  };
  const http1 = createServer({ keepAliveTimeout: 30_000, requestTimeout: 0 }, listener);
  const http2 = createHttp2Server(
    {
      settings: { initialWindowSize: 1 << 22, maxConcurrentStreams: 256 },
      // In MB. The default of 10 is less than the windows above let a client have under way.
      maxSessionMemory: 512,
    },
    listener,
  );
  // S3 clients send "Expect: 100-continue" for uploads; they wait for the interim answer.
  http1.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    response.writeContinue();
    listener(request, response);
  });
  const sockets = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  http2.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(1 << 24);
    session.on('close', () => sessions.delete(session));
    session.on('error', (error) => {
      log.debug('h2 session ended', { error: String(error) });
    });
  });
  const net = createNetServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', (error) => {
      log.debug('socket ended', { error: String(error) });
    });
    sniff(socket, http1, http2);
  });
  await listen(net, port);
  return {
    port: (net.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => net.close(resolve));
      for (const session of sessions) session.destroy();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Hands the socket to the server that speaks the protocol of its first bytes. */
function sniff(socket: Socket, http1: HttpServer, http2: Http2Server): void {
  let first = Buffer.alloc(0);
  const look = () => {
    const chunk = socket.read() as Buffer | null;
    if (chunk !== null) first = Buffer.concat([first, chunk]);
    // PRI, POST and PUT begin alike: two bytes do not tell.
    if (first.length < 3) {
      socket.once('readable', look);
      return;
    }
    socket.unshift(first);
    const isHttp2 = prefaceStart.startsWith(first.toString('latin1', 0, prefaceStart.length));
    (isHttp2 ? http2 : http1).emit('connection', socket);
  };
  socket.once('readable', look);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const text =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use. Choose another port, or 0 for any free one.`
          : `The sandbox could not listen on port ${port}: ${error.message}. Choose another port.`;
      reject(new AppError('network', text, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function answer(
  handler: Handler,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    gone.abort();
  });
  const { path, rawQuery } = splitTarget(request.url ?? '/');
  const reply = await handler({
    method: request.method ?? 'GET',
    path,
    rawQuery,
    query: new Query(rawQuery),
    headers: plainHeaders(request),
    body: request as AsyncIterable<Uint8Array>,
    signal: gone.signal,
  });
  if (reply === undefined) {
    destroy(request);
    return;
  }
  await send(reply, request, response);
}

async function send(
  reply: WireResponse,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers)) {
    if (!connectionHeaders.has(name)) response.setHeader(name, value);
  }
  const { body } = reply;
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? new Uint8Array());
    const isSizeKnown = 'content-length' in reply.headers || reply.status === 204;
    if (!isSizeKnown) response.setHeader('content-length', bytes.byteLength);
    response.end(bytes);
  } else if (isFileSlice(body)) {
    if (body.end <= body.start) response.end();
    else {
      const { file, start, end } = body;
      const stream = createReadStream(file, { start, end: end - 1, highWaterMark: 1 << 18 });
      await pipeline(stream, response as NodeJS.WritableStream);
    }
  } else {
    const out = response as NodeJS.WritableStream;
    await pipeline(Readable.from(body), out, { end: reply.cut !== true });
    if (reply.cut === true) cutAfterFlush(request, out);
  }
  // A body the handler did not read would keep an HTTP/1.1 connection from being used again.
  request.resume();
}

/** Lets what was written reach the client, then drops the connection. */
function cutAfterFlush(request: NodeRequest, response: NodeJS.WritableStream): void {
  response.write('', () =>
    setTimeout(() => {
      destroy(request);
    }, 5),
  );
}

function destroy(request: NodeRequest): void {
  if ('stream' in request) {
    const { session } = request.stream;
    request.stream.destroy();
    session?.destroy();
  } else request.socket.destroy();
}

function plainHeaders(request: NodeRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || typeof name !== 'string') continue;
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  // HTTP/2 has :authority in place of Host; signatures and the Host check name it host.
  headers['host'] ??= headers[':authority'] ?? '';
  return headers;
}
