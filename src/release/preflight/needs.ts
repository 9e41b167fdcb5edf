import { gatewayGroup } from './find-routes.ts';
import type { PermissionFacts } from './permission-facts.ts';

/** One rule of a Role: what StreamGate does with one kind of object. */
export interface PermissionRule {
  readonly group: string;
  /** With its subresource: `pods/log`. */
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Said where it is missing, when the reason is not plain. */
  readonly why?: string;
  /** Where, if not in the namespace of the app; empty for kinds of the whole cluster. */
  readonly namespace?: string;
}

/** Rules that some releases need: a function of the facts for each feature. */
type Need = (facts: PermissionFacts) => readonly PermissionRule[];

const autoscaling = 'autoscaling';

/** Everything that any release, rollback and status does in the namespace of the app. */
const always: Need = () => [
  { group: '', resource: 'configmaps', verbs: ['create', 'delete', 'get', 'list', 'patch'] },
  { group: '', resource: 'events', verbs: ['list'] },
  { group: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
  { group: '', resource: 'pods/log', verbs: ['get'] },
  // A port-forward over a WebSocket is a GET to older API servers, and a create to those from 1.35 on.
  { group: '', resource: 'pods/portforward', verbs: ['create', 'get'] },
  { group: '', resource: 'services', verbs: ['create', 'delete', 'get', 'patch'] },
  { group: 'apps', resource: 'controllerrevisions', verbs: ['create', 'delete', 'get', 'list'] },
  { group: 'apps', resource: 'deployments', verbs: ['create', 'delete', 'get', 'list', 'patch', 'watch'] },
  { group: 'coordination.k8s.io', resource: 'leases', verbs: ['create', 'get', 'patch'] },
  { group: 'discovery.k8s.io', resource: 'endpointslices', verbs: ['list', 'watch'] },
];

const steeredRoutes: Need = ({ mode }) =>
  mode === 'gateway'
    ? [{ group: gatewayGroup, resource: 'httproutes', verbs: ['get', 'list', 'patch'] }]
    : [];

/** That an app has no route must be known: where one is overlooked, its traffic would move in the wrong way. */
const routesLookedFor: Need = ({ mode, looksForRoutes }) =>
  mode === 'service' && looksForRoutes
    ? [
        {
          group: gatewayGroup,
          resource: 'httproutes',
          verbs: ['list'],
          why: 'Without `list httproutes` nobody can tell whether a route leads to the app; with `traffic: service` it is not asked for.',
        },
      ]
    : [];

/** Who stands in front of the Service is found among the Ingresses: where to probe, and whom the switch would hurt. */
const ingressesLookedAt: Need = ({ mode }) =>
  mode === 'service' ? [{ group: 'networking.k8s.io', resource: 'ingresses', verbs: ['list'] }] : [];

const ingressesOpened: Need = ({ opensIngresses }) =>
  opensIngresses
    ? [{ group: 'networking.k8s.io', resource: 'ingresses', verbs: ['create', 'delete', 'get'] }]
    : [];

/** Only a release whose manifests bring the routes along creates them, and deletes them when it fails. */
const routesOfManifests: Need = ({ bringsRoutes }) =>
  bringsRoutes ? [{ group: gatewayGroup, resource: 'httproutes', verbs: ['create', 'delete'] }] : [];

/** Copies of Secrets are made, marked and collected; those that only the cluster has are read. */
const namedSecrets: Need = ({ versionsSecrets }) =>
  versionsSecrets
    ? [{ group: '', resource: 'secrets', verbs: ['create', 'delete', 'get', 'list', 'patch'] }]
    : [];

/** Its pod is found, followed and reached with what every release may do. */
const proberInCluster: Need = ({ probesInCluster }) =>
  probesInCluster ? [{ group: 'batch', resource: 'jobs', verbs: ['create', 'delete'] }] : [];

/** Whether there are any has to be known in any case: an autoscaler that is not seen works against the release. */
const companions: Need = () => [
  { group: autoscaling, resource: 'horizontalpodautoscalers', verbs: ['list'] },
  { group: 'policy', resource: 'poddisruptionbudgets', verbs: ['list'] },
];

const steeredAutoscalers: Need = ({ autoscales }) =>
  autoscales
    ? [
        {
          group: autoscaling,
          resource: 'horizontalpodautoscalers',
          verbs: ['create', 'delete', 'get', 'patch'],
        },
      ]
    : [];

const steeredBudgets: Need = ({ budgets }) =>
  budgets
    ? [{ group: 'policy', resource: 'poddisruptionbudgets', verbs: ['create', 'delete', 'get', 'patch'] }]
    : [];

/** Taking over what runs: its ReplicaSet and pods get a label, and every Service of the namespace is looked at. */
const adoption: Need = ({ adopts, ejects }) =>
  adopts || ejects
    ? [
        { group: '', resource: 'pods', verbs: ['patch'] },
        { group: '', resource: 'services', verbs: ['list'] },
        { group: 'apps', resource: 'replicasets', verbs: ['get', 'list', 'patch', 'watch'] },
      ]
    : [];

/** Handing back leaves nothing of ours behind, not even the journal and the lock. */
const handingBack: Need = ({ ejects }) =>
  ejects
    ? [
        { group: '', resource: 'configmaps', verbs: ['delete', 'list'] },
        { group: 'coordination.k8s.io', resource: 'leases', verbs: ['delete'] },
      ]
    : [];

/** Server-side apply is a patch, and a create as well where the object is not there yet. */
const otherObjects: Need = ({ others }) => others.map((kind) => ({ ...kind, verbs: ['create', 'patch'] }));

/** Whether two versions can both have a volume is read from its claim. */
const claimsOfPods: Need = ({ mountsClaims }) =>
  mountsClaims ? [{ group: '', resource: 'persistentvolumeclaims', verbs: ['get'] }] : [];

/** Without these a release is refused. A new need is a function above and a word here. */
export const needs: readonly Need[] = [
  always,
  steeredRoutes,
  routesLookedFor,
  ingressesLookedAt,
  ingressesOpened,
  routesOfManifests,
  adoption,
  handingBack,
  namedSecrets,
  proberInCluster,
  companions,
  steeredAutoscalers,
  steeredBudgets,
  otherObjects,
  claimsOfPods,
];

/** What a namespace has room for; without it, a warning says that nobody has looked. */
const capacity: Need = () => [
  { group: '', resource: 'limitranges', verbs: ['list'] },
  { group: '', resource: 'resourcequotas', verbs: ['list'] },
];

/** Without these a release goes on, and knows less. */
export const wishes: readonly Need[] = [capacity];
