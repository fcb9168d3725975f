import type { TopicRule } from './guardrail.js';
import { findWord, meaningWords, shareFound } from './lexicon.js';

/**
 * True where a text is about a denied topic, by shared words: it names the topic, repeats most of an
 * example, or uses three words of the definition. AWS's models read the meaning instead.
 */
export function isOnTopic({ name, definition, examples = [] }: TopicRule, text: string): boolean {
  if (findWord(text, name) !== undefined) return true;
  const words = meaningWords(text);
  const isLike = (example: string) => {
    const wanted = meaningWords(example);
    return wanted.size >= 2 && shareFound(wanted, words) >= 0.6;
  };
  const inDefinition = [...meaningWords(definition)].filter((word) => words.has(word));
  return examples.some(isLike) || inDefinition.length >= 3;
}
