/** The context keys that `when` clauses of package.json may use, and what they hold. */
export interface ContextKeys {
  /** A connection is chosen. */
  readonly 'bedrock.connected': boolean;
  readonly 'bedrock.sandboxRunning': boolean;
  /** The ledger has runs. */
  readonly 'bedrock.hasJobs': boolean;
}

/** Their names; an object literal, so that a missing one does not compile. */
export const contextKeyNames: Readonly<Record<keyof ContextKeys, true>> = {
  'bedrock.connected': true,
  'bedrock.sandboxRunning': true,
  'bedrock.hasJobs': true,
};
