import { fieldsAt, type JsonObject } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { slotLabel } from '../slots/names.ts';

/** Annotations that controllers, kubectl and we leave on an object: none of them is part of what its owner wrote. */
const passingAnnotations = [
  'deployment.kubernetes.io/',
  'kubectl.kubernetes.io/last-applied-configuration',
  'streamgate.io/',
] as const;

/** A Deployment as its owner would write it, from the one that runs: without what it was given as a slot. */
export function workloadForm(deployment: KubeObject): KubeObject {
  const { paused: _paused, ...spec } = fieldsAt(deployment, 'spec');
  const template = fieldsAt(spec, 'template');
  const { creationTimestamp: _created, ...metadata } = fieldsAt(template, 'metadata');
  const labels = without(metadata.labels, slotLabel);
  return {
    ...frameOf(deployment),
    spec: { ...spec, template: { ...template, metadata: { ...metadata, labels } } },
  };
}

/** The same for a Service. Its addresses stay out: they are the cluster's, unless it says that it wants none. */
export function serviceForm(service: KubeObject): KubeObject {
  const {
    clusterIP,
    clusterIPs: _addresses,
    healthCheckNodePort: _port,
    ...spec
  } = fieldsAt(service, 'spec');
  const headless = clusterIP === 'None' ? { clusterIP } : {};
  return { ...frameOf(service), spec: { ...spec, ...headless, selector: without(spec.selector, slotLabel) } };
}

function frameOf({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([name]) => !passingAnnotations.some((passing) => name.startsWith(passing)),
  );
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      ...(metadata.labels === undefined ? {} : { labels: metadata.labels }),
      ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
    },
  };
}

function without(value: unknown, key: string): JsonObject {
  return Object.fromEntries(Object.entries(fieldsAt(value)).filter(([name]) => name !== key));
}

/** The labels by which a Service finds pods, apart from the slot. */
export function ownSelector(service: unknown): JsonObject {
  return without(fieldsAt(service, 'spec', 'selector'), slotLabel);
}
