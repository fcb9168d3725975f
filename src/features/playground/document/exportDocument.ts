import { citationPlace } from '../../../core/answers/citationPlace.js';
import { joinTexts, turnText } from '../../../core/converse/conversation.js';
import type { Answer, Citation, Conversation, Turn } from '../../../core/converse/types.js';
import type { PlaygroundDocument } from './documentSchema.js';
import { documentTitle } from './newDocument.js';

/** The playground as Markdown for people. The form of its headings is fixed, so it is not translated. */
export function toMarkdown(document: PlaygroundDocument): string {
  const { lanes, verdicts } = document;
  const parts = [`# ${documentTitle(document) ?? 'Playground'}`];
  for (const lane of lanes) {
    parts.push(`## ${lane.modelId}`);
    if (lane.system.trim() !== '') parts.push(`**System**\n\n${lane.system}`);
    for (const turn of lane.turns) parts.push(turnMarkdown(turn, lane));
  }
  for (const [turnId, { winner, note }] of Object.entries(verdicts)) {
    const best = lanes.find(({ id }) => id === winner)?.modelId;
    const prompt = lanes[0]?.turns.find(({ id }) => id === turnId);
    const about = prompt ? turnText(prompt).split('\n')[0] : undefined;
    if (best !== undefined || note !== undefined) {
      parts.push([`> Verdict on "${about ?? ''}":`, best, note].filter(Boolean).join(' · '));
    }
  }
  return `${parts.join('\n\n')}\n`;
}

function turnMarkdown(turn: Turn, lane: Conversation): string {
  const who = turn.role === 'user' ? 'User' : (turn.answer?.modelId ?? lane.modelId);
  const content = turn.role === 'assistant' ? joinTexts(turn.content) : turn.content;
  const blocks = content.map((block) => {
    switch (block.type) {
      case 'text':
        return [block.text, ...sources(block.citations ?? [])].join('\n\n');
      case 'image':
        return `*(picture: ${block.name ?? block.format})*`;
      case 'document':
        return `*(document: ${block.name}.${block.format})*`;
      case 'reasoning':
        return block.text.replaceAll(/^/gm, '> ');
      default:
        return `\`\`\`json\n${JSON.stringify(block, undefined, 2)}\n\`\`\``;
    }
  });
  const facts = turn.answer ? [`*${answerFacts(turn.answer)}*`] : [];
  return [`### ${who}`, ...blocks, ...facts].join('\n\n');
}

/** A numbered list in one piece; nothing where nothing was cited. */
function sources(citations: readonly Citation[]): string[] {
  const lines = citations.map((citation, index) => {
    const { url } = citationPlace(citation);
    const name = citation.title ?? citation.source ?? url ?? 'Source';
    const quotes = citation.quotes.map((quote) => `\n   > ${quote.replaceAll('\n', '\n   > ')}`);
    return `${index + 1}. ${url === undefined ? name : `[${name}](${url})`}${quotes.join('\n')}`;
  });
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function answerFacts({ stopReason, status, usage, timing, error }: Answer): string {
  const count = (tokens: number | undefined) => tokens ?? 'unknown';
  return [
    error ? `failed: ${error.message}` : (stopReason ?? status),
    `in ${count(usage?.inputTokens)}`,
    `out ${count(usage?.outputTokens)}`,
    ...(timing?.totalMs === undefined ? [] : [`${Math.round(timing.totalMs)} ms`]),
  ].join(' · ');
}

/** The playground as JSON, attachments and all. */
export function toJson(document: PlaygroundDocument): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
