import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../src/commands/index.ts';
import { ensureBuilt } from '../support/built.ts';
import { atRest, type BuiltShop, openBuiltShop, type Shop } from '../support/built-shop.ts';

let built: BuiltShop;
let [cancelled, killed, parked]: readonly Shop[] = [];
beforeAll(async () => {
  built = await openBuiltShop(ensureBuilt());
  [cancelled, killed, parked] = await Promise.all(['cancelled', 'killed', 'parked'].map(openWithV1));
  // Slow proxies: a switch then takes long enough for a test to come in between.
  built.sandbox.faults.setDelays({ propagationMs: 700 });
});
afterAll(() => built.close());

const outputs = commands.flatMap(({ contract }) =>
  contract.name === 'bluegreen-deploy' ? Object.keys(contract.outputs) : [],
);

/** An app whose v1 serves. */
async function openWithV1(namespace: string): Promise<Shop> {
  const shop = await built.open(namespace);
  expect(await shop.release('v1')).toMatchObject({ code: 0, outputs: { outcome: 'Promoted' } });
  return shop;
}

function given(shop: Shop | undefined): Shop {
  if (shop === undefined) throw new Error('v1 of it was never released');
  return shop;
}

/** Starts the release of v2 and returns when its traffic has been sent over and the release has not ended. */
async function startSwitch(shop: Shop) {
  shop.write('v2');
  const action = shop.start('bluegreen-deploy', { observe: '1m' });
  await shop.switching('green');
  return action;
}

describe('a release', () => {
  it.concurrent('that is cancelled in the middle of the switch is put back, and says so', async () => {
    const shop = given(cancelled);
    const action = await startSwitch(shop);
    action.cancel();
    const result = await action.result;
    expect(result.code).toBe(1);
    expect(Object.keys(result.outputs).sort()).toEqual([...outputs].sort());
    expect(result.outputs).toMatchObject({ outcome: 'Aborted', 'active-slot': 'blue' });
    expect(result.outputs.reason).toContain('cancelled');
    expect(result.summary).toContain('cancelled');
    expect(await shop.atRest()).toEqual(atRest('blue'));
    expect(await shop.serving()).toBe('v1');
    // Its own process had put it back: nothing is left for the end of the job.
    expect(await action.post()).toMatchObject({ code: 0, annotations: [] });
    expect(await shop.serving()).toBe('v1');
  });

  it.concurrent('that is killed in the middle of the switch is put back at the end of the job', async () => {
    const shop = given(killed);
    const action = await startSwitch(shop);
    action.signal('SIGKILL');
    expect((await action.result).code).toBeNull();
    const post = await action.post();
    expect(post?.code).toBe(0);
    expect(post?.stdout).toContain('which had not ended, was reversed');
    expect(await shop.atRest()).toEqual(atRest('blue'));
    expect(await shop.serving()).toBe('v1');
    // And the next one finds nothing in its way.
    expect(await shop.release('v2')).toMatchObject({ code: 0, outputs: { outcome: 'Promoted' } });
    expect(await shop.serving()).toBe('v2');
  });

  it.concurrent('that stops at its preview on purpose is left alone, and the next call goes on with it', async () => {
    const shop = given(parked);
    shop.write('v2');
    const preview = shop.start('bluegreen-deploy', { until: 'preview' });
    expect(await preview.result).toMatchObject({ code: 0, outputs: { outcome: 'Parked' } });
    expect(await shop.serving()).toBe('v1');
    expect(await preview.post()).toMatchObject({ code: 0, annotations: [] });
    const pods = () => shop.read(`/api/v1/namespaces/parked/pods?labelSelector=streamgate.io/slot%3Dgreen`);
    const names = async () =>
      (await pods()).items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
    const proven = await names();
    expect(proven).toHaveLength(2);

    const whole = await shop.run('bluegreen-deploy', { until: 'promoted' });
    expect(whole).toMatchObject({ code: 0, outputs: { outcome: 'Promoted', 'failed-requests': '0' } });
    expect(whole.outputs.release).toBe((await preview.result).outputs.release);
    expect(await names()).toEqual(proven);
    expect(await shop.atRest()).toEqual(atRest('green'));
    expect(await shop.serving()).toBe('v2');
  });
});
