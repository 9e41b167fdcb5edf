import type { Milliseconds } from '../base/index.ts';
import type { TrafficBin } from '../evidence/index.ts';
import type { RoleOf } from './attribute.ts';
import type { Answer } from './prober.ts';

const finestMs = 100;
const maxBins = 600;
const coarser: readonly Milliseconds[] = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** The finest step that needs at most 600 bins. */
function binWidth(durationMs: Milliseconds): Milliseconds {
  const needed = durationMs / (maxBins - 1);
  return coarser.find((step) => step >= needed) ?? Math.ceil(needed / 60_000) * 60_000;
}

/** Counts requests by when they ended. Each is counted once: under `failed`, or under the role that answered. */
export function binAnswers(
  answers: readonly Answer[],
  roleOf: RoleOf,
  startedAt: Milliseconds,
  durationMs: Milliseconds,
): { readonly bins: readonly TrafficBin[]; readonly binMs: Milliseconds } {
  const binMs = Math.max(finestMs, binWidth(durationMs));
  const counts = Array.from({ length: Math.floor(durationMs / binMs) + 1 }, (_, index) => ({
    offsetMs: index * binMs,
    stable: 0,
    candidate: 0,
    unknown: 0,
    failed: 0,
  }));
  for (const answer of answers) {
    const index = Math.floor((answer.doneAt - startedAt) / binMs);
    const bin = counts[Math.min(Math.max(0, index), counts.length - 1)];
    if (bin !== undefined) bin[answer.class === 'ok' ? roleOf(answer.version) : 'failed'] += 1;
  }
  return { bins: counts, binMs };
}
