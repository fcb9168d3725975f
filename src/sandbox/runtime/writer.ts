import type { ChatReply, ChatRequest, ChatTool, Responder, StopCause } from './chat.js';
import { fillSchema } from './fillSchema.js';
import { hashText, seededRandom } from './random.js';
import { countTokens, cutTokens } from './tokens.js';

/** The sandbox's own model: readable English about the prompt, the same for the same prompt. */
export const writeReply: Responder = (request) => Promise.resolve(replyTo(request));

/** Makes the reply to a prompt without waiting. */
export function replyTo(request: ChatRequest): ChatReply {
  const prompt = lastUserText(request);
  const random = seededRandom(hashText(`${request.system}\n${prompt}`));
  const inputTokens = countInput(request);
  const tool = chooseTool(request);
  if (tool !== undefined) return toolReply(tool, prompt, random, inputTokens);
  const reasoning = request.reasons ? thoughts(prompt) : undefined;
  const text =
    request.schema === undefined
      ? composeText(request, prompt, random)
      : JSON.stringify(fillSchema(request.schema, prompt, random));
  return finishReply(request, text, { reasoning, inputTokens });
}

/** Applies stop sequences and the token limit to a text, as a model would have ended there. */
export function finishReply(
  { maxTokens, stop }: ChatRequest,
  text: string,
  { reasoning, inputTokens }: { reasoning?: string | undefined; inputTokens: number },
): ChatReply {
  const thought = reasoning === undefined ? undefined : cutTokens(reasoning, maxTokens);
  const used = thought === undefined ? 0 : countTokens(thought);
  const ended = endAtSequence(text, stop);
  const shown = cutTokens(ended.text, Math.max(0, maxTokens - used));
  const isCut = shown.length < ended.text.length;
  const cause: StopCause = isCut ? 'length' : ended.sequence === undefined ? 'end' : 'stopSequence';
  return {
    text: shown,
    ...(thought === undefined ? {} : { reasoning: thought }),
    stop: cause,
    ...(isCut || ended.sequence === undefined ? {} : { stopSequence: ended.sequence }),
    inputTokens,
    outputTokens: used + countTokens(shown),
  };
}

function endAtSequence(text: string, stop: readonly string[]) {
  let best: { at: number; sequence: string } | undefined;
  for (const sequence of stop) {
    const at = sequence === '' ? -1 : text.indexOf(sequence);
    if (at >= 0 && (best === undefined || at < best.at)) best = { at, sequence };
  }
  return best === undefined
    ? { text, sequence: undefined }
    : { text: text.slice(0, best.at), sequence: best.sequence };
}

/** Tokens of the system text and all turns; an attachment counts as 85. */
export function countInput({ system, turns }: ChatRequest): number {
  let total = system === '' ? 0 : countTokens(system);
  for (const turn of turns) total += countTokens(turn.text) + turn.attachments * 85;
  return total;
}

function lastUserText({ turns }: ChatRequest): string {
  return turns.findLast((turn) => turn.role === 'user')?.text ?? '';
}

function chooseTool({ tools, toolChoice, turns }: ChatRequest): ChatTool | undefined {
  if (tools.length === 0 || toolChoice === 'none') return undefined;
  if (turns.at(-1)?.isToolResult === true) return undefined;
  if (toolChoice !== undefined && toolChoice !== 'any') {
    return tools.find((tool) => tool.name === toolChoice);
  }
  return tools[0];
}

function toolReply(
  tool: ChatTool,
  prompt: string,
  random: () => number,
  inputTokens: number,
): ChatReply {
  const input = fillSchema(tool.schema, prompt, random);
  const text = `I will use ${tool.name} to answer that.`;
  const id = `tooluse_${hashText(prompt + tool.name).toString(36)}${Math.floor(random() * 1e9).toString(36)}`;
  const outputTokens = countTokens(text) + countTokens(JSON.stringify(input));
  return { text, tool: { id, name: tool.name, input }, stop: 'tool', inputTokens, outputTokens };
}

function thoughts(prompt: string): string {
  return `The user writes: ${quote(prompt, 80)}. A short, direct answer that mentions it will do.`;
}

const openings = [
  'Here is a short answer about',
  'Thank you for asking about',
  'Let us look at',
  'In brief, on',
  'My view of',
] as const;

const middles = [
  'The main point is to start with the facts, keep them in order and say what is not known.',
  'Three things matter here: what is given, what is asked, and what would change the answer.',
  'It helps to take one step at a time and to check each result before the next.',
  'A simple example makes it clear, and a second one shows where the first stops being true.',
  'Most of the work is naming the parts well; the rest follows from that.',
] as const;

const closings = [
  'This reply was written by the sandbox, not by a model.',
  'Ask again with more detail to get a longer reply from the sandbox.',
  'The sandbox gives the same reply to the same prompt every time.',
  'On Amazon Bedrock a real model would answer at this place.',
] as const;

function composeText({ turns }: ChatRequest, prompt: string, random: () => number): string {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  const subject = prompt === '' ? 'your empty prompt' : quote(prompt, 160);
  const parts = [`${pick(openings)} ${subject}.`];
  const last = turns.at(-1);
  if (last?.isToolResult === true)
    parts.push('The tool has answered, and its result is used here.');
  const attachments = turns.reduce((sum, turn) => sum + turn.attachments, 0);
  if (attachments > 0) parts.push(`I received ${attachments} attachment(s) with it.`);
  parts.push(pick(middles));
  if (random() < 0.5) parts.push(pick(middles));
  parts.push(pick(closings));
  return parts.join(' ');
}

/** The prompt in quotes on one line, cut at a word. */
function quote(text: string, limit: number): string {
  const line = text
    .slice(0, limit * 2)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= limit) return `“${line}”`;
  return `“${line.slice(0, limit).replace(/\s+\S*$/, '')} …”`;
}
