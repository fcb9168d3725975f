import { signal } from '@preact/signals';
import { attachmentBlock, attachmentLimits, base64Bytes } from '../../core/converse/attachments.js';
import type { Block } from '../../core/converse/types.js';
import { fill, host, strings } from './page.js';
import { notice, reportProblem } from './store.js';

/** Files that go with the next prompt. */
export const attachments = signal<readonly Block[]>([]);

/** Takes files that were pasted or dropped. */
export async function addFiles(files: readonly File[]): Promise<void> {
  for (const file of files) add(file.name, await toBase64(file));
}

/** Takes files the editor knows: dragged from the Explorer. */
export function addUris(uris: readonly string[]): void {
  host.readFiles({ uris: [...uris] }).then(addRead, reportProblem);
}

/** Asks for files with the editor's own dialog. */
export function chooseFiles(): void {
  host.pickFiles(undefined).then(addRead, reportProblem);
}

export function removeAttachment(index: number): void {
  attachments.value = attachments.value.filter((_block, at) => at !== index);
}

function addRead(files: readonly { readonly name: string; readonly base64: string }[]): void {
  for (const { name, base64 } of files) add(name, base64);
}

function add(name: string, base64: string): void {
  const block = attachmentBlock(name, base64);
  const problem = block ? limitProblem(block, name) : fill(strings.wrongFile, name);
  if (problem !== undefined) notice.value = problem;
  else if (block) attachments.value = [...attachments.value, block];
}

/** What AWS would refuse, said at once instead of after the upload. */
function limitProblem(block: Block, name: string): string | undefined {
  const isImage = block.type === 'image';
  if (!isImage && block.type !== 'document') return undefined;
  const most = isImage ? attachmentLimits.imagesPerMessage : attachmentLimits.documentsPerMessage;
  const same = attachments.value.filter(({ type }) => type === block.type).length;
  if (same >= most) {
    return fill(isImage ? strings.tooManyImages : strings.tooManyDocuments, most);
  }
  const limit = isImage ? attachmentLimits.imageBytes : attachmentLimits.documentBytes;
  if (base64Bytes(block.base64) <= limit) return undefined;
  return fill(strings.tooLarge, name, limit / 1024 / 1024);
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error(file.name));
    };
    reader.readAsDataURL(file);
  });
}
