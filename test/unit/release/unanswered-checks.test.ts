import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toStreamGateError } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

describe('a check that gets no answer', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    lab.sandbox.faults.add({ path: /resourcequotas/ }, { kind: 'status', status: 500 });
  });
  afterEach(() => lab.close());

  const good = manifests({ VERSION: 'v1' });
  const misspelt = good.map(
    (object): KubeObject =>
      object.kind === 'Deployment' ? { ...object, spec: { ...Object(object.spec), replicaz: 3 } } : object,
  );
  const refusalOf = (objects: readonly KubeObject[]) =>
    lab.deploy(objects).then(() => undefined, toStreamGateError);

  it('does not hide what the others found: both are told, as a refusal', async () => {
    const { code, message } = (await refusalOf(misspelt)) ?? {};
    expect(code).toBe('Refused');
    expect(message).toContain('spec.replicaz (did you mean replicas?)');
    expect(message).toMatch(/Not everything could be looked at: .*resourcequotas answered 500/);
    expect(await lab.get('v1', 'ConfigMap', 'streamgate-shop')).toBeUndefined();
  });

  it('is the reason by itself where they found nothing', async () => {
    expect(await refusalOf(good)).toMatchObject({ code: 'Unreachable' });
  });
});
