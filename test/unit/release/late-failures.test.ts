import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Transport } from '../../../src/cluster/index.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

describe('given a candidate that works at first', () => {
  let lab: Lab;
  /** What was asked of the API: `PATCH /apis/…`. */
  let asked: string[];
  beforeEach(async () => {
    asked = [];
    const record = (direct: Transport): Transport => ({
      ...direct,
      send(request) {
        asked.push(`${request.method} ${request.path}`);
        return direct.send(request);
      },
    });
    lab = await openLab({ transport: record });
    await lab.deploy(manifests({ VERSION: 'v1' }));
  });
  afterEach(() => lab.close());

  // Each of the two pods answers some 20 requests a second of the witness and of the callers together.
  const tired = manifests({ VERSION: 'v2', ERROR_AFTER: '60' });

  async function releaseTired() {
    const entry = watchEntry(lab);
    const settings = { progressDeadlineMs: 60_000, observeMs: 20_000, rollbackWindowMs: 600_000 };
    return lab.deploy(tired, { settings }).finally(() => entry.end());
  }

  it('when it errs while it is observed, its release is undone', async () => {
    const result = await releaseTired();
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'fail', activeSlot: 'blue' });
    expect(result.steps.find(({ id }) => id === 'observe')).toMatchObject({ outcome: 'failed' });
    expect(result.reason).toContain('Real traffic met a failure');
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('the traffic goes back before anybody looks why, since each moment is failed answers', async () => {
    asked.length = 0;
    await releaseTired();
    const routes = asked.flatMap((line, at) => (/^PATCH .*\/httproutes\/shop\b/.test(line) ? [at] : []));
    const looks = asked.flatMap((line, at) =>
      /^GET .*\/(events|pods\/[^/]+\/log)\b/.test(line) ? [at] : [],
    );
    // Split, all to the candidate, all back, and the form of the manifest.
    expect(routes.length).toBeGreaterThanOrEqual(4);
    expect(looks.length).toBeGreaterThan(0);
    expect(Math.min(...looks)).toBeGreaterThan(Math.max(...routes));
  });
});
