import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { ChatMessage, ChatPart } from '../../core/converse/chatRequest.js';
import type { JsonValue } from '../../core/converse/types.js';

/** `LanguageModelDataPart`: in VS Code since 1.105, so it is told by its form. */
const dataPart = z.object({ mimeType: z.string(), data: z.instanceof(Uint8Array) });

/** VS Code's messages as plain data. Parts of a kind we do not know are left out. */
export function toChatMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
): ChatMessage[] {
  return messages.map((message) => ({
    role: roleOf(message.role),
    parts: message.content.flatMap((part) => toChatPart(part) ?? []),
  }));
}

function roleOf(role: number): ChatMessage['role'] {
  const { User, Assistant } = vscode.LanguageModelChatMessageRole;
  const roles: Readonly<Record<number, ChatMessage['role']>> = {
    [User]: 'user',
    [Assistant]: 'assistant',
  };
  // A third role, System, is a proposal of VS Code: it may come and is not in its types.
  return roles[role] ?? 'system';
}

function toChatPart(part: unknown): ChatPart | undefined {
  if (part instanceof vscode.LanguageModelTextPart) return { type: 'text', text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart) {
    const { callId, name, input } = part;
    return { type: 'toolCall', id: callId, name, input: input as JsonValue };
  }
  if (part instanceof vscode.LanguageModelToolResultPart) {
    const content = part.content.flatMap((inner) => toChatPart(inner) ?? asText(inner));
    return { type: 'toolResult', id: part.callId, content };
  }
  const data = dataPart.safeParse(part);
  if (!data.success) return undefined;
  const { mimeType } = data.data;
  const bytes = Buffer.from(data.data.data);
  if (mimeType.startsWith('image/')) {
    return { type: 'image', mimeType, base64: bytes.toString('base64') };
  }
  return mimeType.startsWith('text/') || mimeType.includes('json')
    ? { type: 'text', text: bytes.toString('utf8') }
    : undefined;
}

/** What else a tool gives back (a prompt element, an object) as JSON text. */
function asText(value: unknown): ChatPart[] {
  if (value === undefined || value === null) return [];
  return [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }];
}
