import { at, canonicalJson } from '../../src/base/index.ts';
import type { KubeObject } from '../../src/cluster/index.ts';
import { readyEndpoints } from '../../src/release/proof/endpoints.ts';
import { type Knobs, type Lab, manifestsFor, namespace } from './release-lab.ts';

/** Services beside the app's own, as clusters have them. */
export const besideServices = ['shop-metrics', 'shop-node', 'shop-peers'];

function service(name: string, spec: Readonly<Record<string, unknown>> = {}): KubeObject {
  const ports = [{ name: 'metrics', port: 9090, targetPort: 'http' }];
  const selector = { app: 'shop' };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector, ports, ...spec } };
}

export const placed = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
});

/** An app that runs without StreamGate: its manifests, and Services of the namespace that these do not name. With a route where the lab has one. */
export async function runPlainApp(lab: Lab, knobs: Knobs): Promise<void> {
  const others = [
    service('shop-metrics'),
    service('shop-peers', { clusterIP: 'None' }),
    service('shop-node', { type: 'NodePort' }),
  ];
  for (const object of [...manifestsFor(lab.mode)(knobs), ...others])
    await lab.cluster.create(placed(object));
  await lab.clock.sleep(5_000);
}

const setKind = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const podKind = { apiVersion: 'v1', kind: 'Pod' };

/** What must not change when an app is taken over: its ReplicaSets and pods by uid, and its revision. */
export async function identitiesOf(lab: Lab, deployment = 'shop') {
  const owner = await lab.get('apps/v1', 'Deployment', deployment);
  const owned = (uid: string | undefined) => (object: KubeObject) =>
    (object.metadata.ownerReferences ?? []).some((reference) => reference.uid === uid);
  const sets = (await lab.cluster.list(setKind, { namespace })).filter(owned(owner?.metadata.uid));
  const pods = (await lab.cluster.list(podKind, { namespace })).filter((pod) =>
    sets.some(({ metadata }) => owned(metadata.uid)(pod)),
  );
  return {
    sets: sets.map(({ metadata }) => metadata.uid).sort(),
    pods: pods.map(({ metadata }) => metadata.uid).sort(),
    revision: owner?.metadata.annotations?.['deployment.kubernetes.io/revision'],
  };
}

/** The whole of an app, down to labels and annotations of its pods, without what only the server counts. */
export async function wholeOf(lab: Lab): Promise<string[]> {
  const kinds = [
    { apiVersion: 'apps/v1', kind: 'Deployment' },
    setKind,
    { apiVersion: 'apps/v1', kind: 'ControllerRevision' },
    podKind,
    { apiVersion: 'v1', kind: 'Service' },
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
  ];
  const lists = await Promise.all(kinds.map((kind) => lab.cluster.list(kind, { namespace })));
  return lists
    .flat()
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ kind, metadata, spec }) => {
      const { uid, labels = {}, annotations = {}, name } = metadata;
      return `${kind} ${name} ${canonicalJson({ uid, labels, annotations, spec })}`;
    })
    .sort();
}

/** The versions that a Service leads to now, by its EndpointSlices. */
export async function offeredBy(lab: Lab, name: string): Promise<readonly string[]> {
  const labelSelector = `kubernetes.io/service-name=${name}`;
  const kind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
  const slices = await lab.cluster.list(kind, { namespace, labelSelector });
  const pods = await Promise.all([...readyEndpoints(slices)].map((pod) => lab.get('v1', 'Pod', pod)));
  const versions = pods.map((pod) => {
    const env = at(pod, 'spec', 'containers', 0, 'env');
    const found = Array.isArray(env) ? env.find((entry) => at(entry, 'name') === 'VERSION') : undefined;
    return String(at(found, 'value') ?? 'none');
  });
  return [...new Set(versions)].sort();
}
