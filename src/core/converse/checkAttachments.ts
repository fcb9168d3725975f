import * as l10n from '@vscode/l10n';
import { formatBytes } from '../format.js';
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
    found.push(
      l10n.t('A message takes at most 20 images; this one has {0}. Remove some.', images.length),
    );
  }
  if (documents.length > limits.documentsPerMessage) {
    found.push(
      l10n.t(
        'A message takes at most 5 documents; this one has {0}. Remove some.',
        documents.length,
      ),
    );
  }
  for (const { name = l10n.t('An image'), base64 } of images) {
    const bytes = base64Bytes(base64);
    if (bytes > limits.imageBytes) {
      found.push(
        l10n.t('{0} has {1}; the limit is 3.75 MB. Make it smaller.', name, formatBytes(bytes)),
      );
    }
  }
  for (const document of documents) found.push(...documentMessages(document, seen));
  const hasText = content.some((block) => block.type === 'text' && block.text.trim() !== '');
  if (documents.length > 0 && !hasText) {
    found.push(l10n.t('A document needs a text beside it. Write what to do with it.'));
  }
  return found;
}

function documentMessages({ name, base64 }: DocumentBlock, seen: Set<string>): string[] {
  const found: string[] = [];
  const bytes = base64Bytes(base64);
  if (bytes > limits.documentBytes) {
    found.push(l10n.t('"{0}" has {1}; the limit is 4.5 MB. Split it.', name, formatBytes(bytes)));
  }
  if (!isDocumentName(name)) {
    found.push(
      l10n.t(
        'The document name "{0}" is not allowed. Use A-Z, a-z, 0-9, single spaces, -, () and [].',
        name,
      ),
    );
  }
  if (seen.has(name)) found.push(l10n.t('Two documents are called "{0}". Rename one.', name));
  seen.add(name);
  return found;
}
