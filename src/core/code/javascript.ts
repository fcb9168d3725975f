import { printLiteral, type LiteralStyle } from './literal.js';
import { bodyValue, invokeOptions } from './nativeBody.js';
import { isConverseCall, type CodeCall, type CodePlace } from './requests.js';
import { indent, stringLiteral } from './text.js';

const style: LiteralStyle = {
  text: stringLiteral,
  nothing: 'null',
  flag: String,
  list: ['[', ']'],
  map: ['{ ', ' }'],
  entry: (name, value) => `${memberName(name)}: ${value}`,
  unit: '  ',
  bytes: (base64) => `Buffer.from(${stringLiteral(base64)}, "base64")`,
};

/** `__proto__` in an object literal would set the prototype instead of a member. */
function memberName(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

const reads: Readonly<Record<CodeCall['operation'], string>> = {
  Converse: `for (const block of response.output.message.content) {
  if ("text" in block) console.log(block.text);
  else if ("toolUse" in block) console.log(block.toolUse);
}`,
  ConverseStream: `for await (const event of response.stream) {
  process.stdout.write(event.contentBlockDelta?.delta?.text ?? "");
}
console.log();`,
  InvokeModel: 'console.log(new TextDecoder().decode(response.body));',
  InvokeModelWithResponseStream: `for await (const event of response.body) {
  console.log(new TextDecoder().decode(event.chunk.bytes));
}`,
};

/** The call as a JavaScript module for the AWS SDK v3. */
export function javascriptCode(call: CodeCall, place: CodePlace): string {
  const command = `${call.operation}Command`;
  const client = printLiteral(
    {
      region: place.region,
      ...(place.profile && { profile: place.profile }),
      ...(place.endpoint && { endpoint: place.endpoint }),
    },
    style,
  );
  return `import { BedrockRuntimeClient, ${command} } from "@aws-sdk/client-bedrock-runtime";

const client = new BedrockRuntimeClient(${client});

const response = await client.send(
  new ${command}(${indent(inputCode(call), '  ')}),
);

${reads[call.operation]}
`;
}

function inputCode(call: CodeCall): string {
  if (isConverseCall(call)) {
    return printLiteral(call.request, style, true);
  }
  const { request } = call;
  const value = bodyValue(request.body);
  const body =
    value === undefined
      ? stringLiteral(request.body)
      : `JSON.stringify(${printLiteral(value, style)})`;
  const members = [
    `modelId: ${stringLiteral(request.modelId)}`,
    `body: ${body}`,
    `contentType: ${stringLiteral(request.contentType ?? 'application/json')}`,
    `accept: ${stringLiteral(request.accept ?? 'application/json')}`,
    ...invokeOptions(request).map(([name, text]) => `${name}: ${stringLiteral(text)}`),
  ];
  return `{\n${members.map((line) => `  ${indent(line, '  ')},`).join('\n')}\n}`;
}
