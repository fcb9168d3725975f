/** The context keys that `when` clauses of package.json may use, and what they hold. */
export interface ContextKeys {
  /** A connection is chosen. */
  readonly 'bedrock.connected': boolean;
  /** The connection is the sandbox. */
  readonly 'bedrock.onSandbox': boolean;
  readonly 'bedrock.sandboxRunning': boolean;
  /** The ledger has runs. */
  readonly 'bedrock.hasJobs': boolean;
  /** The Models view hides some. */
  readonly 'bedrock.modelsFiltered': boolean;
  /** There is a command that opens a model in the playground, and one that compares models. */
  readonly 'bedrock.hasPlayground': boolean;
  readonly 'bedrock.hasCompare': boolean;
}

/** Their names; an object literal, so that a missing one does not compile. */
export const contextKeyNames: Readonly<Record<keyof ContextKeys, true>> = {
  'bedrock.connected': true,
  'bedrock.onSandbox': true,
  'bedrock.sandboxRunning': true,
  'bedrock.hasJobs': true,
  'bedrock.modelsFiltered': true,
  'bedrock.hasPlayground': true,
  'bedrock.hasCompare': true,
};
