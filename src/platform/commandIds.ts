/** Every command: arguments come from menus, key bindings and other extensions, so handlers parse them. */
export const commandIds = [
  'bedrock.connection.select',
  'bedrock.connection.selectRegion',
  'bedrock.connection.test',
  'bedrock.connection.signIn',
  'bedrock.connection.setApiKey',
  'bedrock.connection.removeApiKey',
  'bedrock.sandbox.start',
  'bedrock.sandbox.stop',
  'bedrock.sandbox.openFolder',
  'bedrock.models.list',
  'bedrock.batch.validate',
  'bedrock.batch.submit',
  'bedrock.batch.resume',
  'bedrock.batch.discard',
  'bedrock.jobs.list',
  'bedrock.jobs.refresh',
  'bedrock.jobs.stop',
  'bedrock.jobs.copyArn',
  'bedrock.jobs.openInConsole',
  'bedrock.jobs.remove',
  'bedrock.results.download',
  'bedrock.results.open',
  'bedrock.log.show',
] as const;

export type CommandId = (typeof commandIds)[number];
