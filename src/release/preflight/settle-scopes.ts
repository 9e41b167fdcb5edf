import { at } from '../../base/index.ts';
import { type Cluster, groupOf, type KubeObject } from '../../cluster/index.ts';
import type { DeployRequest } from '../request.ts';

/**
 * The request with objects of the whole cluster in no namespace. Which kinds those are, only the cluster knows, or the
 * definition that comes with the same manifests.
 */
export async function settleScopes(request: DeployRequest): Promise<DeployRequest> {
  const { cluster, desired } = request;
  const all = [...desired.others, ...desired.later];
  const settle = (objects: readonly KubeObject[]) =>
    Promise.all(
      objects.map(async (object) =>
        (await isOfCluster(cluster, object, all)) ? withoutNamespace(object) : object,
      ),
    );
  const [others, later] = await Promise.all([settle(desired.others), settle(desired.later)]);
  return { ...request, desired: { ...desired, others, later } };
}

async function isOfCluster(
  cluster: Cluster,
  object: KubeObject,
  all: readonly KubeObject[],
): Promise<boolean> {
  if (object.metadata.namespace === undefined) return false;
  const path = await cluster.kindPath(object);
  if (path !== undefined) return !path.namespaced;
  const group = groupOf(object.apiVersion);
  return all.some(
    (other) =>
      other.kind === 'CustomResourceDefinition' &&
      at(other, 'spec', 'group') === group &&
      at(other, 'spec', 'names', 'kind') === object.kind &&
      at(other, 'spec', 'scope') === 'Cluster',
  );
}

function withoutNamespace(object: KubeObject): KubeObject {
  const { namespace: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}
