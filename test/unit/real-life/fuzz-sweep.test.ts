import { describe, expect, it } from '@jest/globals';
import { fuzzManifests } from './fuzz.ts';

const seed = Number(process.env.STREAMGATE_FUZZ_SEED ?? 20_261_126);
const cases = Number(process.env.STREAMGATE_FUZZ_CASES ?? 10_000);

describe('manifests broken in ten thousand ways', () => {
  it('are planned or refused in words, each through the cluster, which sees no write', async () => {
    const { outcomes, planned, bases } = await fuzzManifests({ seed, cases, plans: cases });
    outcomes.print(`${cases} manifests of seed ${seed}, made of ${bases} valid ones:`);
    expect(bases).toBeGreaterThanOrEqual(50);
    expect(planned).toBeGreaterThanOrEqual(0.3 * cases);
    expect(outcomes.get('found')).toBe(0);
    expect(outcomes.get('planned')).toBeGreaterThanOrEqual(0.3 * cases);
  }, 900_000);
});
