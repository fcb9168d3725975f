import type { Workbench } from './workbench.js';

export interface WalkOptions {
  /** Told after each step. */
  readonly say?: (step: string) => void;
  /** Name of the dataset in the Explorer. */
  readonly dataset?: string;
  /** A connection is chosen already. */
  readonly isConnected?: boolean;
}

/**
 * The main job as a person does it on a fresh window: right-click on the dataset, sandbox, review,
 * submit, status bar, Jobs view, results. Leaves a picture of each stage.
 */
export async function walkMainJob(workbench: Workbench, options: WalkOptions = {}): Promise<void> {
  const { say = () => undefined, dataset = 'tickets.jsonl' } = options;
  const { views, quickPick, feedback } = workbench;
  await views.rightClickFile(dataset);
  await workbench.screenshot('1-menu');
  say(`right-clicked ${dataset} in the Explorer`);
  await views.chooseMenu('Submit Batch Job…');
  if (!options.isConnected) {
    await quickPick.waitFor('Choose a Connection');
    await workbench.screenshot('2-connection');
    await quickPick.pick(/Sandbox/);
    say('chose the sandbox: no AWS account needed');
  }
  await quickPick.waitFor(/^Submit /);
  await workbench.screenshot('3-review');
  const [first, second] = await quickPick.items();
  say(`reviewed: ${first?.label ?? ''} (${first?.detail ?? ''}); ${second?.label ?? ''}`);
  await quickPick.accept();
  say('pressed Enter to submit');
  await views.openView('Amazon Bedrock');
  const item = await feedback.statusBar(/\d+ % \(/, 60_000);
  await workbench.screenshot('4-status-bar');
  say(`the status bar says: ${(await item.innerText()).trim()}`);
  await workbench.screenshot('5-jobs-view');
  const ended = await feedback.notification(/completed/, 120_000);
  await workbench.screenshot('6-ended');
  say(`the job ended: ${ended.message}`);
  await feedback.answerNotification(/completed/, 'Open Results');
  const page = await workbench.webviewFrame(/.+/);
  await page.getByRole('grid').waitFor();
  await page.getByRole('row').nth(5).waitFor();
  await workbench.screenshot('7-results');
  say('downloaded and opened the results');
  await page
    .getByRole('radio', { name: /Errors/ })
    .or(page.getByRole('button', { name: /^Errors/ }))
    .first()
    .click();
  await workbench.screenshot('8-errors');
  say('looked at the error');
}
