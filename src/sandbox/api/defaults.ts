import type { ResourceType, StoredObject } from '../store.ts';

/** Part of an object that is being filled in; as untyped as the object itself. */
type Draft = StoredObject[string];

/** Fills in what the API server would, so that what is read back (or answered to a dry run) is complete. */
export function fillDefaults(type: ResourceType, object: StoredObject): StoredObject {
  const filler = fillers[type.kind];
  if (filler === undefined) return object;
  const draft = structuredClone(object);
  filler(draft);
  return draft;
}

const fillers: Readonly<Record<string, (draft: Draft) => void>> = {
  Namespace(draft) {
    draft.metadata.labels = { ...draft.metadata.labels, 'kubernetes.io/metadata.name': draft.metadata.name };
    draft.status ??= { phase: 'Active' };
  },
  Pod({ spec }) {
    if (spec === undefined) return;
    fill(spec, { enableServiceLinks: true });
    fillPodSpec(spec);
    for (const { resources } of spec.containers ?? []) {
      if (resources?.limits) resources.requests = { ...resources.limits, ...resources.requests };
    }
  },
  Deployment({ spec }) {
    fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
    fillStrategy(spec, 'strategy', { maxUnavailable: '25%', maxSurge: '25%' });
    fillPodSpec(spec?.template?.spec);
  },
  ReplicaSet({ spec }) {
    fill(spec, { replicas: 1 });
    fillPodSpec(spec?.template?.spec);
  },
  StatefulSet({ spec }) {
    fill(spec, {
      replicas: 1,
      revisionHistoryLimit: 10,
      podManagementPolicy: 'OrderedReady',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    });
    fillStrategy(spec, 'updateStrategy', { partition: 0 });
    fillPodSpec(spec?.template?.spec);
  },
  DaemonSet({ spec }) {
    fill(spec, { revisionHistoryLimit: 10 });
    fillStrategy(spec, 'updateStrategy', { maxUnavailable: 1, maxSurge: 0 });
    fillPodSpec(spec?.template?.spec);
  },
  Job({ spec }) {
    fill(spec, {
      completions: 1,
      parallelism: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      manualSelector: false,
      podReplacementPolicy: 'TerminatingOrFailed',
    });
    fillPodSpec(spec?.template?.spec);
  },
  HorizontalPodAutoscaler({ spec }) {
    const target = { type: 'Utilization', averageUtilization: 80 };
    fill(spec, { minReplicas: 1, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] });
  },
  Service({ spec }) {
    fill(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
    if (spec?.type !== 'ExternalName') {
      fill(spec, { internalTrafficPolicy: 'Cluster' });
    }
    if (spec?.type === 'NodePort' || spec?.type === 'LoadBalancer')
      fill(spec, { externalTrafficPolicy: 'Cluster' });
    if (spec?.type === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true });
    for (const port of spec?.ports ?? []) fill(port, { protocol: 'TCP', targetPort: port.port });
  },
  Secret(draft) {
    draft.type ??= 'Opaque';
    const texts: Readonly<Record<string, string>> = draft.stringData ?? {};
    const encoded = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
    if (encoded.length > 0) draft.data = { ...draft.data, ...Object.fromEntries(encoded) };
    delete draft.stringData;
  },
  EndpointSlice(draft) {
    for (const port of draft.ports ?? []) fill(port, { name: '', protocol: 'TCP' });
  },
  NetworkPolicy({ spec }) {
    fill(spec, { policyTypes: spec?.egress ? ['Ingress', 'Egress'] : ['Ingress'] });
    for (const rule of [...(spec?.ingress ?? []), ...(spec?.egress ?? [])]) {
      for (const port of rule.ports ?? []) fill(port, { protocol: 'TCP' });
    }
  },
  Gateway({ spec }) {
    for (const listener of spec?.listeners ?? []) {
      listener.allowedRoutes ??= {};
      listener.allowedRoutes.namespaces ??= {};
      listener.allowedRoutes.namespaces.from ??= 'Same';
      if (listener.tls) fill(listener.tls, { mode: 'Terminate' });
    }
  },
  HTTPRoute({ spec }) {
    for (const parent of spec?.parentRefs ?? [])
      fill(parent, { group: 'gateway.networking.k8s.io', kind: 'Gateway' });
    fill(spec, { rules: [{}] });
    for (const rule of spec?.rules ?? []) {
      fill(rule, { matches: [{}] });
      for (const match of rule.matches) {
        match.path ??= {};
        fill(match.path, { type: 'PathPrefix', value: '/' });
        for (const parameter of [...(match.headers ?? []), ...(match.queryParams ?? [])])
          fill(parameter, { type: 'Exact' });
      }
      for (const reference of rule.backendRefs ?? [])
        fill(reference, { group: '', kind: 'Service', weight: 1 });
    }
  },
};

function fill(target: Draft, defaults: Readonly<Record<string, unknown>>): void {
  if (target === undefined || target === null) return;
  for (const [key, value] of Object.entries(defaults)) target[key] ??= value;
}

function fillStrategy(spec: Draft, field: string, rollingUpdate: Readonly<Record<string, unknown>>): void {
  if (spec === undefined) return;
  spec[field] ??= {};
  spec[field].type ??= 'RollingUpdate';
  if (spec[field].type !== 'RollingUpdate') return;
  spec[field].rollingUpdate ??= {};
  fill(spec[field].rollingUpdate, rollingUpdate);
}

function fillPodSpec(spec: Draft): void {
  fill(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  if (spec?.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  for (const container of [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])])
    fillContainer(container);
  for (const volume of spec?.volumes ?? []) {
    if (Object.keys(volume).length === 1) volume.emptyDir = {};
    for (const source of ['configMap', 'secret', 'projected', 'downwardAPI'])
      fill(volume[source], { defaultMode: 0o644 });
    fill(volume.hostPath, { type: '' });
  }
}

function fillContainer(container: Draft): void {
  fill(container, {
    imagePullPolicy: isLatest(container.image) ? 'Always' : 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  });
  for (const port of container.ports ?? []) fill(port, { protocol: 'TCP' });
  for (const { valueFrom } of container.env ?? []) fill(valueFrom?.fieldRef, { apiVersion: 'v1' });
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
    fill(probe?.httpGet, { path: '/', scheme: 'HTTP' });
    fill(probe?.grpc, { service: '' });
  }
  for (const hook of [container.lifecycle?.preStop, container.lifecycle?.postStart]) {
    fill(hook?.httpGet, { path: '/', scheme: 'HTTP' });
  }
}

function isLatest(image: unknown): boolean {
  if (typeof image !== 'string' || image.includes('@')) return false;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest';
}
