import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/base/index.ts';
import { createCluster, type Transport } from '../../../src/cluster/index.ts';
import { isWrite } from '../../support/killed-run.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { standingAfter, standingOf } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });
const kinds = {
  route: '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/shop',
  deployment: '/apis/apps/v1/namespaces/default/deployments/shop-green',
} as const;

/** A way to the API on which somebody else writes the status of an object in front of each of our writes. */
function amongStatusWrites(lab: Lab, path: string) {
  let written = 0;
  const headers = { 'content-type': 'application/merge-patch+json', 'user-agent': 'gateway' };
  const transport: Transport = {
    name: 'busy',
    async send(request) {
      if (isWrite(request)) {
        const body = JSON.stringify({ metadata: { annotations: { seen: `${written + 1} times` } } });
        const answer = await lab.sandbox.handle({ method: 'PATCH', path, headers, body });
        if (answer.status === 200) written += 1;
      }
      return lab.sandbox.handle(request);
    },
    portForward: () => Promise.reject(new Error('no sockets here')),
  };
  const signal = new AbortController().signal;
  const cluster = createCluster({ transport, clock: lab.clock, log: silentLog, signal });
  return { cluster, written: () => written };
}

describe('a release, given a controller that writes to an object of it in front of each write', () => {
  it.each([
    ['the route', kinds.route, 30],
    ['the new Deployment', kinds.deployment, 15],
  ])(
    '(%s), is promoted, since no write of it depends on the resourceVersion',
    async (_what, path, atLeast) => {
      const wanted = await standingAfter(
        (lab) => lab.deploy(v1),
        (lab) => lab.deploy(v2),
      );
      const lab = await openLab();
      await lab.deploy(v1);
      const { cluster, written } = amongStatusWrites(lab, path);
      expect(await lab.deploy(v2, { cluster })).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
      expect(written()).toBeGreaterThanOrEqual(atLeast);
      await lab.clock.sleep(5_000);
      const withoutTraces = ({ objects }: { readonly objects: readonly string[] }) =>
        objects.map((line) => line.replace(/"seen":"\d+ times"/, ''));
      expect(withoutTraces(await standingOf(lab))).toEqual(withoutTraces(wanted));
      await lab.close();
    },
  );
});

describe('a release, given a server that answers 409 once for reasons of its own', () => {
  it.each([
    ['to the journal', /\/configmaps\/streamgate-shop$/, 5],
    ['to a sign of life', /\/leases\/streamgate-shop$/, 2],
  ])('%s, is promoted: only what stands there tells whether it was overtaken', async (_what, path, nth) => {
    const lab = await openLab();
    await lab.deploy(v1);
    const before = lab.sandbox.requests.length;
    lab.sandbox.faults.add({ method: 'PATCH', path, nth }, { kind: 'status', status: 409 });
    expect(await lab.deploy(v2, { leaseMs: 5_000 })).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expect(lab.sandbox.requests.slice(before).filter(({ status }) => status === 409)).toHaveLength(1);
    await lab.close();
  });
});
