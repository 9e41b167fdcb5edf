/** Random choices that are the same for the same seed, on every machine. */
export interface Dice {
  /** Whole, from 0 up to but not including `end`. */
  below(end: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  pickFrom<T>(items: readonly T[]): T | undefined;
}

/** Marsaglia's xorshift on 32 bits (Xorshift RNGs, 2003): short, and good enough to choose what to break. */
export function rollDice(seed: number): Dice {
  // Zero is the one state that it never leaves.
  let state = seed >>> 0 || 0x9e3779b9;
  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  }
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)] ?? items[0],
    pickFrom: (items) => items[below(items.length)],
  };
}
