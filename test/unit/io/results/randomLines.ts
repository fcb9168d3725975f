import type { Random } from '../../node/lines/randomJson.js';
import { randomJson } from '../../node/lines/randomJson.js';

const members = ['recordId', 'modelInput', 'modelOutput', 'error', 'other', 'r\\u0065cordId'];
const endings = ['\n', '\n', '\n', '\r\n', ' \n', '\n\n', '\n \t\r\n'];
const broken = [
  '{"recordId":"a"',
  'no JSON',
  '[1]',
  '{"a":1,}',
  '"text"',
  '{"recordId":"a"} x',
  '{',
];

/** A file of output lines: any members in any order, some twice, broken, blank or ended otherwise. */
export function randomFile(random: Random, lines: number): Buffer {
  const parts: string[] = random.below(3) === 0 ? ['\ufeff'] : [];
  for (let line = 0; line < lines; line++) {
    const isBroken = random.below(12) === 0;
    parts.push(isBroken ? random.pick(broken) : randomLine(random), random.pick(endings));
  }
  const file = Buffer.from(parts.join(''));
  // Cut off anywhere, as where a download was killed.
  return random.below(2) === 0 ? file : file.subarray(0, file.length - random.below(40));
}

function randomLine(random: Random): string {
  const texts = Array.from({ length: random.below(6) }, () => {
    const name = random.pick(members);
    return `"${name}"${random.pick([':', ' : '])}${valueOf(name, random)}`;
  });
  return `{${texts.join(random.pick([',', ', ', ' ,\t']))}}`;
}

function valueOf(name: string, random: Random): string {
  if (name.endsWith('Id') && random.below(4) > 0) return `"${randomId(random)}"`;
  if (name === 'error' && random.below(3) > 0) {
    return `{"errorCode":${random.pick(['400', '429', '"x"', '5e2'])},"errorMessage":"{ no ]"}`;
  }
  return randomJson(random);
}

/** Few ids, so that some come twice, in a spelling of JSON. */
export function randomId(random: Random): string {
  return random.pick(['', 'a-', 'é', 'caf\\u00e9 ', '\\"', '{[']) + String(random.below(9));
}
