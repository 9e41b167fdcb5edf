import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import { type ApiRequest, refOf } from '../../../src/cluster/index.ts';
import { readLiveManifests } from '../../../src/release/index.ts';
import { configCopy, ensureCopy } from '../../../src/release/slots/config-copies.ts';
import { deleteOurs } from '../../../src/release/slots/ours.ts';
import { changeContainer, configIn, configured } from '../../support/config.ts';
import { isWrite } from '../../support/killed-run.ts';
import { fixedGate, host, type Lab, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const one = configured({ VERSION: 'v1' }, { GREETING: 'one' });
const two = configured({ VERSION: 'v2' }, { GREETING: 'two' });

describe('configuration as part of what is released', () => {
  let lab: Lab;
  let sent: ApiRequest[];
  beforeEach(async () => {
    sent = [];
    lab = await openLab({
      transport: (direct) => ({
        ...direct,
        send(request) {
          sent.push(request);
          return direct.send(request);
        },
      }),
    });
  });
  afterEach(() => lab.close());

  const greeting = () => lab.sandbox.fakeAnswer(host).env.GREETING;
  const namesOf = async () => Object.keys(await configIn(lab)).sort();

  it('a ConfigMap of the manifests comes as a copy, named by its content, and not under its own name', async () => {
    expect(await lab.deploy(one)).toMatchObject({ outcome: 'Promoted', warnings: [] });
    expect(greeting()).toBe('one');
    const [name = ''] = await namesOf();
    expect(name).toMatch(/^settings-[0-9a-f]{10}$/);
    const copy = await lab.get('v1', 'ConfigMap', name);
    expect(copy).toMatchObject({ immutable: true, data: { GREETING: 'one' } });
    const deployment = await lab.get('apps/v1', 'Deployment', 'shop-blue');
    expect(at(deployment, 'spec', 'template', 'spec', 'containers', 0, 'envFrom')).toEqual([
      { configMapRef: { name } },
    ]);
    expect(await lab.get('v1', 'ConfigMap', 'settings')).toBeUndefined();
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('a copy takes nothing of the metadata of its source', async () => {
    const metadata = {
      name: 'settings',
      labels: { 'app.kubernetes.io/instance': 'argo', 'helm.sh/chart': 'shop-1' },
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
        'meta.helm.sh/release-name': 'x',
      },
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'u' }],
    };
    await lab.deploy(configured({ VERSION: 'v1' }, { GREETING: 'one' }, { metadata }));
    const [name = ''] = await namesOf();
    const copy = await lab.get('v1', 'ConfigMap', name);
    expect(copy?.metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'streamgate',
      'streamgate.io/app': 'shop',
      'streamgate.io/copy': 'config',
    });
    expect(Object.keys(copy?.metadata.annotations ?? {}).sort()).toEqual([
      'streamgate.io/copy-of',
      'streamgate.io/token',
    ]);
    expect(copy?.metadata.ownerReferences).toBeUndefined();
  });

  it('a change of the configuration alone is a release', async () => {
    await lab.deploy(one);
    const changed = configured({ VERSION: 'v1' }, { GREETING: 'changed' });
    expect(await lab.deploy(one)).toMatchObject({ outcome: 'NothingToRelease' });
    expect(await lab.deploy(changed)).toMatchObject({ outcome: 'Promoted', activeSlot: 'green' });
    expect(greeting()).toBe('changed');
    expect(await namesOf()).toHaveLength(2);
    expect(await lab.deploy(changed)).toMatchObject({ outcome: 'NothingToRelease' });
  });

  it('what the live pods read is never written while a release is under way', async () => {
    await lab.deploy(one);
    const before = await configIn(lab);
    const live = Object.keys(before);
    sent.length = 0;
    await lab.deploy(two);
    const touched = sent.filter(isWrite).filter(({ path }) => live.some((name) => path.includes(`/${name}`)));
    expect(touched).toEqual([]);
    expect(sent.filter(isWrite).filter(({ path }) => /\/configmaps\/settings(\?|$)/.test(path))).toEqual([]);
    expect(await configIn(lab)).toMatchObject(before);
  });

  it('a warm rollback brings the old configuration back with the pods', async () => {
    await lab.deploy(one);
    await lab.deploy(two);
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack' });
    expect(greeting()).toBe('one');
  });

  it('a cold rollback starts pods that read the old configuration', async () => {
    await lab.deploy(one);
    await lab.deploy(two, { until: 'retired' });
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    expect(greeting()).toBe('one');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('a cold rollback whose copy was deleted is refused, instead of starting pods that cannot start', async () => {
    await lab.deploy(one);
    const [name = ''] = await namesOf();
    await lab.deploy(two, { until: 'retired' });
    await lab.cluster.delete({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
    await expect(lab.rollback()).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(`revision 1 cannot start: ConfigMap default/${name} is not there`),
    });
    expect(greeting()).toBe('two');
  });

  it('a pod of the old version that starts anew meets the old configuration', async () => {
    await lab.deploy(one);
    await lab.deploy(two);
    const pods = await lab.cluster.list(
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace: 'default', labelSelector: 'streamgate.io/slot=blue' },
    );
    for (const { metadata } of pods) {
      await lab.cluster.delete({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: metadata.name });
    }
    await lab.clock.sleep(10_000);
    await lab.rollback();
    expect(greeting()).toBe('one');
  });

  it('a release that is taken back takes its copies with it, and only those', async () => {
    await lab.deploy(one);
    const before = await namesOf();
    await lab.deploy(two, { gates: [fixedGate('smoke', 'fail')] });
    expect(await namesOf()).toEqual(before);
    const sameConfig = configured({ VERSION: 'v3' }, { GREETING: 'one' });
    await lab.deploy(sameConfig, { gates: [fixedGate('smoke', 'fail')] });
    expect(await namesOf()).toEqual(before);
    expect(greeting()).toBe('one');
  });

  it('copies are collected with the last revision that names them', async () => {
    for (let n = 1; n <= 8; n++) {
      await lab.deploy(configured({ VERSION: `v${n}` }, { GREETING: n <= 3 ? 'early' : `g${n}` }));
    }
    const kept = Object.values(await configIn(lab)).map((data) => at(data, 'GREETING'));
    expect(kept.sort()).toEqual(['g4', 'g5', 'g6', 'g7', 'g8']);
    expect(await lab.rollback({ to: 4 })).toMatchObject({ outcome: 'RolledBack' });
    expect(greeting()).toBe('g4');
  }, 600_000);

  it('a release of another image alone keeps the configuration, and its copies', async () => {
    await lab.deploy(one);
    const before = await namesOf();
    const live = await readLiveManifests(lab.cluster, 'default', 'shop');
    const image = 'streamgate/demo-app:next';
    const released = await lab.deploy(changeContainer(live, (container) => ({ ...container, image })));
    expect(released).toMatchObject({ outcome: 'Promoted' });
    expect(released.steps.find(({ id }) => id === 'copy-config')?.detail).toBe('nothing to copy');
    expect(greeting()).toBe('one');
    expect(await namesOf()).toEqual(before);
  });

  it('a copy that a newer run uses, too, is not for an older one to delete', async () => {
    const source = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { A: '1' } };
    const copy = configCopy(source, 'shop', namespace);
    const { cluster } = lab;
    const run = { cluster, lasting: cluster, names: { app: 'shop', namespace } };
    await ensureCopy({ ...run, token: 5 }, copy);
    await ensureCopy({ ...run, token: 6 }, copy);
    await expect(deleteOurs(lab.cluster, refOf(copy), 5)).rejects.toMatchObject({ code: 'Conflict' });
    expect(await namesOf()).toEqual([copy.metadata.name]);
  });
});
