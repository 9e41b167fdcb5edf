import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../../src/base/index.ts';
import { ensureBuilt } from '../support/built.ts';
import { type BuiltShop, openBuiltShop, type Shop } from '../support/built-shop.ts';
import { eventually } from '../support/sandbox-client.ts';

let built: BuiltShop;
let shop: Shop;
beforeAll(async () => {
  built = await openBuiltShop(ensureBuilt());
  shop = await built.open('retired');
});
afterAll(() => built.close());

/** It probes nothing. */
const due = { app: '', due: 'true', 'probe-url': '', 'probe-rate': '' };

describe('the action `retire`', () => {
  it('lets go what is due, and a rollback afterwards starts the old version again by its digest', async () => {
    await shop.release('v1', { 'rollback-window': '1h' });
    await shop.release('v2', { 'rollback-window': '1h' });
    const early = await shop.run('retire', due);
    expect(early).toMatchObject({ code: 0, outputs: { outcome: 'Checked', retired: '', left: '1' } });
    expect(early.summary).toContain('the rollback window of revision 1 ends in');
    // A window that is over by the time somebody looks.
    await shop.release('v3', { 'rollback-window': '1s' });
    await eventually('the window to be over', async () => {
      const journal = await shop.read('/api/v1/namespaces/retired/configmaps/streamgate-shop');
      return Date.parse(JSON.parse(journal.data.journal).previous.keepUntil) < Date.now();
    });
    const result = await shop.run('retire', due);
    expect(result).toMatchObject({
      code: 0,
      outputs: { outcome: 'Retired', verdict: 'pass', retired: 'shop' },
    });
    const green = await shop.read('/apis/apps/v1/namespaces/retired/deployments/shop-green');
    expect(at(green, 'spec', 'replicas')).toBe(0);
    expect(await shop.serving()).toBe('v3');
    const back = await shop.run('rollback');
    expect(back).toMatchObject({ code: 0, outputs: { outcome: 'RolledBack', revision: '2' } });
    expect(back.outputs.reason).toContain('by the digests of the images that ran');
    expect(await shop.serving()).toBe('v2');
  });

  it('of one app whose time has not come does nothing, and does not pass', async () => {
    const early = await built.open('early');
    await early.release('v1');
    await early.release('v2');
    const only = { due: '', 'probe-url': '', 'probe-rate': '' };
    const refused = await early.run('retire', only);
    expect(refused).toMatchObject({ code: 1, outputs: { outcome: 'Refused', verdict: 'inconclusive' } });
    const hurried = await early.run('retire', { ...only, now: 'true' });
    expect(hurried).toMatchObject({ code: 0, outputs: { outcome: 'Retired', retired: 'shop' } });
    expect(await early.serving()).toBe('v2');
  });
});
