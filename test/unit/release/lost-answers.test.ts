import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/base/index.ts';
import { createCluster, type Transport } from '../../../src/cluster/index.ts';
import type { RunResult } from '../../../src/release/index.ts';
import { describeWrite, isWrite, watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { standingAfter, standingOf } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

/** A way on which the answer to the n-th write is lost, though it was carried out. */
function losing(lab: Lab, nth: number) {
  let n = 0;
  let lost: string | undefined;
  const transport: Transport = {
    name: 'losing',
    async send(request) {
      const response = await lab.sandbox.handle(request);
      if (!isWrite(request) || ++n !== nth) return response;
      lost = describeWrite(request);
      throw new Error('ECONNRESET');
    },
    portForward: () => Promise.reject(new Error('no sockets here')),
  };
  const signal = new AbortController().signal;
  return {
    cluster: createCluster({ transport, clock: lab.clock, log: silentLog, signal }),
    lost: () => lost,
  };
}

describe('a release that loses the answer to any of its writes', () => {
  it.each<readonly [string, boolean, (lab: Lab, change: { cluster: Lab['cluster'] }) => Promise<RunResult>]>([
    ['as the first one', false, (lab, change) => lab.deploy(v1, change)],
    ['as a later one', true, (lab, change) => lab.deploy(v2, change)],
  ])(
    '%s goes on as if nothing had happened',
    async (_what, later, deed) => {
      const arrange = async (lab: Lab) => void (later && (await lab.deploy(v1)));
      const wanted = await standingAfter(arrange, (lab) => deed(lab, lab));
      const failures: string[] = [];
      let tested = 0;
      for (let nth = 1, more = true; more; nth++) {
        const lab = await openLab();
        await arrange(lab);
        const { cluster, lost } = losing(lab, nth);
        const entry = watchEntry(lab);
        const began = lab.clock.monotonic();
        const result = await deed(lab, { cluster }).catch((thrown: unknown) => String(thrown));
        const tookMs = lab.clock.monotonic() - began;
        more = lost() !== undefined;
        if (more) tested += 1;
        const told = typeof result === 'string' ? result : `${result.outcome}: ${result.reason}`;
        const where = `write ${nth} (${lost()}) [${told}]`;
        await lab.clock.sleep(5_000);
        entry.end();
        const found = await standingOf(lab);
        if (JSON.stringify(found) !== JSON.stringify(wanted)) failures.push(`${where}: another end`);
        if (tookMs > 25_000) failures.push(`${where}: took ${tookMs} ms`);
        if (later && entry.lost.length > 0) failures.push(`${where}: lost ${entry.lost[0]}`);
        await lab.close();
      }
      expect(failures).toEqual([]);
      expect(tested).toBeGreaterThanOrEqual(25);
    },
    300_000,
  );
});
