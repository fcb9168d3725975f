import type { InvokeRequest } from '../converse/runtimeApi.js';
import { printLiteral, type LiteralStyle } from './literal.js';
import { bodyValue, invokeOptions } from './nativeBody.js';
import { converseMembers, isConverseCall, type CodeCall, type CodePlace } from './requests.js';
import { indent, stringLiteral } from './text.js';

const style: LiteralStyle = {
  text: stringLiteral,
  nothing: 'None',
  flag: (value) => (value ? 'True' : 'False'),
  list: ['[', ']'],
  map: ['{', '}'],
  entry: (name, value) => `${stringLiteral(name)}: ${value}`,
  unit: '    ',
  bytes: (base64) => `base64.b64decode(${stringLiteral(base64)})`,
};

/** The call as a Python program for boto3. */
export function pythonCode(call: CodeCall, place: CodePlace): string {
  const [method, read] = parts[call.operation];
  const members = isConverseCall(call)
    ? converseArguments(call.request)
    : invokeArguments(call.request);
  const source = `response = client.${method}(\n${members.map((line) => `    ${indent(line, '    ')},`).join('\n')}\n)`;
  const imports = ['boto3'];
  if (source.includes('base64.b64decode(')) imports.unshift('base64');
  if (source.includes('json.dumps(') || read.includes('json.')) imports.push('json');
  return [
    imports
      .sort()
      .map((name) => `import ${name}`)
      .join('\n'),
    clientCode(place),
    source,
    `${read}\n`,
  ].join('\n\n');
}

const parts: Readonly<Record<CodeCall['operation'], readonly [method: string, read: string]>> = {
  Converse: [
    'converse',
    `for block in response["output"]["message"]["content"]:
    if "text" in block:
        print(block["text"])
    elif "toolUse" in block:
        print(block["toolUse"])`,
  ],
  ConverseStream: [
    'converse_stream',
    `for event in response["stream"]:
    delta = event.get("contentBlockDelta", {}).get("delta", {})
    print(delta.get("text", ""), end="", flush=True)
print()`,
  ],
  InvokeModel: ['invoke_model', 'print(response["body"].read().decode("utf-8"))'],
  InvokeModelWithResponseStream: [
    'invoke_model_with_response_stream',
    `for event in response["body"]:
    print(event["chunk"]["bytes"].decode("utf-8"))`,
  ],
};

function clientCode({ region, endpoint, profile }: CodePlace): string {
  const given = [
    '"bedrock-runtime"',
    `region_name=${stringLiteral(region)}`,
    ...(endpoint ? [`endpoint_url=${stringLiteral(endpoint)}`] : []),
  ].join(', ');
  if (!profile) return `client = boto3.client(${given})`;
  return `session = boto3.Session(profile_name=${stringLiteral(profile)})\nclient = session.client(${given})`;
}

function converseArguments(request: Parameters<typeof converseMembers>[0]): string[] {
  return [
    `modelId=${stringLiteral(request.modelId)}`,
    ...converseMembers(request).map(
      ([name, value]) =>
        `${name}=${printLiteral(value, style, name !== 'additionalModelRequestFields')}`,
    ),
  ];
}

function invokeArguments(request: InvokeRequest): string[] {
  const value = bodyValue(request.body);
  const body =
    value === undefined
      ? `${stringLiteral(request.body)}.encode("utf-8")`
      : `json.dumps(${printLiteral(value, style)})`;
  return [
    `modelId=${stringLiteral(request.modelId)}`,
    `body=${body}`,
    `contentType=${stringLiteral(request.contentType ?? 'application/json')}`,
    `accept=${stringLiteral(request.accept ?? 'application/json')}`,
    ...invokeOptions(request).map(([name, text]) => `${name}=${stringLiteral(text)}`),
  ];
}
