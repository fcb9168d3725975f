import type { Route } from './wire/route.js';

/** Signing names of the services the sandbox plays. */
export type ServiceId = 's3' | 'sts' | 'iam' | 'bedrock';

/** An operation a request asks for. */
export interface Target {
  readonly service: ServiceId;
  /** AWS's own name of the operation, or `Unknown`. */
  readonly operation: string;
  /** Where it is an operation of Bedrock that AWS has. */
  readonly route?: Route | undefined;
}
