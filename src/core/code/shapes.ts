/**
 * The shapes of a Converse request, for languages whose SDK wants a class for each.
 * `S` string, `E:Name` enum, `I` integer, `F` float, `B` boolean, `D` document (free JSON), `X` bytes,
 * another name is a shape, `[…]` a list. Source: botocore's bedrock-runtime service model, 2023-09-30.
 */
export interface Shape {
  readonly isUnion?: boolean;
  readonly members: Readonly<Record<string, string>>;
}

const media = { format: 'E:ImageFormat', source: 'ImageSource' };
const place = { documentIndex: 'I', start: 'I', end: 'I' };

/** By name; a member that is missing here is left out of the code with a comment. */
export const shapes: Readonly<Record<string, Shape>> = {
  ConverseRequest: {
    members: {
      modelId: 'S',
      messages: '[Message]',
      system: '[SystemContentBlock]',
      inferenceConfig: 'InferenceConfiguration',
      toolConfig: 'ToolConfiguration',
      guardrailConfig: 'GuardrailConfiguration',
      additionalModelRequestFields: 'D',
      promptVariables: '{PromptVariableValues}',
      performanceConfig: 'PerformanceConfiguration',
      serviceTier: 'ServiceTier',
      outputConfig: 'OutputConfig',
    },
  },
  Message: { members: { role: 'E:ConversationRole', content: '[ContentBlock]' } },
  ContentBlock: {
    isUnion: true,
    members: {
      text: 'S',
      image: 'ImageBlock',
      document: 'DocumentBlock',
      toolUse: 'ToolUseBlock',
      toolResult: 'ToolResultBlock',
      cachePoint: 'CachePointBlock',
      reasoningContent: 'ReasoningContentBlock',
      citationsContent: 'CitationsContentBlock',
    },
  },
  ImageBlock: { members: media },
  ImageSource: { isUnion: true, members: { bytes: 'X' } },
  DocumentBlock: {
    members: {
      format: 'E:DocumentFormat',
      name: 'S',
      source: 'DocumentSource',
      citations: 'CitationsConfig',
    },
  },
  DocumentSource: { isUnion: true, members: { bytes: 'X' } },
  CitationsConfig: { members: { enabled: 'B' } },
  ToolUseBlock: { members: { toolUseId: 'S', name: 'S', input: 'D', type: 'E:ToolUseType' } },
  ToolResultBlock: {
    members: {
      toolUseId: 'S',
      content: '[ToolResultContentBlock]',
      status: 'E:ToolResultStatus',
    },
  },
  ToolResultContentBlock: {
    isUnion: true,
    members: { json: 'D', text: 'S', image: 'ImageBlock', document: 'DocumentBlock' },
  },
  CachePointBlock: { members: { type: 'E:CachePointType', ttl: 'E:CacheTTL' } },
  ReasoningContentBlock: {
    isUnion: true,
    members: { reasoningText: 'ReasoningTextBlock', redactedContent: 'X' },
  },
  ReasoningTextBlock: { members: { text: 'S', signature: 'S' } },
  CitationsContentBlock: {
    members: { content: '[CitationGeneratedContent]', citations: '[Citation]' },
  },
  CitationGeneratedContent: { isUnion: true, members: { text: 'S' } },
  Citation: {
    members: {
      title: 'S',
      source: 'S',
      sourceContent: '[CitationSourceContent]',
      location: 'CitationLocation',
    },
  },
  CitationSourceContent: { isUnion: true, members: { text: 'S' } },
  CitationLocation: {
    isUnion: true,
    members: {
      web: 'WebLocation',
      documentChar: 'DocumentCharLocation',
      documentPage: 'DocumentPageLocation',
      documentChunk: 'DocumentChunkLocation',
      searchResultLocation: 'SearchResultLocation',
    },
  },
  WebLocation: { members: { url: 'S', domain: 'S' } },
  DocumentCharLocation: { members: place },
  DocumentPageLocation: { members: place },
  DocumentChunkLocation: { members: place },
  SearchResultLocation: { members: { searchResultIndex: 'I', start: 'I', end: 'I' } },
  SystemContentBlock: { isUnion: true, members: { text: 'S', cachePoint: 'CachePointBlock' } },
  InferenceConfiguration: {
    members: { maxTokens: 'I', temperature: 'F', topP: 'F', stopSequences: '[S]' },
  },
  ToolConfiguration: { members: { tools: '[Tool]', toolChoice: 'ToolChoice' } },
  Tool: {
    isUnion: true,
    members: { toolSpec: 'ToolSpecification', cachePoint: 'CachePointBlock' },
  },
  ToolSpecification: { members: { name: 'S', description: 'S', inputSchema: 'ToolInputSchema' } },
  ToolInputSchema: { isUnion: true, members: { json: 'D' } },
  ToolChoice: {
    isUnion: true,
    members: { auto: 'AutoToolChoice', any: 'AnyToolChoice', tool: 'SpecificToolChoice' },
  },
  AutoToolChoice: { members: {} },
  AnyToolChoice: { members: {} },
  SpecificToolChoice: { members: { name: 'S' } },
  GuardrailConfiguration: {
    members: { guardrailIdentifier: 'S', guardrailVersion: 'S', trace: 'E:GuardrailTrace' },
  },
  GuardrailStreamConfiguration: {
    members: {
      guardrailIdentifier: 'S',
      guardrailVersion: 'S',
      trace: 'E:GuardrailTrace',
      streamProcessingMode: 'E:GuardrailStreamProcessingMode',
    },
  },
  PromptVariableValues: { isUnion: true, members: { text: 'S' } },
  PerformanceConfiguration: { members: { latency: 'E:PerformanceConfigLatency' } },
  ServiceTier: { members: { type: 'E:ServiceTierType' } },
  OutputConfig: { members: { textFormat: 'OutputFormat', effort: 'S' } },
  OutputFormat: { members: { type: 'E:OutputFormatType', structure: 'OutputFormatStructure' } },
  OutputFormatStructure: { isUnion: true, members: { jsonSchema: 'JsonSchemaDefinition' } },
  JsonSchemaDefinition: { members: { schema: 'S', name: 'S', description: 'S' } },
};

/** One value with its kind, on the way into code. */
export interface Typed {
  readonly kind: string;
  readonly value: unknown;
}

/** The members of a shape's value that the shape knows, in the value's order. */
export function typedMembers(shape: string, value: unknown, isStream: boolean): [string, Typed][] {
  const known = shapes[shape]?.members ?? {};
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([name, member]) => {
    const kind = known[name];
    if (kind === undefined || member === undefined) return [];
    const isGuard = isStream && kind === 'GuardrailConfiguration';
    const exact = isGuard ? 'GuardrailStreamConfiguration' : kind;
    return [[name, { kind: exact, value: member }] as [string, Typed]];
  });
}

/** The kind inside `[…]` or `{…}`; undefined for others. */
export function innerKind(kind: string, open: '[' | '{'): string | undefined {
  return kind.startsWith(open) ? kind.slice(1, -1) : undefined;
}
