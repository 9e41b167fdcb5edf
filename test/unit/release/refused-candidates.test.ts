import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunRequest, RunResult } from '../../../src/release/index.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { listObjects } from '../../support/object-list.ts';
import {
  fakeWitness,
  fixedGate,
  type Knobs,
  type Lab,
  manifests,
  manifestsFor,
  openLab,
} from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const bad: Knobs = { VERSION: 'v2' };

interface Refusal {
  readonly what: string;
  /** Of the candidate, where they are not plain ones. */
  readonly objects?: Parameters<typeof manifests>;
  readonly change?: (lab: Lab, stop: AbortSignal) => Partial<RunRequest>;
  readonly result: Partial<Record<keyof RunResult, unknown>>;
  readonly reason: RegExp;
  readonly remedy?: RegExp;
  /** Whether an app that has nothing live yet is refused in the same way. */
  readonly first: boolean;
}

const withGates = (lab: Lab, stop: AbortSignal, verdicts: { baseline?: 'invalid'; traffic?: 'fail' }) => ({
  watch: async () => ({
    witness: fakeWitness(lab.sandbox, lab.clock, stop, lab.mode),
    baseline: fixedGate<never>('baseline', verdicts.baseline),
    traffic: fixedGate<never>('traffic', verdicts.traffic),
  }),
});

const refusals: readonly Refusal[] = [
  {
    what: 'fails its smoke test',
    change: () => ({ gates: [fixedGate('smoke', 'fail')] }),
    result: { outcome: 'Aborted', verdict: 'fail' },
    reason: /smoke says fail/,
    first: true,
  },
  {
    what: 'could not be tested',
    change: () => ({ gates: [fixedGate('smoke', 'invalid')] }),
    result: { outcome: 'Aborted', verdict: 'invalid' },
    reason: /smoke says invalid/,
    first: true,
  },
  {
    what: 'has an image that cannot be pulled',
    objects: [bad, { image: 'nowhere/no-such:1' }],
    result: { outcome: 'Aborted', verdict: 'fail' },
    reason: /cannot run \((ErrImagePull|ImagePullBackOff)\)/,
    first: true,
  },
  {
    what: 'ends by itself',
    objects: [{ ...bad, CRASH_AFTER: '300ms' }],
    result: { outcome: 'Aborted', verdict: 'fail' },
    reason: /CrashLoopBackOff|ended \d+ times/,
    first: true,
  },
  {
    what: 'errs under real traffic',
    objects: [{ ...bad, ERROR_RATE: '1' }],
    result: { outcome: 'Aborted', verdict: 'fail' },
    reason: /Real traffic met a failure: answered 500/,
    first: false,
  },
  {
    what: 'is judged badly by its traffic as a whole',
    change: (lab, stop) => withGates(lab, stop, { traffic: 'fail' }),
    result: { outcome: 'Aborted', verdict: 'fail' },
    reason: /traffic says fail/,
    first: true,
  },
  {
    what: 'comes where the baseline is dirty',
    change: (lab, stop) => withGates(lab, stop, { baseline: 'invalid' }),
    result: { outcome: 'Aborted', verdict: 'invalid' },
    reason: /baseline says invalid/,
    first: false,
  },
  {
    what: 'takes longer than the budget of the release',
    change: () => ({ budgetMs: 600 }),
    result: { outcome: 'Aborted', verdict: 'fail' },
    reason: /The release took longer than 600 ms/,
    remedy: /raise `deploy-budget`/,
    first: true,
  },
];

describe.each(['gateway', 'service'] as const)('where traffic moves by the %s, a candidate that', (mode) => {
  const make = manifestsFor(mode);
  const v1 = make({ VERSION: 'v1' });
  const objectsOf = ({ objects = [bad] }: Refusal) => make(...objects);
  let lab: Lab;
  let stop: AbortController;
  beforeEach(async () => {
    lab = await openLab({ mode });
    stop = new AbortController();
  });
  afterEach(() => {
    stop.abort();
    return lab.close();
  });

  it.each(refusals)('$what is refused, and the live version never notices', async (refusal) => {
    await lab.deploy(v1);
    const before = await listObjects(lab.cluster);
    const entry = watchEntry(lab);
    const change = refusal.change?.(lab, stop.signal) ?? {};
    const result = await lab.deploy(objectsOf(refusal), change);
    await lab.clock.sleep(5_000);
    entry.end();
    expect(result).toMatchObject({ ...refusal.result, activeSlot: 'blue' });
    expect(result.reason).toMatch(refusal.reason);
    expect(result.failure?.message).toMatch(refusal.reason);
    expect(result.failure?.remedy ?? '').toMatch(refusal.remedy ?? /./);
    expect(await listObjects(lab.cluster)).toEqual(before);
    expect(await findBrokenLaws(lab)).toEqual([]);
    // Only what was shown to real traffic may have been seen by it.
    if (!refusal.what.includes('errs')) expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
  });

  it.each(refusals.filter(({ first }) => first))(
    '$what as the first one leaves the namespace as it was',
    async (refusal) => {
      const before = await listObjects(lab.cluster);
      const change = refusal.change?.(lab, stop.signal) ?? {};
      const result = await lab.deploy(objectsOf(refusal), change);
      await lab.clock.sleep(5_000);
      expect(result).toMatchObject({ ...refusal.result, activeSlot: null, previousRevision: 0 });
      expect(result.reason).toMatch(refusal.reason);
      expect(before).toEqual([]);
      expect(await listObjects(lab.cluster)).toEqual([]);
    },
  );

  it.each(refusals)('$what is no obstacle for the next one', async (refusal) => {
    await lab.deploy(v1);
    await lab.deploy(objectsOf(refusal), refusal.change?.(lab, stop.signal) ?? {});
    const result = await lab.deploy(make({ VERSION: 'v3' }));
    expect(result).toMatchObject({ outcome: 'Promoted', activeSlot: 'green' });
    expect(lab.serving()).toBe('v3');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });
});

describe('a candidate that is refused', () => {
  const knobs = (version: string) => manifests({ VERSION: version });
  const failing = { gates: [fixedGate('smoke', 'fail' as const)] };
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it('says that the way back has become slow, where it took the room of warm pods', async () => {
    for (const version of ['v1', 'v2']) await lab.deploy(knobs(version));
    const result = await lab.deploy(knobs('v3'), failing);
    expect(result.warnings).toEqual([
      'The pods of revision 1 had to go for the candidate: a rollback from revision 2 to it starts them again first.',
    ]);
    expect((await lab.deploy(knobs('v3'), failing)).warnings).toEqual([]);
    expect((await lab.rollback()).outcome).toBe('RolledBack');
  });

  it('says nothing of it where there is no way back', async () => {
    await lab.deploy(knobs('v1'));
    expect((await lab.deploy(knobs('v2'), failing)).warnings).toEqual([]);
  });

  it('is looked at before it goes: the events of its pods are in the evidence', async () => {
    await lab.deploy(knobs('v1'));
    const { failure } = await lab.deploy(knobs('v2'), failing);
    const started = (failure?.evidence ?? []).filter((line) => /^event shop-green-.+: Started: /.test(line));
    expect(started).toHaveLength(2);
  });
});
