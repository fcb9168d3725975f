import { isConverseCall, type CodeCall, type CodePlace, type ConverseCall } from './requests.js';
import { innerKind, typedMembers, type Typed } from './shapes.js';
import { invokeOptions } from './nativeBody.js';
import { indent, javaString } from './text.js';

/** The call as a Java program for the AWS SDK 2.x (artifact software.amazon.awssdk:bedrockruntime). */
export function javaCode(call: CodeCall, place: CodePlace): string {
  const isStream = call.operation.endsWith('Stream');
  const client = isStream ? 'BedrockRuntimeAsyncClient' : 'BedrockRuntimeClient';
  const body = `${clientCode(client, place)}\n\n${isConverseCall(call) ? converseCode(call) : invokeCode(call)}`;
  const imports = importsOf(body);
  return `${imports.map((name) => `import ${name};`).join('\n')}

public class BedrockExample {
    public static void main(String[] args) {
        ${indent(body, '        ')}
    }
}
`;
}

const runtime = 'software.amazon.awssdk.services.bedrockruntime';
const importable: readonly [RegExp, string][] = [
  [/\bBase64\./, 'java.util.Base64'],
  [/\bList\./, 'java.util.List'],
  [/\bMap\.(?:of|entry)/, 'java.util.Map'],
  [
    /\bProfileCredentialsProvider\b/,
    'software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider',
  ],
  [/\bSdkBytes\b/, 'software.amazon.awssdk.core.SdkBytes'],
  [/\bDocument\.(?:from|map|list)/, 'software.amazon.awssdk.core.document.Document'],
  [/\bRegion\b/, 'software.amazon.awssdk.regions.Region'],
  [/\bBedrockRuntimeAsyncClient\b/, `${runtime}.BedrockRuntimeAsyncClient`],
  [/\bBedrockRuntimeClient\b/, `${runtime}.BedrockRuntimeClient`],
  [/./, `${runtime}.model.*`],
  [/\bURI\./, 'java.net.URI'],
];

function importsOf(body: string): string[] {
  return importable
    .filter(([pattern]) => pattern.test(body))
    .map(([, name]) => name)
    .sort();
}

function clientCode(client: string, { region, endpoint, profile }: CodePlace): string {
  return [
    `var client = ${client}.builder()`,
    `    .region(Region.of(${javaString(region)}))`,
    ...(endpoint ? [`    .endpointOverride(URI.create(${javaString(endpoint)}))`] : []),
    ...(profile
      ? [`    .credentialsProvider(ProfileCredentialsProvider.create(${javaString(profile)}))`]
      : []),
    '    .build();',
  ].join('\n');
}

function converseCode({ operation, request }: ConverseCall): string {
  const isStream = operation === 'ConverseStream';
  const kind = `${operation}Request`;
  const built = buildShape(kind, typedMembers('ConverseRequest', request, isStream), isStream);
  if (!isStream) {
    return `var response = client.converse(${built});

for (var block : response.output().message().content()) {
    if (block.text() != null) System.out.println(block.text());
    else if (block.toolUse() != null) System.out.println(block.toolUse());
}`;
  }
  return `var handler = ConverseStreamResponseHandler.builder()
    .subscriber(ConverseStreamResponseHandler.Visitor.builder()
        .onContentBlockDelta(event -> {
            if (event.delta().text() != null) System.out.print(event.delta().text());
        })
        .build())
    .build();

client.converseStream(${built}, handler).join();
System.out.println();`;
}

function invokeCode({ operation, request }: Exclude<CodeCall, ConverseCall>): string {
  const lines = [
    `${operation}Request.builder()`,
    `    .modelId(${javaString(request.modelId)})`,
    `    .body(SdkBytes.fromUtf8String(${javaString(request.body)}))`,
    `    .contentType(${javaString(request.contentType ?? 'application/json')})`,
    `    .accept(${javaString(request.accept ?? 'application/json')})`,
    ...invokeOptions(request).map(([name, text]) => `    .${name}(${javaString(text)})`),
    '    .build()',
  ].join('\n');
  if (operation === 'InvokeModel') {
    return `var response = client.invokeModel(${lines});\n\nSystem.out.println(response.body().asUtf8String());`;
  }
  return `var handler = InvokeModelWithResponseStreamResponseHandler.builder()
    .subscriber(InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
        .onChunk(chunk -> System.out.println(chunk.bytes().asUtf8String()))
        .build())
    .build();

client.invokeModelWithResponseStream(${lines}, handler).join();`;
}

function buildShape(kind: string, members: readonly [string, Typed][], isStream: boolean): string {
  const calls = members.map(([name, typed]) => `.${name}(${code(typed, isStream)})`);
  const line = `${kind}.builder()${calls.join('')}.build()`;
  if (line.length <= 76 && !line.includes('\n')) return line;
  return [`${kind}.builder()`, ...calls, '.build()'].map((at) => indent(at, '    ')).join('\n    ');
}

function code({ kind, value }: Typed, isStream: boolean): string {
  const item = innerKind(kind, '[');
  if (item !== undefined) {
    const list = (value as unknown[]).map((one) => code({ kind: item, value: one }, isStream));
    return `List.of(${separate(list)})`;
  }
  const member = innerKind(kind, '{');
  if (member !== undefined) {
    const entries = Object.entries(value as object).map(
      ([name, one]) =>
        `Map.entry(${javaString(name)}, ${code({ kind: member, value: one }, isStream)})`,
    );
    return `Map.ofEntries(${separate(entries)})`;
  }
  if (kind === 'S' || kind.startsWith('E:')) return javaString(String(value));
  if (kind === 'F') return `${String(value)}f`;
  if (kind === 'I' || kind === 'B') return String(value);
  if (kind === 'X') {
    return `SdkBytes.fromByteArray(Base64.getDecoder().decode(${javaString(String(value))}))`;
  }
  if (kind === 'D') return documentCode(value);
  return buildShape(kind, typedMembers(kind, value, isStream), isStream);
}

function separate(items: readonly string[]): string {
  const line = items.join(', ');
  if (line.length <= 60 && !line.includes('\n')) return line;
  return `\n    ${items.map((one) => indent(one, '    ')).join(',\n    ')}`;
}

/** Free JSON as Java's Document. */
function documentCode(value: unknown): string {
  if (value === null || value === undefined) return 'Document.fromNull()';
  if (typeof value === 'string') return `Document.fromString(${javaString(value)})`;
  if (typeof value === 'boolean') return `Document.fromBoolean(${String(value)})`;
  if (typeof value === 'number') return `Document.fromNumber("${String(value)}")`;
  if (Array.isArray(value))
    return `Document.fromList(List.of(${separate(value.map(documentCode))}))`;
  const entries = Object.entries(value).map(
    ([name, one]) => `Map.entry(${javaString(name)}, ${documentCode(one)})`,
  );
  return `Document.fromMap(Map.ofEntries(${separate(entries)}))`;
}
