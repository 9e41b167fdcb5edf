import { at, listAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { podSpecOf } from '../desired/pod-template.ts';
import type { DeployRequest } from '../request.ts';

/** Names of the claims that the pods mount and the manifests do not hold. */
export function claimsToRead({ workload, others }: DeployRequest['desired']): readonly string[] {
  const brought = others.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  return claimNames(workload).filter((name) => !brought.some(({ metadata }) => metadata.name === name));
}

/** Names of the claims that the pods of a workload mount. */
export function claimNames(workload: KubeObject): readonly string[] {
  return listAt(podSpecOf(workload), 'volumes')
    .map((volume) => at(volume, 'persistentVolumeClaim', 'claimName'))
    .filter((name) => typeof name === 'string');
}

/** Other namespaces to which routes send. */
export function foreignNamespaces(routes: readonly KubeObject[], home: string): readonly string[] {
  const places = routes
    .flatMap((route) => listAt(route, 'spec', 'rules'))
    .flatMap((rule) => listAt(rule, 'backendRefs'))
    .map((ref) => at(ref, 'namespace'));
  return [...new Set(places.filter((place) => typeof place === 'string' && place !== home))].map(String);
}
