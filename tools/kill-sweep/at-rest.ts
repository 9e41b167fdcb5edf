import { setTimeout as pause } from 'node:timers/promises';
import type { Contestant, Standing } from './contestant.ts';

const lookEveryMs = 500;
/** In a row. */
const equalLooks = 3;

/** What stands there once nothing moves any more: pods that are told to go do not go at once, and proxies follow late. */
export async function atRest(app: Contestant): Promise<Standing> {
  let last = await app.standing();
  for (let equal = 1; equal < equalLooks; ) {
    await pause(lookEveryMs);
    const standing = await app.standing();
    equal = JSON.stringify(standing) === JSON.stringify(last) ? equal + 1 : 1;
    last = standing;
  }
  return last;
}
