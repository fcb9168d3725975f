import assert from 'node:assert/strict';
import ts from 'typescript';
import { collectStrings, bundlePath } from '../tools/l10n.js';
import { filesBelow, readJson, readText } from '../support/repository.js';

/** The sandbox speaks AWS's English; pages are given their words by the extension. */
const isTranslated = (path: string) => !/^src\/(sandbox|webviews|rpc\/client\.ts)/.test(path);

/** A cancelled action is silent: nobody reads this one. */
const unread = 'Cancelled.';

/** The messages in a file that an AppError is given as plain English: `path:line text`. */
function plainMessages(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visitMessage = (node: ts.Expression): void => {
    if (ts.isConditionalExpression(node)) {
      visitMessage(node.whenTrue);
      visitMessage(node.whenFalse);
    } else if (ts.isBinaryExpression(node)) {
      visitMessage(node.left);
      visitMessage(node.right);
    } else if (ts.isParenthesizedExpression(node)) visitMessage(node.expression);
    else if (hasWords(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${path}:${line + 1} ${node.getText(file)}`);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(file) === 'AppError') {
      const message = node.arguments?.[1];
      if (message) visitMessage(message);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A text or a template with letters of its own; `${a}: ${b}` has none. */
function hasWords(node: ts.Expression): boolean {
  if (ts.isStringLiteralLike(node)) return node.text !== unread && /\p{L}/u.test(node.text);
  if (!ts.isTemplateExpression(node)) return false;
  const own = [node.head, ...node.templateSpans.map((span) => span.literal)];
  return own.some((part) => /\p{L}/u.test(part.text));
}

describe('localisation', () => {
  it('the bundle has the strings of the code (npm run l10n writes it)', async function () {
    this.timeout(60_000);
    assert.deepEqual(readJson(bundlePath), await collectStrings());
  });

  it('no AppError has a message that cannot be translated', () => {
    const paths = filesBelow('src', '.ts').filter(isTranslated);
    assert.deepEqual(
      paths.flatMap((path) => plainMessages(path, readText(path))),
      [],
    );
  });

  it('notices each form of a plain message', () => {
    const forms = [
      "new AppError('quota', 'Full.')",
      "new AppError('quota', `Full: ${name}`, {})",
      "new AppError('quota', isFull ? 'Full.' : l10n.t('Empty.'))",
      "new AppError('quota', said ?? 'Full.')",
    ];
    for (const form of forms) assert.equal(plainMessages('a.ts', form).length, 1, form);
  });

  it('takes translated, unread and passed-on messages', () => {
    const forms = [
      "new AppError('quota', l10n.t('Full: {0}', name))",
      "new AppError('quota', vscode.l10n.t('Full.'))",
      "new AppError('cancelled', 'Cancelled.')",
      "new AppError('quota', `${field}: ${message}`)",
      "new AppError('quota', message ?? '')",
    ];
    for (const form of forms) assert.deepEqual(plainMessages('a.ts', form), []);
  });
});
