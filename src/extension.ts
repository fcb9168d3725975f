import * as vscode from 'vscode';
import { useLocale } from './core/format.js';
import { DisposableStore } from './core/lifecycle.js';
import { useTranslations } from './core/translation.js';
import { registerBatch } from './features/batch/register.js';
import { registerChat } from './features/chat/register.js';
import { registerConnection } from './features/connection/register.js';
import { registerDatasets } from './features/datasets/register.js';
import { registerJobs } from './features/jobs/register.js';
import { registerModels } from './features/models/register.js';
import { registerPlayground } from './features/playground/register.js';
import { registerPrompts } from './features/prompts/register.js';
import { registerResults } from './features/results/register.js';
import { registerSample } from './features/sample/register.js';
import { registerSandbox } from './features/sandbox/register.js';
import { createServices } from './services.js';

const features = [
  registerConnection,
  registerModels,
  registerPrompts,
  registerPlayground,
  registerDatasets,
  registerBatch,
  registerJobs,
  registerResults,
  registerChat,
  registerSandbox,
  registerSample,
];

/** Registers everything at once and awaits nothing: work starts when a view or a command asks. */
export function activate(context: vscode.ExtensionContext): void {
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  useTranslations(vscode.l10n.bundle);
  useLocale(vscode.env.language);
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const services = createServices(context, store);
  for (const register of features) store.add(register(services));
  const cpu = process.cpuUsage(cpuBefore);
  services.log.info('activated', {
    milliseconds: Math.round(performance.now() - start),
    cpuMilliseconds: Math.round((cpu.user + cpu.system) / 1000),
  });
}
