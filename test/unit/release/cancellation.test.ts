import { describe, expect, it } from '@jest/globals';
import { StreamGateError, silentLog } from '../../../src/base/index.ts';
import { type ApiRequest, createCluster } from '../../../src/cluster/index.ts';
import type { RunRequest, RunResult } from '../../../src/release/index.ts';
import { describeWrite, isWrite, watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { standingAfter, standingOf } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

/** A way to the API that calls back in front of each write. */
function countingCluster(lab: Lab, onWrite: (n: number, request: ApiRequest) => void): RunRequest['cluster'] {
  let n = 0;
  const transport = {
    name: 'lab',
    async send(request: ApiRequest) {
      if (isWrite(request)) onWrite(++n, request);
      return lab.sandbox.handle(request);
    },
    portForward: () => Promise.reject(new Error('no sockets here')),
  };
  const signal = new AbortController().signal;
  return createCluster({ transport, clock: lab.clock, log: silentLog, signal });
}

type Deed = (lab: Lab, change: Pick<RunRequest, 'cluster' | 'signal'>) => Promise<RunResult>;

/** Cancels the deed at each of its writes, one cluster for each. */
async function cancelEverywhere(arrange: readonly (typeof v1)[], deed: Deed) {
  const failures: string[] = [];
  const undone = await standingAfter(...arrange.map((objects) => (lab: Lab) => lab.deploy(objects)));
  const done = await standingAfter(...arrange.map((objects) => (lab: Lab) => lab.deploy(objects)), (lab) =>
    deed(lab, { cluster: lab.cluster, signal: new AbortController().signal }),
  );
  let tested = 0;
  for (let nth = 1, more = true; more; nth++) {
    const lab = await openLab();
    for (const objects of arrange) await lab.deploy(objects);
    const cancel = new AbortController();
    let at = '';
    const cluster = countingCluster(lab, (n, request) => {
      if (n !== nth) return;
      at = `${n}: ${describeWrite(request)}`;
      cancel.abort(new StreamGateError('Cancelled', 'The run was cancelled'));
    });
    const entry = watchEntry(lab);
    const result = await deed(lab, { cluster, signal: cancel.signal }).catch((thrown: unknown) => thrown);
    more = at !== '';
    if (more) {
      tested += 1;
      await lab.clock.sleep(5_000);
      const found = await standingOf(lab);
      const wanted = isDone(result) ? done : undone;
      const told = isResult(result) ? `${result.outcome}: ${result.reason}` : String(result);
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        failures.push(`at ${at} [${told}]: ${differences(found, wanted)}`);
      if (arrange.length > 0 && entry.lost.length > 0)
        failures.push(`at ${at}: lost ${entry.lost.slice(0, 3).join()}`);
    }
    entry.end();
    await lab.close();
  }
  return { tested, failures };
}

type Standing = Awaited<ReturnType<typeof standingOf>>;

function differences(found: Standing, wanted: Standing): string {
  const missing = wanted.objects.filter((line) => !found.objects.includes(line));
  const extra = found.objects.filter((line) => !wanted.objects.includes(line));
  const short = (lines: readonly string[]) => lines.map((line) => line.slice(0, 60)).join(', ') || 'nothing';
  return `missing ${short(missing)}; extra ${short(extra)}; serves ${found.serving} instead of ${wanted.serving}`;
}

function isResult(value: unknown): value is RunResult {
  return typeof value === 'object' && value !== null && 'outcome' in value;
}

function isDone(value: unknown): boolean {
  return isResult(value) && value.verdict === 'pass';
}

describe('a run that is cancelled at any of its writes', () => {
  it('as a release is undone, or was past the point of no return', async () => {
    const { tested, failures } = await cancelEverywhere([v1], (lab, change) => lab.deploy(v2, change));
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(30);
  }, 300_000);

  it('as a first release leaves nothing behind', async () => {
    const { tested, failures } = await cancelEverywhere([], (lab, change) => lab.deploy(v1, change));
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 300_000);
});

describe('a release that is cancelled while it waits for the old pods to go', () => {
  it('waits no longer, and stands', async () => {
    const lab = await openLab();
    await lab.deploy(v1);
    // A finalizer of somebody else keeps each of them.
    const pods = { apiVersion: 'v1', kind: 'Pod', namespace };
    for (const { metadata } of await lab.cluster.list(pods, { namespace }))
      await lab.cluster.mergePatch(
        { ...pods, name: metadata.name },
        { metadata: { finalizers: ['acme.test/kept'] } },
      );
    const cancel = new AbortController();
    const settings = {
      progressDeadlineMs: 60_000,
      observeMs: 0,
      rollbackWindowMs: 0,
      drainWithinMs: 600_000,
    };
    const released = lab.deploy(v2, { signal: cancel.signal, settings });
    await lab.clock.sleep(30_000);
    cancel.abort(new StreamGateError('Cancelled', 'The run was cancelled'));
    const began = lab.clock.monotonic();
    expect(await released).toMatchObject({ outcome: 'Promoted', failure: { code: 'Cancelled' } });
    expect(lab.clock.monotonic() - began).toBe(0);
    await lab.close();
  });
});
