import { printLiteral, type LiteralStyle } from './literal.js';
import { invokeOptions } from './nativeBody.js';
import { isConverseCall, type CodeCall, type CodePlace, type ConverseCall } from './requests.js';
import { innerKind, shapes, typedMembers, type Typed } from './shapes.js';
import { goString, indent } from './text.js';

const documentStyle: LiteralStyle = {
  text: goString,
  nothing: 'nil',
  flag: String,
  list: ['[]any{', '}'],
  map: ['map[string]any{', '}'],
  entry: (name, value) => `${goString(name)}: ${value}`,
  unit: '\t',
  bytes: (base64) => `mustDecode(${goString(base64)})`,
};

/** The call as a Go program for the AWS SDK v2. */
export function goCode(call: CodeCall, place: CodePlace): string {
  const body = isConverseCall(call) ? converseCode(call) : invokeCode(call);
  const main = `${clientCode(place)}\n\n${body}`;
  const names = importsOf(main);
  const lines = (isSdk: boolean) =>
    names.filter((name) => name.startsWith(sdk) === isSdk).map((name) => `\t"${name}"`);
  const helper = main.includes('mustDecode(')
    ? `\nfunc mustDecode(text string) []byte {\n\tdata, err := base64.StdEncoding.DecodeString(text)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\treturn data\n}\n`
    : '';
  return `package main

import (
${[...lines(false), '', ...lines(true)].join('\n')}
)

func main() {
	${indent(main, '\t')}
}
${helper}`;
}

const sdk = 'github.com/aws/aws-sdk-go-v2';
const importable: readonly [RegExp, string][] = [
  [/\bcontext\./, 'context'],
  [/\bmustDecode\(/, 'encoding/base64'],
  [/\bfmt\./, 'fmt'],
  [/\blog\./, 'log'],
  [/\baws\./, `${sdk}/aws`],
  [/\bconfig\./, `${sdk}/config`],
  [/\bbedrockruntime\./, `${sdk}/service/bedrockruntime`],
  [/\bdocument\./, `${sdk}/service/bedrockruntime/document`],
  [/\btypes\./, `${sdk}/service/bedrockruntime/types`],
];

/** Only what the code names outside its strings: Go refuses an import that is not used. */
function importsOf(code: string): string[] {
  const bare = code.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return importable.filter(([pattern]) => pattern.test(bare)).map(([, name]) => name);
}

function clientCode({ region, endpoint, profile }: CodePlace): string {
  const options = [
    `config.WithRegion(${goString(region)})`,
    ...(profile ? [`config.WithSharedConfigProfile(${goString(profile)})`] : []),
  ].join(', ');
  const client = endpoint
    ? `client := bedrockruntime.NewFromConfig(cfg, func(o *bedrockruntime.Options) {
	o.BaseEndpoint = aws.String(${goString(endpoint)})
})`
    : 'client := bedrockruntime.NewFromConfig(cfg)';
  return `ctx := context.Background()
cfg, err := config.LoadDefaultConfig(ctx, ${options})
if err != nil {
	log.Fatal(err)
}
${client}`;
}

const failed = 'if err != nil {\n\tlog.Fatal(err)\n}';

function converseCode({ operation, request }: ConverseCall): string {
  const isStream = operation === 'ConverseStream';
  const fields = structFields(typedMembers('ConverseRequest', request, isStream), isStream);
  const input = `&bedrockruntime.${operation}Input${braces(fields)}`;
  const start = `response, err := client.${operation}(ctx, ${input})\n${failed}`;
  if (!isStream) {
    return `${start}

if message, ok := response.Output.(*types.ConverseOutputMemberMessage); ok {
	for _, block := range message.Value.Content {
		switch block := block.(type) {
		case *types.ContentBlockMemberText:
			fmt.Println(block.Value)
		case *types.ContentBlockMemberToolUse:
			fmt.Println(*block.Value.Name, block.Value.Input)
		}
	}
}`;
  }
  return `${start}

stream := response.GetStream()
defer stream.Close()
for event := range stream.Events() {
	if delta, ok := event.(*types.ConverseStreamOutputMemberContentBlockDelta); ok {
		if text, ok := delta.Value.Delta.(*types.ContentBlockDeltaMemberText); ok {
			fmt.Print(text.Value)
		}
	}
}
if err := stream.Err(); err != nil {
	log.Fatal(err)
}
fmt.Println()`;
}

const optionKinds: Readonly<Record<string, string>> = {
  trace: 'types.Trace',
  performanceConfigLatency: 'types.PerformanceConfigLatency',
  serviceTier: 'types.ServiceTierType',
};

function invokeCode({ operation, request }: Exclude<CodeCall, ConverseCall>): string {
  const option = ([name, text]: [string, string]) => {
    const kind = optionKinds[name] ?? 'aws.String';
    return `${exported(name)}: ${kind}(${goString(text)})`;
  };
  const fields = [
    `ModelId: aws.String(${goString(request.modelId)})`,
    `Body: []byte(${goString(request.body)})`,
    `ContentType: aws.String(${goString(request.contentType ?? 'application/json')})`,
    `Accept: aws.String(${goString(request.accept ?? 'application/json')})`,
    ...invokeOptions(request).map(option),
  ];
  const start = `response, err := client.${operation}(ctx, &bedrockruntime.${operation}Input${braces(fields)})\n${failed}`;
  if (operation === 'InvokeModel') return `${start}\n\nfmt.Println(string(response.Body))`;
  return `${start}

stream := response.GetStream()
defer stream.Close()
for event := range stream.Events() {
	if chunk, ok := event.(*types.ResponseStreamMemberChunk); ok {
		fmt.Println(string(chunk.Value.Bytes))
	}
}
if err := stream.Err(); err != nil {
	log.Fatal(err)
}`;
}

function exported(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function braces(fields: readonly string[]): string {
  if (fields.length === 0) return '{}';
  const line = `{${fields.join(', ')}}`;
  if (line.length <= 60 && !line.includes('\n')) return line;
  return `{\n${fields.map((field) => `\t${indent(field, '\t')},`).join('\n')}\n}`;
}

function structFields(members: readonly [string, Typed][], isStream: boolean): string[] {
  return members.map(([name, typed]) => `${exported(name)}: ${field(typed, isStream)}`);
}

/** A value as the field of a struct: strings, numbers and structs are pointers there. */
function field(typed: Typed, isStream: boolean): string {
  const { kind } = typed;
  const code = element(typed, isStream);
  if (kind === 'S') return `aws.String(${code})`;
  if (kind === 'I') return `aws.Int32(${code})`;
  if (kind === 'F') return `aws.Float32(${code})`;
  if (kind === 'B') return `aws.Bool(${code})`;
  const shape = shapes[kind];
  return shape && !shape.isUnion ? `&${code}` : code;
}

/** A value as the element of a list or the value of a union. */
function element({ kind, value }: Typed, isStream: boolean): string {
  const item = innerKind(kind, '[');
  if (item !== undefined) {
    const items = (value as unknown[]).map((one) => element({ kind: item, value: one }, isStream));
    return `[]${item === 'S' ? 'string' : `types.${item}`}${braces(items)}`;
  }
  const member = innerKind(kind, '{');
  if (member !== undefined) {
    const entries = Object.entries(value as object).map(
      ([name, one]) => `${goString(name)}: ${element({ kind: member, value: one }, isStream)}`,
    );
    return `map[string]types.${member}${braces(entries)}`;
  }
  if (kind === 'S') return goString(String(value));
  if (kind.startsWith('E:')) return `types.${kind.slice(2)}(${goString(String(value))})`;
  if (kind === 'I' || kind === 'F' || kind === 'B') return String(value);
  if (kind === 'X') return `mustDecode(${goString(String(value))})`;
  if (kind === 'D') return `document.NewLazyDocument(${printLiteral(value, documentStyle)})`;
  const members = typedMembers(kind, value, isStream);
  if (!shapes[kind]?.isUnion) return `types.${kind}${braces(structFields(members, isStream))}`;
  const [given] = members;
  if (!given) return 'nil';
  const [name, inner] = given;
  return `&types.${kind}Member${exported(name)}${braces([`Value: ${element(inner, isStream)}`])}`;
}
