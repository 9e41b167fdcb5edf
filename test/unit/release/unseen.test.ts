import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamGateError } from '../../../src/base/index.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

/** Proxies that follow later than the old pods' own delay lasts, and a release that no prober watches. */
describe('with nobody who watches and a gateway that follows late', () => {
  let lab: Lab;
  const watch = async () => null;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }), { watch });
    lab.sandbox.faults.setDelays({ propagationMs: 4_000 });
    // The entry point has to be open before it can be watched.
    await lab.clock.sleep(5_000);
  });
  afterEach(() => lab.close());

  it('a release that is taken back loses nothing', async () => {
    const controller = new AbortController();
    const entry = watchEntry(lab);
    const begin = ({ id }: { readonly id: string }) => {
      if (id === 'observe') controller.abort(new StreamGateError('Cancelled', 'enough'));
    };
    const listener = { plan() {}, begin, end() {} };
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), {
      watch,
      listener,
      signal: controller.signal,
    });
    expect(result.outcome).toBe('Aborted');
    await lab.clock.sleep(6_000);
    entry.end();
    expect(entry.asked()).toBeGreaterThan(100);
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
  });

  it('a rollback loses nothing when it stops what it abandoned', async () => {
    await lab.deploy(manifests({ VERSION: 'v2' }), { watch });
    await lab.clock.sleep(5_000);
    const entry = watchEntry(lab);
    expect(await lab.rollback({ watch })).toMatchObject({ outcome: 'FastRolledBack' });
    await lab.clock.sleep(6_000);
    entry.end();
    expect(entry.asked()).toBeGreaterThan(100);
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
  });
});
