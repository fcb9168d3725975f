/** A guardrail, or one version of it, as a list shows it. */
export interface GuardrailSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  /** AWS's word: READY, CREATING, FAILED … */
  readonly status: string;
  /** `DRAFT` or a number. */
  readonly version: string;
  /** ISO 8601. */
  readonly updated?: string;
}

/** The guardrails of a connection. Both calls throw AppError; an abort throws `cancelled`. */
export interface GuardrailsApi {
  /** Every guardrail by its draft, in AWS's order. */
  list(signal?: AbortSignal): Promise<GuardrailSummary[]>;
  /** The draft and the numbered versions of one, the newest number first. */
  versions(id: string, signal?: AbortSignal): Promise<GuardrailSummary[]>;
}
