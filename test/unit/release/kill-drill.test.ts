import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/base/index.ts';
import { endLostRun } from '../../../src/release/index.ts';
import { type Lab, manifests, namespace } from '../../support/release-lab.ts';
import { standingAfter, sweep } from './kill-sweep.ts';

async function releaseTwice(lab: Lab): Promise<void> {
  await lab.deploy(manifests({ VERSION: 'v1' }));
  await lab.deploy(manifests({ VERSION: 'v2' }));
}

/** What the end of a job does for a run that died. */
function recover({ cluster, clock }: Lab) {
  const run = { repository: '', commit: '', ref: '', runId: '', runAttempt: '', actor: '', runUrl: '' };
  const signal = new AbortController().signal;
  return endLostRun({ cluster, clock, log: silentLog, namespace, app: 'shop', run, signal, runId: '' });
}

describe('a drill of the way back that was killed at any of its writes', () => {
  it('is put back by the end of the job, and never becomes a rollback', async () => {
    const { tested, failures } = await sweep({
      arrange: releaseTwice,
      deed: (lab, change) => lab.rollback({ ...change, drill: true }),
      recover,
      wanted: await standingAfter(releaseTwice),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(20);
  }, 300_000);
});

describe('a rollback that was killed at any of its writes', () => {
  it('is gone on with by the end of the job', async () => {
    const undone = await standingAfter(releaseTwice);
    const done = await standingAfter(releaseTwice, (lab) => lab.rollback());
    const { tested, failures } = await sweep({
      arrange: releaseTwice,
      deed: (lab, change) => lab.rollback(change),
      recover,
      // Until its journal says that it has begun, there is nothing that could be gone on with.
      wanted: (carriedOut) =>
        carriedOut.some(({ body = '' }) => body.includes('\\"strategy\\": \\"rollback\\"')) ? done : undone,
      watched: true,
      whens: ['before'],
    });
    expect(failures.map((failure) => failure.slice(0, 300))).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 300_000);
});
