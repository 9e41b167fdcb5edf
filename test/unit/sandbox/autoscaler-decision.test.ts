import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../src/sandbox/controllers/autoscaler-decision.ts';

describe('the decision of an autoscaler', () => {
  const limits = { min: 1, max: 10, scaleDownWindowMs: 1_000 };

  it('says when the highest recommendation will be too old', () => {
    const recent = [
      { atMs: 0, replicas: 5 },
      { atMs: 400, replicas: 2 },
    ];
    expect(decide(5, 2, recent, limits, 400)).toMatchObject({ replicas: 5, againInMs: 600 });
  });

  it.each([
    [0, 1],
    [4, 4],
    [20, 10],
  ])('of %i wanted pods makes %i', (wanted, made) => {
    expect(decide(1, wanted, [], limits, 0).replicas).toBe(made);
  });

  it('never holds growth back', () => {
    expect(decide(2, 6, [{ atMs: 0, replicas: 2 }], limits, 10).replicas).toBe(6);
  });
});
