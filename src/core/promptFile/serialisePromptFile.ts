import { Document, isMap, parseDocument, Scalar, visit } from 'yaml';
import type { Conversation, Settings } from '../converse/types.js';
import { jsonForYaml } from './conversationOf.js';
import { frontMatterKeys } from './frontMatter.js';
import { findFences } from './parsePromptFile.js';
import { writeSections } from './sections.js';

/** A prompt file's text, and what of the conversation a file of text cannot hold. */
export interface SerialisedPrompt {
  readonly text: string;
  /** Kinds of blocks that were left out: `image`, `document`, `toolUse` … each once. */
  readonly lost: readonly string[];
}

/**
 * The conversation as a prompt file. With the file's earlier text, comments, unknown keys and the order
 * of keys are kept. Line ends become `\n`; answers' usage and timing are not part of a prompt.
 */
export function serialisePromptFile(
  conversation: Conversation,
  previous?: string,
): SerialisedPrompt {
  const isShortSystem = conversation.system !== '' && !/[\n\r]/.test(conversation.system);
  const front = frontMatterOf(conversation, isShortSystem);
  const lost = new Set<string>();
  const sections = [
    ...(conversation.system === '' || isShortSystem
      ? []
      : [{ role: 'system' as const, text: conversation.system }]),
    ...conversation.turns.flatMap(({ role, content }) => {
      for (const { type } of content) if (type !== 'text') lost.add(type);
      const texts = content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
      return texts.length === 0 ? [] : [{ role, text: texts.join('\n') }];
    }),
  ];
  const yaml = writeFrontMatter(front, previous);
  return { text: `---\n${yaml}---\n${writeSections(sections)}`, lost: [...lost] };
}

function frontMatterOf(
  { title, modelId, system, variables, settings }: Conversation,
  isShortSystem: boolean,
): Record<string, unknown> {
  const front = {
    title,
    model: modelId === '' ? undefined : modelId,
    system: isShortSystem ? system : undefined,
    parameters: orNothing(settings.parameters),
    variables: orNothing(variables),
    ...settingsOf(settings),
  };
  return Object.fromEntries(Object.entries(front).filter(([, value]) => value !== undefined));
}

function settingsOf(settings: Settings): Record<string, unknown> {
  const { tools, toolChoice, structuredOutput, additionalFields, guardrail } = settings;
  const { serviceTier, latency, effort, caching, isStreaming } = settings;
  return {
    tools: tools?.map((tool) => ({ ...tool, inputSchema: jsonForYaml(tool.inputSchema) })),
    toolChoice: toolChoice?.type === 'tool' ? { tool: toolChoice.name } : toolChoice?.type,
    structuredOutput: structuredOutput && {
      ...structuredOutput,
      schema: jsonForYaml(structuredOutput.schema),
    },
    additionalFields: additionalFields === undefined ? undefined : jsonForYaml(additionalFields),
    // The name is for people in the playground; what counts is the id.
    guardrail: guardrail && { ...guardrail, name: undefined },
    serviceTier,
    latency,
    effort,
    caching,
    streaming: isStreaming ? undefined : false,
  };
}

function orNothing<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

/** The YAML with a line end, empty where there is nothing to say. */
function writeFrontMatter(front: Record<string, unknown>, previous: string | undefined): string {
  const document = previousDocument(previous) ?? new Document({});
  const before = (document.toJS() ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(frontMatterKeys)) {
    const value = front[key];
    if (value === undefined) document.delete(key);
    else if (JSON.stringify(before[key]) !== JSON.stringify(value))
      document.set(key, quoted(document, value));
  }
  if (isMap(document.contents) && document.contents.items.length === 0) return '';
  return document.toString({ lineWidth: 0 });
}

/** Texts whose blank ends or lines a YAML block would lose, in quotes. */
function quoted(document: Document, value: unknown): unknown {
  const node = document.createNode(value);
  visit(node, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && /^\s|[ \t]\n|\n\s*$|\t/.test(scalar.value)) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return node;
}

function previousDocument(file: string | undefined) {
  if (file === undefined) return undefined;
  const { found, start, end } = findFences(file);
  const document = found ? parseDocument(file.slice(start, end)) : undefined;
  const isUsable = document?.errors.length === 0 && isMap(document.contents);
  return isUsable ? document : undefined;
}
