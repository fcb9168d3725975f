import * as l10n from '@vscode/l10n';
import { formatBytes } from '../format.js';
import {
  attachmentLimits as limits,
  base64Bytes,
  documentNames,
  isDocumentName,
} from './attachments.js';
import type { ConversationProblem, DocumentBlock, ImageBlock, Turn } from './types.js';

/** Images and documents over a limit, badly named, or without a text beside them. */
export function attachmentProblems(turns: readonly Turn[]): ConversationProblem[] {
  const seen = new Set<string>();
  return turns
    .filter(({ role }) => role === 'user')
    .flatMap((turn) => [
      ...turnMessages(turn).map((message) => found('error', turn, message)),
      ...sameNames(turn, seen).map((name) =>
        found(
          'warning',
          turn,
          l10n.t(
            'Two documents are called "{0}". One is sent with a number behind its name.',
            name,
          ),
        ),
      ),
    ]);
}

function found(
  severity: ConversationProblem['severity'],
  { id: turnId }: Turn,
  message: string,
): ConversationProblem {
  return { severity, where: 'turns', turnId, message };
}

function sameNames({ content }: Turn, seen: Set<string>): string[] {
  return documentNames(content).filter((name) => {
    const isTaken = seen.has(name);
    seen.add(name);
    return isTaken;
  });
}

function turnMessages({ content }: Turn): string[] {
  const images = content.filter((block): block is ImageBlock => block.type === 'image');
  const documents = content.filter((block): block is DocumentBlock => block.type === 'document');
  const messages: string[] = [];
  if (images.length > limits.imagesPerMessage) {
    messages.push(
      l10n.t('A message takes at most 20 images; this one has {0}. Remove some.', images.length),
    );
  }
  if (documents.length > limits.documentsPerMessage) {
    messages.push(
      l10n.t(
        'A message takes at most 5 documents; this one has {0}. Remove some.',
        documents.length,
      ),
    );
  }
  for (const { name = l10n.t('An image'), base64 } of images) {
    const bytes = base64Bytes(base64);
    if (bytes > limits.imageBytes) {
      messages.push(
        l10n.t('{0} has {1}; the limit is 3.75 MB. Make it smaller.', name, formatBytes(bytes)),
      );
    }
  }
  for (const document of documents) messages.push(...documentMessages(document));
  const hasText = content.some((block) => block.type === 'text' && block.text.trim() !== '');
  if (documents.length > 0 && !hasText) {
    messages.push(l10n.t('A document needs a text beside it. Write what to do with it.'));
  }
  return messages;
}

function documentMessages({ name, base64 }: DocumentBlock): string[] {
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
  return found;
}
