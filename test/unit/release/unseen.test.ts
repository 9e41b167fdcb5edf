import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualClock, StreamGateError } from '../../../src/base/index.ts';
import type { RunRequest, Witness } from '../../../src/release/index.ts';
import { letGatewayFollow } from '../../../src/release/proof/unseen.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { type Knobs, type Lab, manifests, openLab } from '../../support/release-lab.ts';

interface Unseen {
  readonly why: string;
  /** Who watches; as always in the lab when left out. */
  readonly watching: Partial<Pick<RunRequest, 'watch'>>;
  readonly older: Knobs;
  readonly newer: Knobs;
}

/** Proxies that follow later than the old pods' own delay lasts, and a release that nobody sees move. */
describe.each<Unseen>([
  {
    why: 'nobody who watches',
    watching: { watch: async () => null },
    older: { VERSION: 'v1' },
    newer: { VERSION: 'v2' },
  },
  {
    why: 'two versions of one name',
    watching: {},
    older: { VERSION: 'same', COLOUR: 'red' },
    newer: { VERSION: 'same', COLOUR: 'green' },
  },
  { why: 'two versions without a name', watching: {}, older: { COLOUR: 'red' }, newer: { COLOUR: 'green' } },
])('with $why and a gateway that follows late', ({ watching, older, newer }) => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(manifests(older), watching);
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
    const result = await lab.deploy(manifests(newer), {
      ...watching,
      listener,
      signal: controller.signal,
    });
    expect(result.outcome).toBe('Aborted');
    await lab.clock.sleep(6_000);
    entry.end();
    expect(entry.asked()).toBeGreaterThan(100);
    expect(entry.lost).toEqual([]);
    expect(lab.ask().env).toMatchObject(older);
  });

  it('a rollback loses nothing when it stops what it abandoned', async () => {
    await lab.deploy(manifests(newer), watching);
    await lab.clock.sleep(5_000);
    const entry = watchEntry(lab);
    expect(await lab.rollback(watching)).toMatchObject({ outcome: 'FastRolledBack' });
    await lab.clock.sleep(6_000);
    entry.end();
    expect(entry.asked()).toBeGreaterThan(100);
    expect(entry.lost).toEqual([]);
    expect(lab.ask().env).toMatchObject(older);
  });
});

describe('the time that a gateway is given to follow what is watched', () => {
  const witness: Witness = {
    start: async () => {},
    switchBegins() {},
    countKept: () => null,
    onSighting: () => () => {},
  };

  it.each([
    ['both versions have a name', { stable: ['v1'], candidate: ['v2'] }, 0],
    ['one of them has a name', { stable: [], candidate: ['v2'] }, 0],
    ['both have a name, and others have a share', { stable: ['v1'], candidate: ['v2'], isShared: true }, 0],
    ['one has a name, and others have a share', { stable: ['v1'], candidate: [], isShared: true }, 5_000],
    ['both have the same name', { stable: ['v1'], candidate: ['v1', 'v2'] }, 5_000],
    ['neither has a name', { stable: [], candidate: [] }, 5_000],
  ])('given that %s', async (_what, current, givenMs) => {
    const clock = createVirtualClock();
    await letGatewayFollow({ witness, versions: { current }, clock });
    expect(clock.monotonic()).toBe(givenMs);
    clock.stop();
  });
});
