import type { Block, DocumentFormat, ImageFormat } from './types.js';

/**
 * What one Converse message may carry.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
 */
export const attachmentLimits = {
  imagesPerMessage: 20,
  imageBytes: 3.75 * 1024 * 1024,
  /** Width and height. */
  imagePixels: 8000,
  documentsPerMessage: 5,
  documentBytes: 4.5 * 1024 * 1024,
  documentNameLength: 200,
} as const;

const images: Readonly<Record<string, ImageFormat>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
};

const documents: Readonly<Record<string, DocumentFormat>> = {
  pdf: 'pdf',
  csv: 'csv',
  doc: 'doc',
  docx: 'docx',
  xls: 'xls',
  xlsx: 'xlsx',
  html: 'html',
  htm: 'html',
  txt: 'txt',
  md: 'md',
  markdown: 'md',
};

/** How many bytes a base64 text stands for. */
export function base64Bytes(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
}

/** Endings the file picker offers, without the dot. */
export const attachmentEndings = {
  images: Object.keys(images),
  documents: Object.keys(documents),
} as const;

/**
 * A picked, pasted or dropped file as a block; undefined where Converse takes no such file. A document gets
 * a name that is not among those `taken`: Converse refuses two of one name.
 */
export function attachmentBlock(
  fileName: string,
  base64: string,
  taken: readonly string[] = [],
): Block | undefined {
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  const image = images[ending];
  if (image) return { type: 'image', format: image, base64, name: fileName };
  const format = documents[ending];
  if (!format) return undefined;
  const stem = fileName.slice(0, -(ending.length + 1));
  return { type: 'document', format, name: freeName(documentName(stem), taken), base64 };
}

/** A name Converse accepts: letters, digits, single spaces, hyphens, () and [], at most 200. */
export function documentName(wanted: string): string {
  const clean = wanted
    .normalize('NFKD')
    .replaceAll(/[^a-zA-Z0-9\-()[\] ]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, attachmentLimits.documentNameLength)
    .trim();
  return clean === '' ? 'Document' : clean;
}

/** The name, with a number where it is taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number++) {
    const mark = ` (${number})`;
    name = `${wanted.slice(0, attachmentLimits.documentNameLength - mark.length)}${mark}`;
  }
  return name;
}

/** The names of the documents in blocks. */
export function documentNames(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.type === 'document' ? [block.name] : []));
}

/** True for a name Converse accepts. */
export function isDocumentName(name: string): boolean {
  return (
    name.length >= 1 &&
    name.length <= attachmentLimits.documentNameLength &&
    /^[a-zA-Z0-9\-()[\] ]+$/.test(name) &&
    !name.includes('  ')
  );
}
