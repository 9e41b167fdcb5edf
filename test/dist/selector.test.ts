import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../../src/base/index.ts';
import type { Evidence } from '../../src/evidence/index.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { ensureBuilt } from '../support/built.ts';
import { type BuiltShop, openBuiltShop, type Shop } from '../support/built-shop.ts';

const onLinux = process.platform === 'linux';
if (!onLinux)
  process.stderr.write('built actions without a route: skipped, node ports of the sandbox need Linux\n');

let built: BuiltShop;
beforeAll(async () => {
  built = await openBuiltShop(ensureBuilt());
});
afterAll(() => built.close());

const evidenceOf = ({ outputs }: ActionResult): Evidence =>
  JSON.parse(readFileSync(outputs.evidence ?? '', 'utf8'));

/** Requests on connections of their own that were lost. */
const lostOnFresh = ({ traffic }: Evidence) =>
  traffic?.failures.filter(({ population }) => population === 'fresh');

async function slotOf(shop: Shop): Promise<unknown> {
  const service = await shop.read(`/api/v1/namespaces/${shop.namespace}/services/shop`);
  return at(service, 'spec', 'selector', 'streamgate.io/slot');
}

(onLinux ? describe : describe.skip)('the built actions, for an app without a route', () => {
  it('release it, say so, and take it back', async () => {
    const shop = await built.open('plain', { nodePort: 30_090 });
    const first = await shop.release('v1');
    expect(first).toMatchObject({
      code: 0,
      outputs: { outcome: 'Promoted', verdict: 'pass', 'active-slot': 'blue', 'rollback-command': '' },
    });
    expect(evidenceOf(first).release).toMatchObject({ mode: 'service', stable: null });
    expect(await shop.serving()).toBe('v1');

    const second = await shop.release('v2');
    expect(second).toMatchObject({
      code: 0,
      outputs: {
        outcome: 'Promoted',
        verdict: 'pass',
        'active-slot': 'green',
        'previous-revision': '1',
        'failed-requests': '0',
        'rollback-command': `streamgate rollback shop --namespace plain --probe-url ${shop.url}`,
      },
    });
    expect(second.outputs.reason).toContain('kept connections still talk to the old version');
    expect(second.summary).toContain('kept connections');
    expect(Number(second.outputs.requests)).toBeGreaterThan(50);
    const { traffic, release, steps } = evidenceOf(second);
    expect(release).toMatchObject({
      mode: 'service',
      candidate: { slot: 'green' },
      stable: { slot: 'blue' },
    });
    expect(steps.map(({ id }) => id)).toContain('switch-entry');
    expect(traffic).toMatchObject({ url: shop.url, failed: 0, keptConnections: { cut: 0 } });
    expect(traffic?.keptConnections?.onAbandoned).toBeGreaterThan(0);
    expect([await slotOf(shop), await shop.serving()]).toEqual(['green', 'v2']);

    const back = await shop.run('rollback');
    expect(back).toMatchObject({
      code: 0,
      outputs: { outcome: 'FastRolledBack', verdict: 'pass', 'active-slot': 'blue', revision: '1' },
    });
    const returned = evidenceOf(back);
    expect(lostOnFresh(returned)).toEqual([]);
    expect(returned.traffic?.keptConnections?.onAbandoned).toBeGreaterThan(0);
    expect(Number(back.outputs['failed-requests'])).toBe(returned.traffic?.keptConnections?.cut);
    expect([await slotOf(shop), await shop.serving()]).toEqual(['blue', 'v1']);
    const lease = await shop.read('/apis/coordination.k8s.io/v1/namespaces/plain/leases/streamgate-shop');
    expect(at(lease, 'spec', 'holderIdentity')).toBeUndefined();
  });

  it('let the old pods go at once with `drain: close`, and tell what became of their connections', async () => {
    const shop = await built.open('closing', { nodePort: 30_091 });
    await shop.release('v1');
    const second = await shop.release('v2', { drain: 'close', 'drain-deadline': '30s' });
    const { traffic } = evidenceOf(second);
    const cut = traffic?.keptConnections?.cut ?? -1;
    // A server may close a connection while a request is on its way to it: that is lost, and nothing is hidden.
    expect(second.outputs).toMatchObject({ outcome: 'Retired', verdict: cut === 0 ? 'pass' : 'fail' });
    expect(second.outputs['failed-requests']).toBe(String(cut));
    expect(lostOnFresh(evidenceOf(second))).toEqual([]);
    expect(traffic?.keptConnections?.onAbandoned).toBeGreaterThan(0);
    const blue = await shop.read('/apis/apps/v1/namespaces/closing/deployments/shop-blue');
    expect([at(blue, 'spec', 'replicas'), await shop.serving()]).toEqual([0, 'v2']);
    // Nothing is warm any more: the way back starts the old version again.
    const back = await shop.run('rollback');
    expect(back).toMatchObject({ code: 0, outputs: { outcome: 'RolledBack', revision: '1' } });
    expect(lostOnFresh(evidenceOf(back))).toEqual([]);
    expect(await shop.serving()).toBe('v1');
  });

  it('refuse to run with inputs that contradict each other, before anything is touched', async () => {
    const shop = await built.open('untouched', { nodePort: 30_092 });
    const refused = await shop.release('v1', { drain: 'close', 'rollback-window': '1h' });
    expect(refused.code).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('there is no window');
    const services = await shop.read('/api/v1/namespaces/untouched/services');
    expect(services.items).toEqual([]);
  });
});
