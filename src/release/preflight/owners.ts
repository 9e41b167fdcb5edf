import { at, listAt } from '../../base/index.ts';
import { describeRef, groupOf, type KubeObject, refOf } from '../../cluster/index.ts';
import { deploymentRef, guidedServices, routeRef, serviceRef } from '../slots/names.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';

export type Owner = 'argocd' | 'flux' | 'helm';

/** What a sync writes about itself on what it owns, and what the server notes of it. */
const signs: Readonly<
  Record<Owner, { readonly keys: readonly RegExp[]; readonly managers: readonly RegExp[] }>
> = {
  argocd: {
    keys: [/^argocd\.argoproj\.io\/(tracking-id|instance)$/],
    managers: [/^argocd-(application-)?controller$/],
  },
  flux: {
    keys: [/^(kustomize|helm)\.toolkit\.fluxcd\.io\/(name|namespace)$/],
    managers: [/^(kustomize|helm)-controller$/],
  },
  helm: { keys: [/^meta\.helm\.sh\/release-name$/], managers: [/^helm$/] },
};

/** Who syncs an object, by its labels, its annotations and the record of its fields. */
export function ownersOf({ metadata }: KubeObject): readonly Owner[] {
  const keys = [...Object.keys(metadata.labels ?? {}), ...Object.keys(metadata.annotations ?? {})];
  const entries = listAt(metadata.managedFields);
  const managers = entries.map((entry) => String(at(entry, 'manager')));
  return (['argocd', 'flux', 'helm'] as const).filter(
    (owner) =>
      signs[owner].keys.some((sign) => keys.some((key) => sign.test(key))) ||
      signs[owner].managers.some((sign) => managers.some((manager) => sign.test(manager))),
  );
}

/** Flux leaves an object alone that says so itself; Argo CD is told elsewhere, where we may not look. */
function isLeftAlone({ metadata }: KubeObject): boolean {
  const says = { ...metadata.labels, ...metadata.annotations };
  return (
    says['kustomize.toolkit.fluxcd.io/reconcile'] === 'disabled' ||
    ['IfNotPresent', 'Ignore'].includes(says['kustomize.toolkit.fluxcd.io/ssa'] ?? '')
  );
}

/** A sync that sets back what a release steers takes the traffic with it, in the middle or long after. */
export const findOwners: Check = async ({ request: { cluster, allowedOwners = [] }, names, running }) => {
  const refs = [
    ...guidedServices(names).map((name) => serviceRef(names, name)),
    ...names.routes.map((name) => routeRef(names, name)),
    deploymentRef(names, 'blue'),
    deploymentRef(names, 'green'),
  ];
  const standing = await Promise.all(refs.map((ref) => cluster.get(ref)));
  const objects = [...standing, running].filter((object) => object !== undefined);
  return objects.flatMap((object) =>
    ownersOf(object).flatMap((owner) => findingOf(object, owner, allowedOwners)),
  );
};

function findingOf(object: KubeObject, owner: Owner, allowed: readonly Owner[]): readonly Finding[] {
  const name = describeRef(refOf(object));
  if (owner === 'helm') {
    return [
      warn(
        `${name} belongs to a Helm release, whose next upgrade writes it again`,
        'Upgrade between releases only, or take it out of the chart.',
      ),
    ];
  }
  if (allowed.includes(owner) || (owner === 'flux' && isLeftAlone(object))) return [];
  return [owner === 'argocd' ? argocd(object, name) : flux(object, name)];
}

function argocd(object: KubeObject, name: string): Finding {
  const pointers = {
    Service: ['/spec/selector'],
    HTTPRoute: ['/spec/rules'],
    Deployment: ['/spec/replicas', '/spec/template'],
  }[object.kind] ?? ['/spec'];
  return refuse(
    `${name} is synced by Argo CD, which would set back what a release steers`,
    `Add to its Application, then confirm with \`allow-owner: argocd\`: ` +
      `ignoreDifferences: [{ group: "${groupOf(object.apiVersion)}", kind: ${object.kind}, name: ${object.metadata.name}, jsonPointers: [${pointers.join(', ')}] }] ` +
      `and syncPolicy: { syncOptions: [RespectIgnoreDifferences=true] }.`,
  );
}

function flux(object: KubeObject, name: string): Finding {
  return refuse(
    `${name} is synced by Flux, which would set back what a release steers`,
    `Give it the annotation \`kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\` (or \`kustomize.toolkit.fluxcd.io/reconcile: disabled\`) in its source and let Flux apply that once; ` +
      `for what a HelmRelease brings, exclude it there and confirm with \`allow-owner: flux\`. Object: ${object.kind} ${object.metadata.name}.`,
  );
}
