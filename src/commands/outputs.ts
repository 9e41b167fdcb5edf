import type { Outcome } from '../evidence/index.ts';

/** Outputs that several commands share. `verdict`, `outcome` and `reason` are set on every path, errors included. */
export const verdict = {
  description:
    '`pass`, `fail`, `inconclusive` (too little data) or `invalid` (the check itself cannot be trusted).',
  example: 'pass',
} as const;

/** `outcome` of one command: the words that it may end with, the usual one first. */
export function outcome(usual: Outcome, ...others: readonly Outcome[]) {
  const words = [usual, ...others].map((word) => `\`${word}\``).join(', ');
  return { description: `How it ended, in one word; one of ${words}.`, example: usual };
}

export const reason = { description: 'Why, in one sentence.' } as const;

export const durationSeconds = {
  kind: 'number',
  description: 'How long it took, in seconds.',
  example: '42.7',
} as const;

export const requests = {
  kind: 'number',
  description: 'Requests that were sent to the entry point; empty when loss was not measured.',
  example: '4210',
} as const;

export const failedRequests = {
  kind: 'number',
  description: 'How many of them failed, attributable to the new version or to the switch.',
  example: '0',
} as const;

export const evidence = { description: 'Path of the evidence, one JSON document.' } as const;
export const report = { description: 'Path of the report, one self-contained HTML page.' } as const;

export const release = {
  description: 'Id of the release; a later step continues it, a person finds it by it.',
  example: 'shop-7-tp4gvb',
} as const;

export const activeSlot = {
  description: 'Slot that takes the traffic now: `blue` or `green`.',
  example: 'green',
} as const;
