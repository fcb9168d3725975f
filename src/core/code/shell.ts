import { invokeOptions } from './nativeBody.js';
import { converseMembers, isConverseCall, type CodeCall, type CodePlace } from './requests.js';
import { hereDocument, shellWord } from './text.js';

/**
 * The call for the AWS CLI, in a POSIX shell. The CLI has no streaming, so a streamed call becomes the
 * plain one.
 */
export function cliCode(call: CodeCall, { region, endpoint, profile }: CodePlace): string {
  const common = [
    `--region ${shellWord(region)}`,
    ...(endpoint ? [`--endpoint-url ${shellWord(endpoint)}`] : []),
    ...(profile ? [`--profile ${shellWord(profile)}`] : []),
  ];
  const isStream = call.operation.endsWith('Stream');
  const note = isStream ? '# The AWS CLI does not stream: the whole answer comes at once.\n' : '';
  if (isConverseCall(call)) {
    const json = JSON.stringify(withoutStreamMode(call.request), undefined, 2);
    const line = [
      'aws bedrock-runtime converse',
      ...common,
      '--cli-input-json file://request.json',
    ];
    return `${note}cat > request.json ${hereDocument(json)}\n\n${line.join(' \\\n  ')}\n`;
  }
  const { request } = call;
  const line = [
    'aws bedrock-runtime invoke-model',
    ...common,
    `--model-id ${shellWord(request.modelId)}`,
    '--body fileb://body.json',
    `--content-type ${shellWord(request.contentType ?? 'application/json')}`,
    `--accept ${shellWord(request.accept ?? 'application/json')}`,
    ...invokeOptions(request).map(([name, text]) => `${optionName(name)} ${shellWord(text)}`),
    'answer.json',
  ];
  const body = `cat > body.json ${hereDocument(request.body)}`;
  return `${note}${body}\n\n${line.join(' \\\n  ')}\n\ncat answer.json\n`;
}

/** `streamProcessingMode` exists for streams only. */
function withoutStreamMode<T extends { readonly guardrailConfig?: object }>(request: T): T {
  if (!request.guardrailConfig) return request;
  const guardrailConfig = { ...request.guardrailConfig, streamProcessingMode: undefined };
  return { ...request, guardrailConfig };
}

function optionName(member: string): string {
  return `--${member.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const paths: Readonly<Record<CodeCall['operation'], string>> = {
  Converse: 'converse',
  ConverseStream: 'converse-stream',
  InvokeModel: 'invoke',
  InvokeModelWithResponseStream: 'invoke-with-response-stream',
};

/** The call for curl with a Bedrock API key from AWS_BEARER_TOKEN_BEDROCK. */
export function curlCode(call: CodeCall, { region, endpoint }: CodePlace): string {
  const isStream = call.operation.endsWith('Stream');
  const { modelId } = call.request;
  const host = endpoint?.replace(/\/+$/, '') ?? `https://bedrock-runtime.${region}.amazonaws.com`;
  const url = `${host}/model/${encodeURIComponent(modelId)}/${paths[call.operation]}`;
  const headers = (
    isConverseCall(call)
      ? ['Content-Type: application/json']
      : nativeHeaders(call.request, isStream)
  ).map((header) => `--header ${shellWord(header)}`);
  const line = [
    isStream ? 'curl --silent --show-error --no-buffer' : 'curl --silent --show-error',
    shellWord(url),
    '--header "Authorization: Bearer $AWS_BEARER_TOKEN_BEDROCK"',
    ...headers,
    ...(isStream ? ['--output -'] : []),
  ];
  const note = isStream
    ? "# The answer is AWS's binary event stream: JSON events with binary frames around them.\n"
    : '';
  return `${note}${line.join(' \\\n  ')} \\\n  --data-binary @- ${hereDocument(bodyText(call))}\n`;
}

function bodyText(call: CodeCall): string {
  if (isConverseCall(call)) {
    return JSON.stringify(Object.fromEntries(converseMembers(call.request)), undefined, 2);
  }
  return call.request.body;
}

const headerNames: Readonly<Record<string, string>> = {
  guardrailIdentifier: 'X-Amzn-Bedrock-GuardrailIdentifier',
  guardrailVersion: 'X-Amzn-Bedrock-GuardrailVersion',
  trace: 'X-Amzn-Bedrock-Trace',
  performanceConfigLatency: 'X-Amzn-Bedrock-PerformanceConfig-Latency',
  serviceTier: 'X-Amzn-Bedrock-Service-Tier',
};

type Native = Parameters<typeof invokeOptions>[0];

function nativeHeaders(request: Native, isStream: boolean): string[] {
  const accept = request.accept ?? 'application/json';
  return [
    `Content-Type: ${request.contentType ?? 'application/json'}`,
    `${isStream ? 'X-Amzn-Bedrock-Accept' : 'Accept'}: ${accept}`,
    ...invokeOptions(request).map(([name, text]) => `${headerNames[name] ?? name}: ${text}`),
  ];
}
