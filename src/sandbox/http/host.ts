/** How a request was addressed: the Host header without its port, and a bucket in front of it. */
export interface Addressed {
  readonly bucket?: string;
}

/**
 * Checks the Host header: 127.0.0.1, localhost or BUCKET.localhost, with the sandbox's port. A web
 * page of another name that was rebound to 127.0.0.1 still sends its own name, and is refused here.
 * Undefined means refuse.
 */
export function checkHost(host: string, port: number): Addressed | undefined {
  const match = /^(.*?)(?::(\d+))?$/.exec(host.toLowerCase());
  const name = match?.[1] ?? '';
  const hostPort = match?.[2] === undefined ? 80 : Number(match[2]);
  if (hostPort !== port) return undefined;
  if (name === '127.0.0.1' || name === 'localhost') return {};
  const bucket = /^([a-z0-9][a-z0-9.-]*)\.localhost$/.exec(name)?.[1];
  return bucket === undefined ? undefined : { bucket };
}
