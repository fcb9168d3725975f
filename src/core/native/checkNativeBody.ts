import * as l10n from '@vscode/l10n';
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { checkJson, type JsonFinding } from '../json/jsonSchema.js';
import { checkFindings } from '../models/bodies/checkFindings.js';
import { faultText } from '../models/bodies/faultWords.js';
import type { Finding } from '../models/bodies/finding.js';
import { isObject } from '../models/bodies/json.js';
import { bodyOf } from '../models/bodies/registry.js';
import type { BodyForm } from '../models/bodies/types.js';
import { familyOf } from '../models/families.js';
import type { RuleSubject } from '../models/rules/rule.js';

/**
 * What is wrong with the text of a native body, in place: broken JSON, what does not fit the family, and
 * what the model is known to refuse. Of an unknown family only the JSON is looked at.
 */
export async function checkNativeBody(text: string, subject: RuleSubject): Promise<JsonFinding[]> {
  const broken = await checkJson(text, { type: 'object' });
  const family = familyOf(subject.modelId ?? '');
  if (broken.length > 0 || !family) return broken;
  const body: unknown = JSON.parse(text);
  const root = parseTree(text);
  if (!isObject(body) || !root) return broken;
  const form = bodyOf(family);
  return checkFindings(body, form, subject).flatMap((finding) => placed(finding, form, root));
}

function placed(finding: Finding, form: BodyForm, root: Node): JsonFinding[] {
  const { path, fault, severity } = finding;
  const value = findNodeAtLocation(root, [...path]) ?? root;
  // A wrong name is marked at the name, an absent one at the brace it is missing behind.
  const node = fault.kind === 'extra' ? (value.parent?.children?.[0] ?? value) : value;
  const isOwner = fault.kind === 'missing' || fault.kind === 'oneOf' || fault.kind === 'union';
  const place = {
    start: node.offset,
    end: node.offset + (isOwner ? 1 : node.length),
    // A miss of the description is a warning, as VS Code shows one of a schema: nothing stops the sending.
    severity: fault.kind === 'rule' ? severity : ('warning' as const),
  };
  if (fault.kind === 'missing') {
    return fault.names.map((name) => ({
      ...place,
      message: l10n.t('Missing property "{0}". {1} needs it.', name, form.name()),
    }));
  }
  const message = faultText(finding, { name: form.name(), body: l10n.t('The body') });
  return [{ ...place, message }];
}
