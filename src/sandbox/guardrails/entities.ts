/** Two of the entity types have check digits, which keep order numbers from being taken for cards. */
interface EntityPattern {
  readonly pattern: RegExp;
  readonly isValid?: (match: string) => boolean;
}

/** Personal data the sandbox knows by its form; AWS's names and meanings of the types. */
const patterns: Readonly<Record<string, EntityPattern>> = {
  EMAIL: { pattern: /[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,4}/gi },
  URL: { pattern: /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/gi },
  IP_ADDRESS: {
    pattern: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g,
    isValid: (match) => match.split('.').every((part) => Number(part) <= 255),
  },
  MAC_ADDRESS: { pattern: /\b[\da-f]{2}(?:[:-][\da-f]{2}){5}\b/gi },
  CREDIT_DEBIT_CARD_NUMBER: { pattern: /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g, isValid: isLuhn },
  US_SOCIAL_SECURITY_NUMBER: { pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g },
  PHONE: {
    pattern: /(?<![\w.])(?:\+\d{1,3}[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]\d{3}[ .-]\d{4}(?!\d)/g,
  },
  AWS_ACCESS_KEY: { pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  AWS_SECRET_KEY: { pattern: /(?<![\w/+=])(?=[\w/+]*\d)(?=[\w/+]*[A-Z])[\w/+]{40}(?![\w/+=])/g },
  INTERNATIONAL_BANK_ACCOUNT_NUMBER: {
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b/g,
  },
  UK_NATIONAL_INSURANCE_NUMBER: { pattern: /\b[A-CEGHJ-PR-TW-Z]{2}(?: ?\d{2}){3} ?[A-D]\b/g },
  VEHICLE_IDENTIFICATION_NUMBER: { pattern: /\b(?=[A-Z]*\d)[A-HJ-NPR-Z\d]{17}\b/g },
  PASSWORD: { pattern: /(?<=\bpassword(?: is|:)\s)\S+/gi },
  PIN: { pattern: /(?<=\bPIN(?: is|:)?\s)\d{4,6}\b/gi },
  USERNAME: { pattern: /(?<=\busername(?: is|:)\s)\S+/gi },
  NAME: { pattern: /(?<=\b[Mm]y name is )\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?/gu },
  AGE: { pattern: /\b\d{1,3} years old\b/gi },
};

/** The sum of a card number's digits, every second doubled, ends in 0. */
function isLuhn(match: string): boolean {
  const digits = (match.match(/\d/g) ?? []).reverse().map(Number);
  const sum = digits.reduce((total, digit, at) => {
    const value = at % 2 === 0 ? digit : digit * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits.length >= 13 && sum % 10 === 0;
}

/** The texts of a type of personal data, each once; none for a type the sandbox cannot tell. */
export function entitiesIn(type: string, text: string): string[] {
  const known = patterns[type];
  if (known === undefined) return [];
  return distinct(text, known.pattern).filter((match) => known.isValid?.(match) !== false);
}

/** The matches of a pattern, each once and none of them empty. */
export function distinct(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].map(([match]) => match);
  return [...new Set(found)].filter((match) => match !== '');
}
