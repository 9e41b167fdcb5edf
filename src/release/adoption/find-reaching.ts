import { at } from '../../base/index.ts';
import { type Cluster, type KubeObject, selectsLabels } from '../../cluster/index.ts';
import { podLabels } from '../desired/pod-template.ts';
import { ownSelector } from './user-form.ts';

/**
 * The Services of the namespace that reach the pods of a running Deployment, or would reach those of its next version:
 * whether they stand in the manifests or not. The slot that one may carry already is left out of account.
 */
export async function findReaching(
  cluster: Cluster,
  running: KubeObject,
  next: Readonly<Record<string, unknown>>,
): Promise<readonly KubeObject[]> {
  const namespace = running.metadata.namespace ?? '';
  const services = await cluster.list({ apiVersion: 'v1', kind: 'Service' }, { namespace });
  const now = podLabels(running);
  return services.filter((service) => {
    if (at(service, 'spec', 'type') === 'ExternalName') return false;
    const selector = ownSelector(service);
    return selectsLabels(selector, now) || selectsLabels(selector, next);
  });
}
