import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { openLab, plainManifests } from '../../support/release-lab.ts';

const annotated = (annotations: Readonly<Record<string, string>>): KubeObject[] =>
  plainManifests({ VERSION: 'v1' }).map((object) =>
    object.kind === 'Service' ? { ...object, metadata: { ...object.metadata, annotations } } : object,
  );

function ingress(annotations: Readonly<Record<string, string>>, ingressClassName?: string): KubeObject {
  const backend = { service: { name: 'shop', port: { number: 80 } } };
  const spec = { ...(ingressClassName === undefined ? {} : { ingressClassName }), defaultBackend: backend };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop', annotations },
    spec,
  };
}

const plain = plainManifests({ VERSION: 'v1' });
const neg = annotated({ 'cloud.google.com/neg': '{"ingress":true}' });
const byPods: readonly (readonly [string, KubeObject[], string])[] = [
  [
    'an ALB with pods as its targets',
    [...plain, ingress({ 'alb.ingress.kubernetes.io/target-type': 'ip' })],
    'ALB',
  ],
  [
    'an NLB with pods as its targets',
    annotated({ 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' }),
    'NLB',
  ],
  ['network endpoint groups behind an Ingress', [...neg, ingress({}, 'gce')], 'NEG'],
  [
    'network endpoint groups of its own',
    annotated({ 'cloud.google.com/neg': '{"exposed_ports":{"80":{}}}' }),
    'NEG',
  ],
];

describe('a switch by the selector behind a balancer that takes pods as its targets', () => {
  it.each(byPods)(
    'is refused with the way out, and let pass for whoever insists: %s',
    async (_what, objects, name) => {
      const lab = await openLab({ mode: 'service' });
      await expect(lab.deploy(objects)).rejects.toMatchObject({
        code: 'Refused',
        message: expect.stringContaining(name),
        remedy: expect.stringContaining('HTTPRoute'),
      });
      const result = await lab.deploy(objects, { traffic: 'service' });
      expect(result).toMatchObject({ outcome: 'Promoted' });
      expect(result.warnings.join()).toContain('requests are lost');
      await lab.close();
    },
  );

  it.each([
    ['an annotation that GKE writes on its own, with nobody who uses it', neg, 0],
    ['an Ingress of another controller', [...neg, ingress({}, 'nginx')], 0],
    ['an ALB that sends to nodes', [...plain, ingress({}, 'alb')], 1],
  ] as const)('is let pass for %s', async (_what, objects, told) => {
    const lab = await openLab({ mode: 'service' });
    const result = await lab.deploy(objects);
    expect(result).toMatchObject({ outcome: 'Promoted' });
    expect(result.warnings.filter((text) => text.includes('ALB'))).toHaveLength(told);
    await lab.close();
  });
});
