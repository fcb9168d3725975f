import { goCode } from './go.js';
import { javaCode } from './java.js';
import { javascriptCode } from './javascript.js';
import { pythonCode } from './python.js';
import type { CodeCall, CodePlace } from './requests.js';
import { cliCode, curlCode } from './shell.js';

export type CodeLanguage = 'python' | 'javascript' | 'java' | 'go' | 'cli' | 'curl';

/** A language of "View code": its name for people and VS Code's language id. */
export interface CodeLanguageInfo {
  readonly id: CodeLanguage;
  readonly label: string;
  readonly languageId: string;
}

/** In the order of the picker. */
export const codeLanguages: readonly CodeLanguageInfo[] = [
  { id: 'python', label: 'Python (boto3)', languageId: 'python' },
  { id: 'javascript', label: 'JavaScript (SDK v3)', languageId: 'javascript' },
  { id: 'java', label: 'Java (SDK 2.x)', languageId: 'java' },
  { id: 'go', label: 'Go (SDK v2)', languageId: 'go' },
  { id: 'cli', label: 'AWS CLI', languageId: 'shellscript' },
  { id: 'curl', label: 'curl (API key)', languageId: 'shellscript' },
];

const writers: Readonly<Record<CodeLanguage, (call: CodeCall, place: CodePlace) => string>> = {
  python: pythonCode,
  javascript: javascriptCode,
  java: javaCode,
  go: goCode,
  cli: cliCode,
  curl: curlCode,
};

/** A whole program that makes the call and prints the answer. It holds no keys. */
export function generateCode(language: CodeLanguage, call: CodeCall, place: CodePlace): string {
  return writers[language](call, place);
}
