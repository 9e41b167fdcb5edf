import { createContext, Script } from 'node:vm';
import { at, type Milliseconds } from '../base/index.ts';

/** Longest time that one expression may take on one text: meanwhile nothing else runs, and no lock is renewed. */
export const matchWithinMs: Milliseconds = 1_000;

const match = new Script('match()');

/** Whether the text matches; undefined when that was not found out in time. Some expressions take hours on a short text. */
export function matchInTime(rule: RegExp, text: string): boolean | undefined {
  const context = createContext({ match: () => rule.test(text) });
  try {
    return match.runInContext(context, { timeout: matchWithinMs }) === true;
  } catch (error) {
    if (at(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
