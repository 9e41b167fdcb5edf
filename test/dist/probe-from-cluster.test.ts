import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../src/evidence/index.ts';
import { ensureBuilt } from '../support/built.ts';
import { atRest, type BuiltShop, openBuiltShop } from '../support/built-shop.ts';
import type { ActionResult } from '../support/runner.ts';

const image = 'node:24';
const inputs = { 'probe-from': 'cluster', 'probe-image': image, observe: '1s' };

let built: BuiltShop;

beforeAll(async () => {
  const from = ensureBuilt();
  // The sandbox runs no command of a manifest: the image stands for the very program that the Job names.
  const program = join(from, 'dist', 'streamgate', 'prober.mjs');
  built = await openBuiltShop(from, { [image]: { program } });
});

afterAll(() => built.close());

function trafficOf({ outputs }: ActionResult): Evidence['traffic'] {
  const evidence: Evidence = JSON.parse(readFileSync(outputs.evidence ?? '', 'utf8'));
  return evidence.traffic;
}

describe('the built action with a prober in the cluster', () => {
  it('counts every request of a release and of a rollback there, and takes the Job away', async () => {
    const shop = await built.open('probed-inside');
    expect((await shop.release('v1', inputs)).outputs).toMatchObject({ outcome: 'Promoted' });
    const second = await shop.release('v2', inputs);
    expect(second.outputs).toMatchObject({ outcome: 'Promoted', 'failed-requests': '0' });
    const traffic = trafficOf(second);
    const counted = Object.values(traffic?.byClass ?? {}).reduce((sum, count) => sum + count, 0);
    expect(traffic?.from).toBe('cluster');
    expect(counted).toBe(traffic?.planned);
    expect(new Set(traffic?.byVersion.map(({ version }) => version))).toEqual(new Set(['v1', 'v2']));

    const { 'probe-from': from, 'probe-image': probeImage } = inputs;
    const back = await shop.run('rollback', { 'probe-from': from, 'probe-image': probeImage });
    expect(back.outputs).toMatchObject({ outcome: 'FastRolledBack', 'failed-requests': '0' });
    expect(await shop.serving()).toBe('v1');
    const jobs = await shop.read(`/apis/batch/v1/namespaces/${shop.namespace}/jobs`);
    expect(jobs.items).toEqual([]);
  });

  it('takes back a version that errs under real traffic, quoting the answer that the pod saw', async () => {
    const shop = await built.open('probed-bad');
    await shop.release('v1', inputs);
    shop.write('v2', (text) =>
      text.replace('- name: VERSION', '- { name: ERROR_AFTER, value: "8" }\n            - name: VERSION'),
    );
    const bad = await shop.run('bluegreen-deploy', { ...inputs, manifests: 'app.yaml', observe: '10s' });
    expect(bad.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
    expect(bad.outputs.reason).toContain('answered 500');
    expect(await shop.serving()).toBe('v1');
    expect(await shop.atRest()).toEqual(atRest('blue'));
  });

  it('asks for an image before it touches anything', async () => {
    const shop = await built.open('probed-nowhere');
    const result = await shop.release('v1', { 'probe-from': 'cluster' });
    expect(result.code).not.toBe(0);
    expect(result.annotations.map(({ message }) => message).join('\n')).toContain('probe-image');
  });
});
