/** Two halves of a 64-bit hash; filled in place, so that hashing allocates nothing. */
export interface Hash {
  low: number;
  high: number;
}

/** Hashes the bytes into `into`, as unsigned 32-bit halves. Not cryptographic: equal hashes are confirmed. */
export function hashBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  seed: number,
  into: Hash,
): void {
  let low = 0x811c9dc5 ^ seed;
  let high = 0x1b873593 ^ seed;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul((high ^ byte) + 0x5bd1, 0x85ebca6b);
  }
  into.low = finish(low ^ (end - start));
  into.high = finish(high);
}

/** MurmurHash3's last step: every input bit reaches every output bit. */
function finish(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
