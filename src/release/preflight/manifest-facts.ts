import { at } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import type { DeployRequest } from '../request.ts';

/** Names of the claims that the pods mount and the manifests do not hold. */
export function claimsToRead({ workload, others }: DeployRequest['desired']): readonly string[] {
  const brought = others.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  return claimNames(workload).filter((name) => !brought.some(({ metadata }) => metadata.name === name));
}

/** Names of the claims that the pods of a workload mount. */
export function claimNames(workload: KubeObject): readonly string[] {
  const volumes = at(workload, 'spec', 'template', 'spec', 'volumes');
  return (Array.isArray(volumes) ? volumes : [])
    .map((volume) => at(volume, 'persistentVolumeClaim', 'claimName'))
    .filter((name) => typeof name === 'string');
}

/** Other namespaces to which routes send. */
export function foreignNamespaces(routes: readonly KubeObject[], home: string): readonly string[] {
  const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const places = routes
    .flatMap((route) => listed(at(route, 'spec', 'rules')))
    .flatMap((rule) => listed(at(rule, 'backendRefs')))
    .map((ref) => at(ref, 'namespace'));
  return [...new Set(places.filter((place) => typeof place === 'string' && place !== home))].map(String);
}
