import { type Cluster, groupOf, type KubeObject } from '../../cluster/index.ts';
import { ingressLeadsTo } from '../../traffic/index.ts';
import { adoptsAnything } from '../adoption/find-running.ts';
import { podLabels } from '../desired/pod-template.ts';
import type { DeployRequest } from '../request.ts';
import { listIfAllowed } from '../slots/autoscalers.ts';
import type { TrafficMode } from '../slots/names.ts';
import { autoscalerKind, targetOf } from '../slots/slot-autoscaler.ts';
import { budgetKind, coversLabels } from '../slots/slot-budget.ts';
import { findRoutes, gatewayGroup, hasGatewayApi } from './find-routes.ts';
import { claimsToRead, foreignNamespaces } from './manifest-facts.ts';

/** What permissions depend on: plain facts about one release. A new feature adds a field here and a need in `needs.ts`. */
export interface PermissionFacts {
  /** What moves the traffic: HTTPRoutes, or the selector of the app's own Service. */
  readonly mode: TrafficMode;
  /** Without routes: whether that was found by looking for some, as it has to be wherever there could be any. */
  readonly looksForRoutes: boolean;
  /** The manifests bring Ingresses along that the first release opens. */
  readonly opensIngresses: boolean;
  /** The manifests bring HTTPRoutes along. */
  readonly bringsRoutes: boolean;
  /** A person has named Secrets that are to be released together with the pods. */
  readonly versionsSecrets: boolean;
  /** A Deployment that runs already is taken over. */
  readonly adopts: boolean;
  /** The app is handed back as plain objects. */
  readonly ejects: boolean;
  /** A Job in the cluster asks the entry point. */
  readonly probesInCluster: boolean;
  /** An autoscaler moves the app: one of the manifests or of the cluster. */
  readonly autoscales: boolean;
  /** A disruption budget covers its pods: one of the manifests or of the cluster. */
  readonly budgets: boolean;
  /** The other objects of the manifests, as the API names their kinds. */
  readonly others: readonly OtherKind[];
  /** The pods mount PersistentVolumeClaims that the manifests do not bring. */
  readonly mountsClaims: boolean;
  /** Other namespaces to which routes of the manifests send. */
  readonly foreignNamespaces: readonly string[];
}

export interface OtherKind {
  readonly group: string;
  /** Plural, as the API has it: `horizontalpodautoscalers`. */
  readonly resource: string;
  /** Left out in the namespace of the app; empty for kinds of the whole cluster. */
  readonly namespace?: string;
}

/** Of a release that does nothing out of the ordinary. */
export const plainFacts: PermissionFacts = {
  mode: 'gateway',
  looksForRoutes: true,
  opensIngresses: false,
  bringsRoutes: false,
  versionsSecrets: false,
  adopts: false,
  ejects: false,
  probesInCluster: false,
  autoscales: false,
  budgets: false,
  others: [],
  mountsClaims: false,
  foreignNamespaces: [],
};

type Subject = Pick<
  DeployRequest,
  'cluster' | 'namespace' | 'app' | 'desired' | 'routes' | 'traffic' | 'probesInCluster' | 'versionSecrets'
>;

/** Reads the facts of a release. Kinds that we do not know are looked up in the discovery of the API. */
export async function readPermissionFacts(request: Subject): Promise<PermissionFacts> {
  const { cluster, namespace, desired, probesInCluster = false, versionSecrets = [] } = request;
  const traffic = await foreseeTraffic(request);
  const services = [desired.service, ...desired.followers].map(({ metadata }) => metadata.name);
  return {
    ...plainFacts,
    ...traffic,
    opensIngresses:
      traffic.mode === 'service' &&
      desired.others.some((object) => services.some((service) => ingressLeadsTo(object, service))),
    bringsRoutes: desired.routes.length > 0,
    adopts: await adoptsAnything(request),
    versionsSecrets: versionSecrets.length > 0,
    probesInCluster,
    autoscales: desired.autoscalers.length > 0 || (await isAutoscaled(request)),
    budgets: desired.budgets.length > 0 || (await isBudgeted(request)),
    others: await otherKinds(cluster, namespace, [...desired.others, ...desired.later]),
    mountsClaims: claimsToRead(desired).length > 0,
    foreignNamespaces: foreignNamespaces(desired.routes, namespace),
  };
}

/** Whether the cluster has an autoscaler for the Deployment of the manifests, or for one of its slots. */
async function isAutoscaled({ cluster, namespace, app, desired }: Subject): Promise<boolean> {
  const targets = [desired.workload.metadata.name, `${app}-blue`, `${app}-green`];
  const standing = await listIfAllowed(cluster, autoscalerKind, namespace);
  return standing.some((autoscaler) => targets.includes(targetOf(autoscaler) ?? ''));
}

async function isBudgeted({ cluster, namespace, desired }: Subject): Promise<boolean> {
  const labels = podLabels(desired.workload);
  const standing = await listIfAllowed(cluster, budgetKind, namespace);
  return standing.some((budget) => coversLabels(budget, labels));
}

/** How traffic will move, as far as that can be seen before all permissions are known to be there. */
async function foreseeTraffic({
  cluster,
  namespace,
  app,
  desired,
  routes,
  traffic = 'auto',
}: Subject): Promise<Pick<PermissionFacts, 'mode' | 'looksForRoutes'>> {
  if (traffic === 'service') return { mode: 'service', looksForRoutes: false };
  const isGiven = desired.routes.length + routes.length > 0;
  if (traffic === 'gateway' || isGiven) return { mode: 'gateway', looksForRoutes: true };
  if (!(await hasGatewayApi(cluster))) return { mode: 'service', looksForRoutes: false };
  const mayLook = await cluster.allowed({
    verb: 'list',
    group: gatewayGroup,
    resource: 'httproutes',
    namespace,
  });
  const names = { entry: desired.service.metadata.name, blue: `${app}-blue`, green: `${app}-green` };
  const found = mayLook ? await findRoutes(cluster, namespace, names) : [];
  return { mode: found.length > 0 ? 'gateway' : 'service', looksForRoutes: true };
}

async function otherKinds(
  cluster: Cluster,
  home: string,
  objects: readonly KubeObject[],
): Promise<readonly OtherKind[]> {
  const kinds = await Promise.all(
    objects.map(async ({ apiVersion, kind, metadata }): Promise<OtherKind | undefined> => {
      const path = await cluster.kindPath({ apiVersion, kind });
      // One that the cluster does not know is told by the apply itself, with its remedy.
      if (path === undefined) return undefined;
      const place = path.namespaced ? (metadata.namespace ?? home) : '';
      return {
        group: groupOf(apiVersion),
        resource: path.plural,
        ...(place === home ? {} : { namespace: place }),
      };
    }),
  );
  return kinds.filter((kind) => kind !== undefined);
}
