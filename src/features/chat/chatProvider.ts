import * as vscode from 'vscode';
import {
  ToolNames,
  chatProblem,
  toConverseRequest,
  type ChatTool,
} from '../../core/converse/chatRequest.js';
import { estimateRequestTokens, estimateTokens } from '../../core/converse/estimateTokens.js';
import type { JsonObject } from '../../core/converse/types.js';
import { AppError, isCancelled } from '../../core/errors.js';
import type { Logger } from '../../core/log.js';
import { contextOf } from '../../core/models/context.js';
import { familyOf, isEmbedding } from '../../core/models/families.js';
import { isRuledOut } from '../../core/models/rules/modelRules.js';
import { invocationId, isPastEndOfLife, type Model } from '../../core/models/model.js';
import { outputLimit } from '../../core/native/outputLimit.js';
import { signalFrom } from '../../platform/signal.js';
import { runForPerson } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import { toChatMessages } from './chatParts.js';

type Needs = Pick<Services, 'session' | 'models'> &
  Partial<Pick<Services, 'config'>> & { readonly log: Logger };

/** VS Code wants numbers; where a model's are not known these are safe for every current chat model. */
const assumedInputTokens = 100_000;
const assumedOutputTokens = 4_096;

/** The connection's chat models for VS Code's own chat. */
export class ChatProvider implements vscode.LanguageModelChatProvider {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChangeLanguageModelChatInformation = this.changes.event;

  constructor(private readonly services: Needs) {}

  /** Tells VS Code to ask for the models again. */
  refresh(): void {
    this.changes.fire();
  }

  dispose(): void {
    this.changes.dispose();
  }

  private disabledRules(): readonly string[] {
    return this.services.config?.get('bedrock.checks.disabledRules') ?? [];
  }

  /** With `silent` nobody is asked anything: no connection means no models. */
  async provideLanguageModelChatInformation(
    options: vscode.PrepareLanguageModelChatModelOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelChatInformation[]> {
    const { session, models, log } = this.services;
    if (!(await session.settled()) && !options.silent) {
      await runForPerson('bedrock.connection.select');
    }
    const connection = session.current;
    if (!connection || token.isCancellationRequested) return [];
    try {
      // What has just been listed stands, failed or not: `refresh` follows every list.
      const known = models.known(connection);
      const { catalogue } = known?.isFresh ? known : await models.fresh(connection);
      if (catalogue.errors.models) throw catalogue.errors.models;
      return catalogue.models.flatMap((model) => toInformation(model, connection.region) ?? []);
    } catch (error) {
      if (isCancelled(error)) return [];
      if (!options.silent) throw error;
      log.warn('the models for chat could not be listed', { error });
      return [];
    }
  }

  async provideLanguageModelChatResponse(
    model: vscode.LanguageModelChatInformation,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    options: vscode.ProvideLanguageModelChatResponseOptions,
    progress: vscode.Progress<vscode.LanguageModelResponsePart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const names = new ToolNames();
    const request = toConverseRequest(
      {
        modelId: model.id,
        messages: toChatMessages(messages),
        tools: (options.tools ?? []).map(toChatTool),
        mustCallTool: options.toolMode === vscode.LanguageModelChatToolMode.Required,
      },
      names,
    );
    const problem = chatProblem(request, this.disabledRules());
    if (problem !== undefined) throw new AppError('invalidInput', problem);
    const { runtime } = await this.services.session.aws();
    const calls = new Map<number, { id: string; name: string; json: string }>();
    for await (const event of runtime.converseStream(request, signalFrom(token))) {
      if (event.type === 'text') progress.report(new vscode.LanguageModelTextPart(event.text));
      else if (event.type === 'blockStart' && event.start.type === 'toolUse') {
        const { toolUseId, name } = event.start;
        calls.set(event.index, { id: toolUseId, name: names.fromWire(name), json: '' });
      } else if (event.type === 'toolInput') {
        const call = calls.get(event.index);
        if (call) call.json += event.json;
      } else if (event.type === 'blockStop') {
        const call = calls.get(event.index);
        if (call) progress.report(toCallPart(call));
        calls.delete(event.index);
      }
    }
  }

  /** An estimate: asking AWS for every piece of a prompt would be slow and count against quotas. */
  provideTokenCount(
    model: vscode.LanguageModelChatInformation,
    text: string | vscode.LanguageModelChatRequestMessage,
  ): Promise<number> {
    if (typeof text === 'string') return Promise.resolve(estimateTokens(text));
    const messages = toChatMessages([text]);
    const request = toConverseRequest({ modelId: model.id, messages }, new ToolNames());
    return Promise.resolve(estimateRequestTokens(request));
  }
}

/** A model as VS Code's picker shows it; undefined for one that cannot chat here. */
function toInformation(
  model: Model,
  region: string | undefined,
): vscode.LanguageModelChatInformation | undefined {
  const family = familyOf(model.id);
  const id = invocationId(model, region ?? '');
  const isChat = model.output.includes('TEXT') && !(family && isEmbedding(family));
  if (!id || !isChat || !model.streaming || isPastEndOfLife(model, new Date())) return undefined;
  return {
    id,
    name: model.name,
    family: family ?? model.provider,
    version: model.id,
    detail: model.provider,
    tooltip: vscode.l10n.t('{0} through Amazon Bedrock, billed by AWS', id),
    maxInputTokens: contextOf(model.id)?.input ?? assumedInputTokens,
    maxOutputTokens: outputLimit(model.id) ?? assumedOutputTokens,
    capabilities: {
      imageInput: model.input.includes('IMAGE'),
      toolCalling: !isRuledOut('no-tools', model.id),
    },
  };
}

function toChatTool(tool: vscode.LanguageModelChatTool): ChatTool {
  const { name, description, inputSchema } = tool;
  return {
    name,
    description,
    ...(inputSchema ? { inputSchema: inputSchema as JsonObject } : {}),
  };
}

function toCallPart(call: { id: string; name: string; json: string }) {
  try {
    const input = JSON.parse(call.json === '' ? '{}' : call.json) as object;
    return new vscode.LanguageModelToolCallPart(call.id, call.name, input);
  } catch (error) {
    throw new AppError(
      'invalidInput',
      vscode.l10n.t('The model called {0} with an input that is not JSON. Try again.', call.name),
      { cause: error },
    );
  }
}
