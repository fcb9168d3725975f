const backslash = 0x5c;
const space = 0x20;

/**
 * True for the contents of a JSON string in which no character is above U+0020: empty, white space, or
 * control characters in escapes. Stops at the first visible one, so that it costs next to nothing.
 */
export function isBlankText(bytes: Uint8Array, start: number, end: number): boolean {
  let here = start;
  while (here < end) {
    const byte = bytes[here] as number;
    if (byte === backslash) {
      const after = afterBlankEscape(bytes, here);
      if (after < 0) return false;
      here = after;
    } else if (byte > space) return false;
    else here++;
  }
  return true;
}

/** The index after an escape of a character up to U+0020, or -1. */
function afterBlankEscape(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1] as number;
  // b, f, n, r and t.
  if ([0x62, 0x66, 0x6e, 0x72, 0x74].includes(letter)) return at + 2;
  if (letter !== 0x75) return -1;
  const digits = String.fromCharCode(...bytes.subarray(at + 2, at + 6));
  return Number.parseInt(digits, 16) <= space ? at + 6 : -1;
}
