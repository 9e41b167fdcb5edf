import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { changeContainer, configIn, configured, reading } from '../../support/config.ts';
import { host, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const app = manifests({ VERSION: 'v1' });
const map = (name: string, data: object, more: Partial<KubeObject> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
  ...more,
});
const placed = (object: KubeObject) => ({ ...object, metadata: { ...object.metadata, namespace } });

describe('before a release with configuration begins', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  async function refusalOf(objects: readonly KubeObject[], change = {}): Promise<string> {
    const before = lab.sandbox.requests.length;
    const refused = await lab.deploy(objects, change).then(
      ({ outcome }) => `no refusal: ${outcome}`,
      (thrown: Error & { remedy?: string }) => `${thrown.message}. ${thrown.remedy}`,
    );
    expect(
      lab.sandbox.requests
        .slice(before)
        .filter(
          ({ method, path }) =>
            method !== 'GET' && !path.includes('dryRun=All') && !path.includes('accessreviews'),
        ),
    ).toEqual([]);
    return refused;
  }

  it('a ConfigMap that is nowhere is refused, since the pods would never start', async () => {
    const refused = await refusalOf(reading(app, { configMapRef: { name: 'settings' } }));
    expect(refused).toContain(
      'ConfigMap default/settings is not there, neither in the manifests nor in the cluster',
    );
    expect(refused).toContain('envFrom of container app reads it');
    expect(refused).toContain('make the reference optional');
  });

  it('a key that is not there is refused, also of one that the cluster has', async () => {
    const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }];
    const objects = changeContainer(app, (container) => ({ ...container, env }));
    expect(await refusalOf([...objects, map('settings', { b: '1' })])).toContain('settings-');
    await lab.cluster.create(placed(map('settings', { b: '1' })));
    expect(await refusalOf(objects)).toContain('ConfigMap default/settings has no key a, and variable A');
  });

  it('what the cluster puts into each namespace by itself is not missed', async () => {
    const objects = reading(app, { configMapRef: { name: 'kube-root-ca.crt' } });
    await expect(lab.plan(objects)).resolves.toMatchObject({ outcome: 'Planned' });
  });

  it('what is optional may be missing', async () => {
    const objects = reading(app, { configMapRef: { name: 'settings', optional: true } });
    expect(await lab.deploy(objects)).toMatchObject({ outcome: 'Promoted' });
    expect(await configIn(lab)).toEqual({});
  });

  it('what is optional and in the manifests is part of the release all the same', async () => {
    const objects = reading(app, { configMapRef: { name: 'settings', optional: true } });
    await lab.deploy([...objects, map('settings', { GREETING: 'one' })]);
    expect(Object.keys(await configIn(lab))).toEqual([expect.stringMatching(/^settings-/)]);
    expect(lab.sandbox.fakeAnswer(host).env.GREETING).toBe('one');
  });

  it('a ConfigMap that only the cluster has is left as it is, and the evidence says so', async () => {
    await lab.cluster.create(placed(map('flags', { FLAG: 'on' })));
    const { steps } = await lab.deploy(reading(app, { configMapRef: { name: 'flags' } }));
    expect(steps.find(({ id }) => id === 'copy-config')?.detail).toBe(
      'nothing to copy; not part of the release unit: ConfigMap flags',
    );
    expect(await configIn(lab)).toEqual({ flags: { FLAG: 'on' } });
  });

  it('one that the pods do not read is applied under its own name', async () => {
    await lab.deploy([...app, map('dashboard', { a: '1' })]);
    expect(await configIn(lab)).toEqual({ dashboard: { a: '1' } });
  });

  it('one that another object of the manifests names, too, is also applied under its own name', async () => {
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'reader' },
      secrets: [{ name: 'settings' }],
    };
    await lab.deploy([...configured({ VERSION: 'v1' }, { GREETING: 'one' }), account]);
    expect(Object.keys(await configIn(lab)).sort()).toEqual([
      'settings',
      expect.stringMatching(/^settings-/),
    ]);
  });

  it('somebody else under the name of a copy is refused', async () => {
    const objects = configured({ VERSION: 'v1' }, { GREETING: 'one' });
    await lab.deploy(objects, { until: 'preview' });
    const [name = ''] = Object.keys(await configIn(lab));
    await lab.rollback();
    await lab.cluster.create(placed(map(name, { GREETING: 'mine' })));
    expect(await refusalOf(objects)).toContain(`ConfigMap default/${name} is there, and is not the copy`);
  });

  it('what the server would not take is refused with its words', async () => {
    const refused = await refusalOf(configured({ VERSION: 'v1' }, { 'no such key!': 'x' }));
    expect(refused).toContain('The server would not take ConfigMap default/settings-');
  });

  describe('with `version-configs: none`', () => {
    const none = { versionConfigs: 'none' } as const;
    const one = configured({ VERSION: 'v1' }, { GREETING: 'one' });
    const two = configured({ VERSION: 'v2' }, { GREETING: 'two' });

    it('a ConfigMap is applied under its own name', async () => {
      await lab.deploy(one, none);
      expect(await configIn(lab)).toEqual({ settings: { GREETING: 'one' } });
    });

    it('but never one that live pods read and that would change: that is refused', async () => {
      await lab.deploy(one, none);
      const refused = await refusalOf(two, none);
      expect(refused).toContain('has a new content, and the live pods read it under this name');
      expect(refused).toContain('`version-configs`');
      expect(await configIn(lab)).toEqual({ settings: { GREETING: 'one' } });
      const sameConfig = configured({ VERSION: 'v2' }, { GREETING: 'one' });
      expect(await lab.deploy(sameConfig, none)).toMatchObject({ outcome: 'Promoted', warnings: [] });
    });

    it('the way from there to copies leaves the old name alone', async () => {
      await lab.deploy(one, none);
      expect(await lab.deploy(two)).toMatchObject({ outcome: 'Promoted', warnings: [] });
      expect(await configIn(lab)).toMatchObject({ settings: { GREETING: 'one' } });
      await lab.rollback();
      expect(lab.sandbox.fakeAnswer(host).env.GREETING).toBe('one');
    });

    it('one that live pods read and the new ones do not is left alone, and a warning says so', async () => {
      await lab.deploy(one, none);
      const dropped = [...manifests({ VERSION: 'v2' }), map('settings', { GREETING: 'two' })];
      const result = await lab.deploy(dropped, none);
      expect(result).toMatchObject({ outcome: 'Promoted' });
      expect(result.warnings.join()).toContain('which this release does not write under this name');
      expect(await configIn(lab)).toEqual({ settings: { GREETING: 'one' } });
    });

    it('one that is immutable and would change is refused, and read by nobody it is too', async () => {
      await lab.cluster.create(placed(map('table', { a: '1' }, { immutable: true })));
      const refused = await refusalOf([...app, map('table', { a: '2' }, { immutable: true })], none);
      expect(refused).toContain('The server would not take ConfigMap default/table');
      expect(refused).toContain('immutable');
    });
  });

  it('an immutable ConfigMap of the manifests may change: each content has a copy of its own', async () => {
    const sealed = { immutable: true };
    await lab.deploy(configured({ VERSION: 'v1' }, { GREETING: 'one' }, sealed));
    const result = await lab.deploy(configured({ VERSION: 'v1' }, { GREETING: 'two' }, sealed));
    expect(result).toMatchObject({ outcome: 'Promoted' });
    expect(lab.sandbox.fakeAnswer(host).env.GREETING).toBe('two');
  });
});
