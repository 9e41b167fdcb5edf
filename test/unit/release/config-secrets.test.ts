import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { configIn, reading } from '../../support/config.ts';
import { host, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const metadata = { name: 'password' };
const versionSecrets = ['password'];
const secret = (value: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata,
  stringData: { PASSWORD: value },
});
const app = (version: string, ...more: KubeObject[]) => [
  ...reading(manifests({ VERSION: version }), { secretRef: metadata }),
  ...more,
];
const encoded = (value: string) => ({ PASSWORD: Buffer.from(value).toString('base64') });

describe('a Secret that the pods read', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  const password = () => lab.sandbox.fakeAnswer(host).env.PASSWORD;

  describe('and that nobody has named', () => {
    it('is applied under its own name, and never read', async () => {
      await lab.deploy(app('v1', secret('hunter2')));
      expect(await configIn(lab, 'Secret')).toEqual({ password: encoded('hunter2') });
      const read = lab.sandbox.requests.filter(
        ({ method, path }) => method === 'GET' && path.includes('/secrets'),
      );
      expect(read).toHaveLength(1);
    });

    it('is left alone while live pods read it, and the release goes on when it is the same', async () => {
      await lab.deploy(app('v1', secret('hunter2')));
      const result = await lab.deploy(app('v2', secret('hunter2')));
      expect(result).toMatchObject({ outcome: 'Promoted', warnings: [] });
      expect(result.steps.find(({ id }) => id === 'apply-others')?.detail).toBe(
        'Secret default/password left alone, since live pods read it',
      );
    });

    it('is refused with the remedy when live pods read it and its content would change', async () => {
      await lab.deploy(app('v1', secret('hunter2')));
      await expect(lab.deploy(app('v2', secret('hunter3')))).rejects.toMatchObject({
        code: 'Refused',
        message: 'Secret default/password has a new content, and the live pods read it under this name',
        remedy: expect.stringContaining('Name password in `version-secrets`'),
      });
      expect(await configIn(lab, 'Secret')).toEqual({ password: encoded('hunter2') });
    });
  });

  describe('and that `version-secrets` names', () => {
    it('comes as a copy from the manifests, goes back with the pods, and is collected', async () => {
      await lab.deploy(app('v1', secret('one')), { versionSecrets });
      await lab.deploy(app('v2', secret('two')), { versionSecrets });
      expect(password()).toBe('two');
      const copies = Object.keys(await configIn(lab, 'Secret'));
      expect(copies).toEqual([expect.stringMatching(/^password-[0-9a-f]{8}$/), expect.anything()]);
      await lab.rollback();
      expect(password()).toBe('one');
      for (let n = 3; n <= 8; n++) await lab.deploy(app(`v${n}`, secret(`p${n}`)), { versionSecrets });
      const kept = await configIn(lab, 'Secret');
      expect(Object.values(kept)).toEqual(
        expect.arrayContaining([4, 5, 6, 7, 8].map((n) => encoded(`p${n}`))),
      );
      expect(Object.keys(kept)).toHaveLength(5);
      expect(await findBrokenLaws(lab)).toEqual([]);
    }, 600_000);

    it('comes from the cluster where the manifests do not have it, and a change of it is a release', async () => {
      const standing = await lab.cluster.create({
        ...secret('one'),
        metadata: { ...metadata, namespace },
      });
      await lab.deploy(app('v1'), { versionSecrets });
      expect(await lab.deploy(app('v1'), { versionSecrets })).toMatchObject({ outcome: 'NothingToRelease' });
      const ref = { apiVersion: 'v1', kind: 'Secret', namespace, name: 'password' };
      await lab.cluster.mergePatch(ref, { data: encoded('two') });
      expect(password()).toBe('one');
      expect(await lab.deploy(app('v1'), { versionSecrets })).toMatchObject({ outcome: 'Promoted' });
      expect(password()).toBe('two');
      expect((await lab.cluster.get(ref))?.metadata.uid).toBe(standing.metadata.uid);
    });

    it('has its type, and nothing else of its source', async () => {
      const labels = { 'app.kubernetes.io/instance': 'argo' };
      const typed = { ...secret('one'), type: 'example.com/token', metadata: { ...metadata, labels } };
      await lab.deploy(app('v1', typed), { versionSecrets });
      const [name = ''] = Object.keys(await configIn(lab, 'Secret'));
      expect(await lab.get('v1', 'Secret', name)).toMatchObject({
        immutable: true,
        type: 'example.com/token',
      });
      expect((await lab.get('v1', 'Secret', name))?.metadata.labels).not.toHaveProperty(
        'app.kubernetes.io/instance',
      );
    });

    it('leaves its content nowhere but in the Secret: not in journal, revisions or evidence', async () => {
      await lab.deploy(app('v1', secret('hunter2')), { versionSecrets });
      const plan = await lab.plan(app('v2', secret('hunter3')), { versionSecrets });
      expect(plan.plan?.objects.map(({ object }) => object).join()).toMatch(/Secret default\/password-/);
      const result = await lab.deploy(app('v2', secret('hunter3')), { versionSecrets });
      const objects = [
        plan,
        result,
        await lab.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' }, { namespace }),
        await lab.cluster.list({ apiVersion: 'apps/v1', kind: 'ControllerRevision' }, { namespace }),
        await lab.cluster.list({ apiVersion: 'apps/v1', kind: 'Deployment' }, { namespace }),
      ];
      const text = JSON.stringify(objects);
      for (const value of ['hunter2', 'hunter3'].flatMap((word) => [word, encoded(word).PASSWORD]))
        expect(text).not.toContain(value);
    });

    it('is refused when it is nowhere, and told when nobody reads it', async () => {
      await expect(lab.deploy(app('v1'), { versionSecrets })).rejects.toMatchObject({
        message: expect.stringContaining('Secret password is neither in the manifests nor in the cluster'),
      });
      const { warnings } = await lab.deploy(manifests({ VERSION: 'v1' }), { versionSecrets });
      expect(warnings.join()).toContain('names Secret password, which the pod template does not read');
    });
  });
});
