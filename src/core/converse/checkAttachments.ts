import { formatBytes } from '../text.js';
import { attachmentLimits as limits, base64Bytes, isDocumentName } from './attachments.js';
import type { ConversationProblem, DocumentBlock, ImageBlock, Turn } from './types.js';

/** Images and documents over a limit, badly named, or without a text beside them. */
export function attachmentProblems(turns: readonly Turn[]): ConversationProblem[] {
  const seen = new Set<string>();
  return turns
    .filter(({ role }) => role === 'user')
    .flatMap((turn) =>
      turnMessages(turn, seen).map((message): ConversationProblem => ({
        severity: 'error',
        where: 'turns',
        turnId: turn.id,
        message,
      })),
    );
}

function turnMessages({ content }: Turn, seen: Set<string>): string[] {
  const images = content.filter((block): block is ImageBlock => block.type === 'image');
  const documents = content.filter((block): block is DocumentBlock => block.type === 'document');
  const found: string[] = [];
  if (images.length > limits.imagesPerMessage) {
    found.push(`A message takes at most 20 images; this one has ${images.length}. Remove some.`);
  }
  if (documents.length > limits.documentsPerMessage) {
    found.push(
      `A message takes at most 5 documents; this one has ${documents.length}. Remove some.`,
    );
  }
  for (const { name = 'An image', base64 } of images) {
    const bytes = base64Bytes(base64);
    if (bytes > limits.imageBytes) {
      found.push(`${name} has ${formatBytes(bytes)}; the limit is 3.75 MB. Make it smaller.`);
    }
  }
  for (const document of documents) found.push(...documentMessages(document, seen));
  const hasText = content.some((block) => block.type === 'text' && block.text.trim() !== '');
  if (documents.length > 0 && !hasText) {
    found.push('A document needs a text beside it. Write what to do with it.');
  }
  return found;
}

function documentMessages({ name, base64 }: DocumentBlock, seen: Set<string>): string[] {
  const found: string[] = [];
  const bytes = base64Bytes(base64);
  if (bytes > limits.documentBytes) {
    found.push(`"${name}" has ${formatBytes(bytes)}; the limit is 4.5 MB. Split it.`);
  }
  if (!isDocumentName(name)) {
    const rule = 'letters, digits, single spaces, hyphens, () and [], at most 200';
    found.push(`The document name "${name}" is not allowed. Use ${rule}.`);
  }
  if (seen.has(name)) found.push(`Two documents are called "${name}". Rename one.`);
  seen.add(name);
  return found;
}
