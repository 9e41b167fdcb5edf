import { at, StreamGateError } from '../base/index.ts';
import type { KindRef, ObjectRef } from './objects.ts';

/** What a path needs to know of a kind. */
export interface KindPath {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The kinds that a release touches: no question to the server is needed for them. */
const known: Readonly<Record<string, KindPath>> = {
  'v1/ConfigMap': { plural: 'configmaps', namespaced: true },
  'v1/Event': { plural: 'events', namespaced: true },
  'v1/LimitRange': { plural: 'limitranges', namespaced: true },
  'v1/Namespace': { plural: 'namespaces', namespaced: false },
  'v1/Pod': { plural: 'pods', namespaced: true },
  'v1/ResourceQuota': { plural: 'resourcequotas', namespaced: true },
  'v1/Secret': { plural: 'secrets', namespaced: true },
  'v1/Service': { plural: 'services', namespaced: true },
  'v1/ServiceAccount': { plural: 'serviceaccounts', namespaced: true },
  'apps/v1/ControllerRevision': { plural: 'controllerrevisions', namespaced: true },
  'apps/v1/Deployment': { plural: 'deployments', namespaced: true },
  'apps/v1/ReplicaSet': { plural: 'replicasets', namespaced: true },
  'authorization.k8s.io/v1/SelfSubjectAccessReview': {
    plural: 'selfsubjectaccessreviews',
    namespaced: false,
  },
  'autoscaling/v2/HorizontalPodAutoscaler': { plural: 'horizontalpodautoscalers', namespaced: true },
  'coordination.k8s.io/v1/Lease': { plural: 'leases', namespaced: true },
  'discovery.k8s.io/v1/EndpointSlice': { plural: 'endpointslices', namespaced: true },
  'gateway.networking.k8s.io/v1/Gateway': { plural: 'gateways', namespaced: true },
  'gateway.networking.k8s.io/v1/HTTPRoute': { plural: 'httproutes', namespaced: true },
  'networking.k8s.io/v1/Ingress': { plural: 'ingresses', namespaced: true },
  'policy/v1/PodDisruptionBudget': { plural: 'poddisruptionbudgets', namespaced: true },
};

/** Resolves kinds to paths; asks the server's discovery once per group and version for what it does not know. */
export interface Kinds {
  find(kind: KindRef): Promise<KindPath | undefined>;
  resolve(kind: KindRef): Promise<KindPath>;
}

export function createKinds(discover: (path: string) => Promise<unknown>): Kinds {
  const asked = new Map<string, Promise<unknown>>();

  function resourcesOf(apiVersion: string): Promise<unknown> {
    const path = groupPath(apiVersion);
    let answer = asked.get(path);
    if (answer === undefined) {
      answer = discover(path);
      asked.set(path, answer);
      answer.catch(() => asked.delete(path));
    }
    return answer;
  }

  async function find(kind: KindRef): Promise<KindPath | undefined> {
    const path = known[`${kind.apiVersion}/${kind.kind}`];
    if (path !== undefined) return path;
    const list = at(await resourcesOf(kind.apiVersion), 'resources');
    const match = Array.isArray(list)
      ? list.find((entry) => at(entry, 'kind') === kind.kind && !String(at(entry, 'name')).includes('/'))
      : undefined;
    if (match === undefined) {
      // Its definition may come with the same manifests: the next question is to be answered anew.
      asked.delete(groupPath(kind.apiVersion));
      return undefined;
    }
    return { plural: String(at(match, 'name')), namespaced: at(match, 'namespaced') === true };
  }

  return {
    find,
    async resolve(kind) {
      const path = await find(kind);
      if (path !== undefined) return path;
      throw new StreamGateError('Refused', `The cluster does not know ${kind.kind} in ${kind.apiVersion}`, {
        remedy:
          'Install its CustomResourceDefinition first, name a version that is served, or take the object out of the manifests.',
      });
    },
  };
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Path of a kind's collection; of every namespace when `namespace` is empty. */
export function collectionPath(kind: KindRef, path: KindPath, namespace: string): string {
  const scope = path.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${groupPath(kind.apiVersion)}${scope}/${path.plural}`;
}

export function objectPath(ref: ObjectRef, path: KindPath, subresource?: string): string {
  const suffix = subresource === undefined ? '' : `/${subresource}`;
  return `${collectionPath(ref, path, ref.namespace)}/${encodeURIComponent(ref.name)}${suffix}`;
}
