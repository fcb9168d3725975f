import type { Failure } from '../../../core/errors.js';
import { signal } from '@preact/signals';
import {
  attachmentBlock,
  attachmentLimits,
  base64Bytes,
  documentNames,
} from '../../../core/converse/attachments.js';
import type { Block } from '../../../core/converse/types.js';
import { fill } from '../../kit/page.js';
import { host, strings } from '../page.js';
import { factsOf, lanes, notice, reportProblem } from '../store.js';

/** Files that go with the next prompt. */
export const attachments = signal<readonly Block[]>([]);

/** Takes files that were pasted or dropped. */
export async function addFiles(files: readonly File[]): Promise<void> {
  for (const file of files) {
    // Before it is read: a dropped film would fill the memory.
    const isHuge =
      file.size > Math.max(attachmentLimits.imageBytes, attachmentLimits.documentBytes);
    if (isHuge) notice.value = refused(tooLarge(file.name));
    else await add(file.name, await toBase64(file));
  }
}

/** Takes files the editor knows: dragged from the Explorer. */
export function addUris(uris: readonly string[]): void {
  host
    .readFiles({ uris: [...uris] })
    .then(addRead)
    .catch(reportProblem);
}

/** Asks for files with the editor's own dialog. */
export function chooseFiles(): void {
  host.pickFiles(undefined).then(addRead).catch(reportProblem);
}

export function removeAttachment(index: number): void {
  attachments.value = attachments.value.filter((_block, at) => at !== index);
}

async function addRead(
  files: readonly { readonly name: string; readonly base64: string }[],
): Promise<void> {
  for (const { name, base64 } of files) await add(name, base64);
}

async function add(name: string, base64: string): Promise<void> {
  const block = attachmentBlock(name, base64, takenNames());
  const problem = block
    ? (limitProblem(block, name) ?? (await pictureProblem(block, name)))
    : fill(strings.wrongFile, name);
  if (problem !== undefined) notice.value = refused(problem);
  else if (block) attachments.value = [...attachments.value, block];
}

/** Names of the documents that are attached or were sent before. */
function takenNames(): string[] {
  const sent = lanes.value.flatMap(({ turns }) => turns.flatMap(({ content }) => content));
  return documentNames([...attachments.value, ...sent]);
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
  return base64Bytes(block.base64) > limit ? tooLarge(name) : undefined;
}

function tooLarge(name: string): string {
  const isImage = attachmentBlock(name, '')?.type === 'image';
  const limit = isImage ? attachmentLimits.imageBytes : attachmentLimits.documentBytes;
  return fill(strings.tooLarge, name, limit / 1024 / 1024);
}

/** Pictures have limits of their own: of their pixels, and of the models that look at them. */
async function pictureProblem(block: Block, name: string): Promise<string | undefined> {
  if (block.type !== 'image') return undefined;
  const blind = lanes.value
    .map(({ modelId }) => factsOf(modelId))
    .find((facts) => facts?.input?.includes('IMAGE') === false);
  if (blind) return fill(strings.takesNoPictures, blind.name);
  const bytes = Uint8Array.from(atob(block.base64), (char) => char.charCodeAt(0));
  try {
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const { width, height } = bitmap;
    // Up to 256 MB that would otherwise wait for the garbage collector.
    bitmap.close();
    const most = attachmentLimits.imagePixels;
    return Math.max(width, height) > most ? fill(strings.tooManyPixels, name, most) : undefined;
  } catch {
    // The browser's own words would not help: the file is no picture, or broken.
    return fill(strings.brokenPicture, name);
  }
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

function refused(message: string): Failure {
  return { kind: 'invalidInput', message };
}
