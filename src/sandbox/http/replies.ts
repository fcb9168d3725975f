import type { WireResponse } from './wire.js';

/** A JSON answer of the REST-JSON services. */
export function jsonReply(body: unknown, status = 200): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** An XML answer of S3, STS and IAM. */
export function xmlReply(body: string, status = 200, type = 'application/xml'): WireResponse {
  return {
    status,
    headers: { 'content-type': type },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

export function emptyReply(status: number, headers: Record<string, string> = {}): WireResponse {
  return { status, headers };
}

/** Text made safe for an XML element; characters XML 1.0 cannot hold become a reference, as S3 does. */
export function escapeXml(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it is to find
  return text.replace(/[&<>"'\u0000-\u001f]/g, (char) => {
    const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }[char];
    return named ?? `&#x${char.charCodeAt(0).toString(16)};`;
  });
}

/** `<name>text</name>`, or nothing for undefined. */
export function xmlElement(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;
}
