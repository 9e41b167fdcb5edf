import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../base/index.ts';

/** No vowels and no look-alikes, so that no name spells a word. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** `shop-7c9f` → `shop-7c9f-x2x8k`. */
export function withRandomSuffix(base: string): string {
  return `${base.slice(0, 57)}-${encode(randomBytes(5))}`;
}

/** The label that tells the pods of one template from those of another. */
export function templateHash(template: unknown, collisions: number): string {
  return encode(
    createHash('sha256')
      .update(`${canonicalJson(template)}${collisions || ''}`)
      .digest()
      .subarray(0, 10),
  );
}

function encode(bytes: Uint8Array): string {
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
}
