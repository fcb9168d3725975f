/** Filled slots of a hundred at most, so that a search ends soon. */
const fullness = 0.75;

/** A set of texts by 64 bits of their hashes: eight bytes a slot, and no text is kept. */
export class HashSet {
  size = 0;
  private slots = new Uint32Array(2 * 1024);

  /** True where the text, or one of the same hash, was not there before. */
  add(text: string): boolean {
    let low = 0x811c9dc5;
    let high = 0x1b873593;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul((high ^ unit) + 0x5bd1, 0x85ebca6b);
    }
    // The low half must spread over all slots; zero marks an empty one.
    low = Math.imul(low ^ (low >>> 15) ^ high, 0x85ebca6b);
    low = (low ^ (low >>> 13)) >>> 0;
    if (!insert(this.slots, low, high >>> 0 || 1)) return false;
    this.size++;
    if (this.size * 2 > this.slots.length * fullness) this.grow();
    return true;
  }

  private grow(): void {
    const larger = new Uint32Array(this.slots.length * 2);
    for (let slot = 0; slot < this.slots.length; slot += 2) {
      const high = this.slots[slot + 1] as number;
      if (high !== 0) insert(larger, this.slots[slot] as number, high);
    }
    this.slots = larger;
  }
}

function insert(slots: Uint32Array, low: number, high: number): boolean {
  const mask = slots.length / 2 - 1;
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const there = slots[slot * 2 + 1];
    if (there === 0) {
      slots[slot * 2] = low;
      slots[slot * 2 + 1] = high;
      return true;
    }
    if (there === high && slots[slot * 2] === low) return false;
  }
}
