/** Pieces of at most six letters or digits, or one other character, each with the space before it. */
const piece = /\s*(?:[\p{L}\p{N}]{1,6}|[^\s\p{L}\p{N}])/gu;

/** How many tokens the sandbox counts in a text; the same text always counts the same. */
export function countTokens(text: string): number {
  return text.match(piece)?.length ?? 0;
}

/** The text cut after `limit` tokens. */
export function cutTokens(text: string, limit: number): string {
  const pieces = text.match(piece) ?? [];
  return pieces.length <= limit ? text : pieces.slice(0, limit).join('');
}

/** Splits a text into the runs a stream sends: a few tokens each. */
export function streamPieces(text: string, tokensEach = 3): string[] {
  const pieces = text.match(piece) ?? [];
  const rest = text.slice(pieces.join('').length);
  const runs: string[] = [];
  for (let at = 0; at < pieces.length; at += tokensEach) {
    runs.push(pieces.slice(at, at + tokensEach).join(''));
  }
  if (rest !== '') runs.push(rest);
  return runs;
}
